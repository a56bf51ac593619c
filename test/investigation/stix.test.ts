import { FORMATS } from '../../src/enrich/formats/format';
import { streamOutput } from '../../src/enrich/output-file';
import type { EnrichedRow } from '../../src/enrich/row';
import { stixGraph } from '../../src/investigation/formats/stix';
import fc from '../support/property';
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

async function bundleOf(rows: readonly object[], started = STARTED) {
  let text = '';
  const output = await streamOutput(
    async (part) => {
      text += part;
    },
    'stix',
    started,
  );
  const lines = rows.map((one) => FORMATS.stix.row({ input: 'x', ...one } as EnrichedRow, started));
  for (const line of lines) await output.put(line, 1, '');
  await output.close(true);
  return JSON.parse(text);
}

test('the bundle of any enriched list follows the specification', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (rows) => {
      expect(violations(await bundleOf([...rows, ...rows]))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('the bundle of any graph follows the specification', () => {
  fc.assert(
    fc.property(randomGraph, (graph) => {
      expect(violations(JSON.parse(stixGraph(graph)))).toEqual([]);
    }),
    { numRuns: 200 },
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

test('ids are the ones that OpenCTI makes, and created stays the same in another run', async () => {
  const rows = [
    {
      type: 'domain',
      value: 'login-update.example',
      outcome: 'found',
      known: { classification: 'malicious', score: 92 },
    },
  ];
  const [first, second] = [await bundleOf(rows), await bundleOf(rows, '2026-01-01T00:00:00.000Z')];
  const ids = first.objects.map(({ id }: { id: string }) => id);
  expect(ids).toEqual([
    'identity--dee20559-c227-56cc-a1ec-7c891baf528e',
    'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82',
    'domain-name--e9fc37a6-8be9-58e5-8d8c-407b2ad2d0c9',
    'indicator--53c8f142-f9ef-512c-b987-f87bdd055bb0',
    'relationship--3e546d7a-2fb0-5c26-a798-05dfa7fdafeb',
  ]);
  expect(second.objects.map(({ id }: { id: string }) => id)).toEqual(ids);
  expect(second.objects.map(({ created }: { created: string }) => created)).toEqual(
    first.objects.map(({ created }: { created: string }) => created),
  );
});
