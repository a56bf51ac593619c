import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '../../scripts/generate/manifest';
import { checkManifest, rules } from '../../scripts/manifest/check';
import type { Manifest } from '../../scripts/manifest/shape';
import { brokenManifests } from './broken-manifests';

const manifest = readManifest(readFileSync(join(__dirname, '../../integration.yml'), 'utf8'));
const broken = brokenManifests(manifest);

test('the manifest breaks no rule', () => {
  expect(checkManifest(manifest)).toEqual({ findings: [], commands: 12, arguments: 34, outputs: 258 });
});

test.each(broken)('found: $expected', ({ expected, manifest: wrong }) => {
  expect(checkManifest(wrong).findings).toEqual([expected]);
});

test('there is a broken manifest for every rule', () => {
  const all = Object.entries(rules).flatMap(([level, list]) =>
    list.map(({ finding }) => ({ level, finding })),
  );
  const untried = all.filter(
    ({ level, finding }) => !broken.some(({ expected }) => speaksOf(expected, level, finding)),
  );
  expect(untried).toEqual([]);
});

test('an empty manifest has findings and no crash', () => {
  expect(checkManifest({} as Manifest).findings).toContain(
    'manifest: missing: commonfields, name'.split(',')[0],
  );
});

function speaksOf(expected: string, level: string, finding: string): boolean {
  const [where = '', ...said] = expected.split(': ');
  return where.includes(level) && said.join(': ').startsWith(finding);
}
