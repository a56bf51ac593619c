import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readContents } from '../../scripts/bundle/contents';

/** What every command loads, since a platform starts a process for each. */
const HOT = 'core.cjs';

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

test('excludes the manifest, the sandbox and the command line for users', () => {
  expect(FILES).toContain('src/doors/run/run.ts');
  expect(
    FILES.filter((file) => /manifest\.json|graph-model\.json|src\/sandbox|doors\/cli/.test(file)),
  ).toEqual([]);
});

test('excludes shared services, and the package has no dependencies', () => {
  const shared = /src\/(?:queue|metrics\/(?!instruments)|redis\/(?!settings|shared-ports))/;
  expect(FILES.filter((file) => shared.test(file))).toEqual([]);
  const { dependencies = {} } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));
  expect(dependencies).toEqual({});
});

test('it stays small', () => {
  const size = statSync(join(__dirname, '../../dist', HOT)).size;
  expect(size).toBeGreaterThan(50 * 1024);
  expect(size).toBeLessThan(300 * 1024);
});

test('no module is in two chunks, so that a process has one copy of each', () => {
  // The page of the browser and its worker are not part of a process.
  const chunks = Object.entries(BUILT).filter(([chunk]) => chunk.endsWith('.cjs'));
  const files = chunks.flatMap(([, contents]) => Object.keys(contents));
  expect(files.filter((file, index) => files.indexOf(file) !== index)).toEqual([]);
});

test('the library and the command line load the same core', () => {
  const dist = join(__dirname, '../../dist');
  const script = `
    require(${JSON.stringify(join(dist, 'index.cjs'))});
    require(${JSON.stringify(join(dist, 'engine-planned-requests.cjs'))});
    console.log(Object.keys(require.cache).filter((file) => file.endsWith('core.cjs')).length);
    console.log(Object.keys(require.cache).filter((file) => file.endsWith('main.cjs')).length);`;
  expect(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })).toBe('1\n0\n');
});
