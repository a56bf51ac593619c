import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '../../scripts/generate/manifest';
import { checkManifest, rules } from '../../scripts/manifest/check';
import type { Manifest } from '../../scripts/manifest/shape';
import { brokenManifests } from './broken-manifests';

const text = readFileSync(join(__dirname, '../../integration.yml'), 'utf8');
const manifest = readManifest(text);
const broken = brokenManifests(manifest);

test('the manifest passes every rule, and the check covers all of it', () => {
  const { findings, ...seen } = checkManifest(manifest);
  expect(findings).toEqual([]);
  expect(seen).toEqual(countedByEye(text));
  expect(seen.commands).toBeGreaterThanOrEqual(12);
  expect(seen.outputs).toBeGreaterThanOrEqual(258);
});

/** The same numbers from the lines of the file, by their indentation. */
function countedByEye(yaml: string): { commands: number; arguments: number; outputs: number } {
  const lines = yaml.slice(yaml.indexOf('\nscript:')).split('\n');
  const count = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length;
  return {
    commands: count(/^ {4}- name:/),
    arguments: count(/^ {8}- name:/),
    outputs: count(/^ {8}- contextPath:/),
  };
}

test.each(broken)('found: $expected', ({ expected, manifest: wrong }) => {
  expect(checkManifest(wrong).findings).toEqual([expected]);
});

test('every rule has a broken manifest', () => {
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
