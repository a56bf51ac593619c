import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readContents } from '../../scripts/bundle/contents';

/** What every command loads, since a platform starts us for each. */
const HOT = 'main.js';

const BUILT = readContents();
const FILES = Object.keys(BUILT[HOT] ?? {});

function packageOf(file: string): string {
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? '';
}

test('a command with a cached token loads one package', () => {
  expect(new Set(FILES.map(packageOf))).toEqual(new Set(['', 'axios']));
});

test.each(['form-data', '@azure/msal-node', '@azure/identity', 'yaml', 'ajv', 'string-width', 'selfsigned'])(
  '%s is not in it',
  (name) => {
    expect(FILES.filter((file) => packageOf(file) === name)).toEqual([]);
  },
);

test('neither the manifest, nor the sandbox, nor a person’s door is in it', () => {
  expect(FILES).toContain('src/doors/run/run.ts');
  expect(
    FILES.filter((file) => /manifest\.json|graph-model\.json|src\/sandbox|doors\/cli/.test(file)),
  ).toEqual([]);
});

test('it stays small', () => {
  const size = statSync(join(__dirname, '../../dist', HOT)).size;
  expect(size).toBeGreaterThan(50 * 1024);
  expect(size).toBeLessThan(300 * 1024);
});
