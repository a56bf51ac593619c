import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FORMATS } from '../../src/enrich/formats/format';
import { fileOutput, streamOutput } from '../../src/enrich/output-file';
import type { EnrichedRow } from '../../src/enrich/row';
import { stixGraph } from '../../src/investigation/formats/stix';
import fc, { samples } from '../support/property';
import { randomGraph } from './random-graph';
import { RULES, violations } from './stix-rules';

const STARTED = '2025-06-30T12:00:00.000Z';

const rule = fc.record({
  name: fc.option(fc.string()),
  description: fc.option(fc.string()),
  relatedDetailsUrl: fc.constantFrom(null, 'https://ti.defender.microsoft.com/articles/831b70a4', 'no link'),
});

const known = fc.record({
  classification: fc.constantFrom(
    'malicious',
    'suspicious',
    'neutral',
    'unknown',
    'unknownFutureValue',
    null,
  ),
  score: fc.oneof(fc.integer({ min: -5, max: 120 }), fc.constant(null), fc.double()),
  rules: fc.oneof(fc.array(rule, { maxLength: 3 }), fc.constant(null)),
});

const host = fc.oneof(
  fc.constantFrom('contoso.com', '_dmarc.contoso.com', 'a_b.example', 'localhost', 'xn--bcher-kva.example'),
  fc.domain().map((text) => text.toLowerCase()),
);

const date = fc.constantFrom('2024-03-30T11:36:10Z', '2024-04-07T21:00:00.1234567Z', 'no date', null);

const row = fc.oneof(
  fc.record({ type: fc.constant('domain'), value: host, outcome: fc.constant('found'), known }),
  fc.record({ type: fc.constant('domain'), value: host, outcome: fc.constant('unknown') }),
  fc.record({ type: fc.constant('ipv4'), value: fc.ipV4(), outcome: fc.constant('found'), known }),
  fc.record({
    type: fc.constant('ipv6'),
    value: fc.constantFrom('2001:db8::1', '::ffff:192.0.2.1'),
    outcome: fc.constant('found'),
    known,
  }),
  fc.record({
    type: fc.constant('cve'),
    value: fc.constantFrom('CVE-2099-10001', 'CVE-2099-10002'),
    outcome: fc.constant('found'),
    known: fc.record({ publishedDateTime: date, lastModifiedDateTime: date, createdDateTime: date }),
  }),
  fc.record({ outcome: fc.constant('refused'), reason: fc.string() }),
);

async function textOf(rows: readonly object[], started = STARTED): Promise<string> {
  let text = '';
  const output = await streamOutput(
    async (part) => {
      text += part;
    },
    'stix',
    started,
  );
  const lines = rows.map((one) => FORMATS.stix.row({ input: 'x', ...one } as EnrichedRow));
  for (const line of lines) await output.put(line, 1, '');
  await output.close(true);
  return text;
}

async function bundleOf(rows: readonly object[]) {
  return JSON.parse(await textOf(rows));
}

test('the bundle of any enriched list follows the specification', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (rows) => {
      expect(violations(await bundleOf([...rows, ...rows]))).toEqual([]);
    }),
    { numRuns: samples(200) },
  );
});

test('the bundle of any graph follows the specification', () => {
  fc.assert(
    fc.property(randomGraph, (graph) => {
      expect(violations(JSON.parse(stixGraph(graph)))).toEqual([]);
    }),
    { numRuns: samples(200) },
  );
});

test('the rules notice what breaks them', () => {
  const bad = {
    type: 'indicator',
    id: 'indicator--1',
    spec_version: '2.0',
    pattern: "[url:value = 'it's']",
    created: 'today',
  };
  const found = violations({ type: 'bundle', id: 'x', objects: [bad, bad] });
  expect(found.length).toBeGreaterThan(8);
  expect(RULES.length).toBeGreaterThan(20);
});

/** A host that Microsoft warns of. */
function warned(known: object): object {
  return { type: 'domain', value: 'login-update.example', outcome: 'found', known };
}

const KNOWN = { classification: 'malicious', score: 92, rules: [{ name: 'Name server' }] };

test('ids are the ones that OpenCTI makes', async () => {
  const first = await bundleOf([warned(KNOWN)]);
  const ids = first.objects.map(({ id }: { id: string }) => id);
  expect(ids).toEqual([
    'identity--dee20559-c227-56cc-a1ec-7c891baf528e',
    'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82',
    'domain-name--e9fc37a6-8be9-58e5-8d8c-407b2ad2d0c9',
    'indicator--53c8f142-f9ef-512c-b987-f87bdd055bb0',
    'relationship--3e546d7a-2fb0-5c26-a798-05dfa7fdafeb',
  ]);
});

test('the same content has the same bytes, whenever it is written', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (rows) => {
      expect(await textOf(rows, '2026-01-01T00:00:00.000Z')).toBe(await textOf(rows, STARTED));
    }),
    { numRuns: samples(50) },
  );
});

async function indicator(known: object): Promise<Record<string, string>> {
  const { objects } = await bundleOf([warned(known)]);
  return objects.find(({ type }: { type: string }) => type === 'indicator');
}

test('an indicator is modified when its content changed, and later where the score is higher', async () => {
  const before = await indicator(KNOWN);
  const worse = await indicator({ ...KNOWN, score: 97 });
  const other = await indicator({ ...KNOWN, rules: [{ name: 'Registrar' }] });
  expect([worse.id, worse.created]).toEqual([before.id, before.created]);
  expect(String(worse.modified) > String(before.modified)).toBe(true);
  expect(other.modified).not.toBe(before.modified);
  expect(String(before.modified) >= String(before.created)).toBe(true);
});

test('a bundle that was interrupted has the bytes of one that was not', async () => {
  const rows = [warned(KNOWN), warned(KNOWN), { type: 'domain', value: 'b.example', outcome: 'unknown' }];
  const lines = rows.map((one) => FORMATS.stix.row({ input: 'x', ...one } as EnrichedRow));
  const file = join(mkdtempSync(join(tmpdir(), 'mdti-stix-')), 'bundle.json');
  const first = await fileOutput(file, 'stix', STARTED);
  await first.put(lines[0] ?? '', 1, 'print 1');
  await first.close(false);
  const second = await fileOutput(file, 'stix', '2026-01-01T00:00:00.000Z');
  for (const line of lines.slice(1)) await second.put(line, 1, 'print 2');
  await second.close(true);
  expect(readFileSync(file, 'utf8')).toBe(await textOf(rows));
});
