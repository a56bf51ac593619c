import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stepsWithoutCommit } from '../../scripts/check-placeholders';
import { advisoriesFor, readAdvisories } from '../../scripts/supply/advisories';
import { auditReport } from '../../scripts/supply/audit-report';
import { refreshAdvisories } from '../../scripts/supply/refresh-advisories';
import { imagesWithoutDigest } from '../../scripts/xsoar/image';

const ROOT = join(__dirname, '../..');

test.each([
  ['axios', '1.6.0', 'GHSA-jr5f-v2jv-69x6'],
  ['axios', '1.14.1', 'axios-2026-03-malware'],
  ['semver', '6.2.9', 'GHSA-c2qf-rxjj-qqgw'],
  ['jws', '4.0.0', 'GHSA-869p-cjfg-cm3x'],
])('the list knows that %s@%s is affected', (name, version, id) => {
  const found = advisoriesFor(readAdvisories(), [{ name, version }]);
  expect(found.map(({ advisory }) => advisory.id)).toContain(id);
});

test.each([
  ['axios', '1.21.1'],
  ['semver', '6.3.1'],
  ['semver', '7.10.0'],
  ['unheard-of', '1.0.0'],
])('%s@%s is not affected', (name, version) => {
  expect(advisoriesFor(readAdvisories(), [{ name, version }])).toEqual([]);
});

test('a list that is missing or empty is an error, not a pass', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-advisories-'));
  const empty = join(folder, 'empty.json');
  writeFileSync(empty, '{"date":"2026-11-21","source":"OSV","advisories":[]}');
  expect(() => readAdvisories(empty)).toThrow('no date, source or advisories');
  expect(() => readAdvisories(join(folder, 'missing.json'))).toThrow('ENOENT');
});

const NOW = Date.parse('2026-11-21T12:00:00Z');
const GOOD = { name: 'axios', version: '1.21.1' };
const LIST = { ...readAdvisories(), date: '2026-11-01' };
const NO_REGISTRY = { notRun: 'The registry responded with 405.' };

test.each([
  [
    'an affected package of the list',
    [{ name: 'axios', version: '1.14.1' }],
    NO_REGISTRY,
    'axios-2026-03-malware',
  ],
  ['a finding of the registry', [GOOD], { affected: ['axios 1.21.1: high'] }, 'axios 1.21.1: high'],
])('the audit fails for %s, and names it', (_, packages, registry, text) => {
  const { lines, status } = auditReport({ list: LIST, packages, registry, now: NOW, strict: false });
  expect([status, lines[0]]).toEqual([1, expect.stringContaining(text)]);
});

test.each([
  ['a list from memory', LIST, 2],
  ['a recent list of OSV', { ...LIST, source: 'OSV' as const }, 0],
  ['a list of OSV from long ago', { ...LIST, source: 'OSV' as const, date: '2026-10-01' }, 2],
])('without a registry, %s is enough to publish or not', (_, list, expected) => {
  const input = { list, packages: [GOOD], registry: NO_REGISTRY, now: NOW };
  expect(auditReport({ ...input, strict: true }).status).toBe(expected);
  const { lines, status } = auditReport({ ...input, strict: false });
  expect([status, lines.join().includes('Not checked against a current database')]).toEqual([
    0,
    expected === 2,
  ]);
});

test('the audit prints the date and source of its list, and never claims a pass', () => {
  const { lines } = auditReport({
    list: LIST,
    packages: [GOOD],
    registry: NO_REGISTRY,
    now: NOW,
    strict: false,
  });
  expect(lines[0]).toMatch(/^list: written by hand from memory, .* on 2026-11-01, 20 days ago\./);
  expect(lines.join('\n')).toContain('npm audit: not run. The registry responded with 405.');
  expect(lines.join('\n')).not.toMatch(/pass/i);
});

const RECORD = {
  id: 'GHSA-xxxx',
  summary: 'Bad',
  affected: [
    {
      package: { name: 'a', ecosystem: 'npm' },
      ranges: [
        {
          type: 'SEMVER',
          events: [{ introduced: '0' }, { fixed: '1.2.0' }, { introduced: '2.0.0' }, { fixed: '2.1.0' }],
        },
      ],
      versions: ['3.0.0'],
    },
    { package: { name: 'a', ecosystem: 'PyPI' }, versions: ['9.0.0'] },
  ],
};

test('a refresh keeps the version ranges of OSV and drops withdrawn advisories', async () => {
  const vulns = [RECORD, { ...RECORD, id: 'GHSA-yyyy', withdrawn: '2026-01-01' }];
  const request = (async () => Response.json({ vulns })) as unknown as typeof fetch;
  const list = await refreshAdvisories(['a', 'a'], '2026-11-21', request);
  expect(list.advisories.map(({ id }) => id)).toEqual(['GHSA-xxxx']);
  const affected = ['1.1.9', '1.2.0', '2.0.5', '2.1.0', '3.0.0', '9.0.0'].filter(
    (version) => advisoriesFor(list, [{ name: 'a', version }]).length > 0,
  );
  expect(affected).toEqual(['1.1.9', '2.0.5', '3.0.0']);
});

test('a refresh that fails leaves no half list', async () => {
  const request = (async () => new Response('', { status: 503 })) as unknown as typeof fetch;
  await expect(refreshAdvisories(['a'], '2026-11-21', request)).rejects.toThrow('responded with 503');
});

test('base images and steps of workflows that are not pinned are listed', () => {
  expect(imagesWithoutDigest(ROOT)).toEqual([
    expect.stringContaining('node:'),
    expect.stringContaining('demisto/python3:'),
  ]);
  const commit = '0123456789abcdef0123456789abcdef01234567';
  expect(stepsWithoutCommit(`- uses: a/b@v6\n  - uses: c/d@${commit}\n`)).toEqual(['a/b@v6']);
});
