import { FORMATS, type FormatName } from '../../src/enrich/formats/format';
import type { EnrichedRow } from '../../src/enrich/row';

const ROWS: readonly EnrichedRow[] = [
  {
    input: 'login-update[.]example',
    type: 'domain',
    value: 'login-update.example',
    outcome: 'found',
    known: {
      classification: 'malicious',
      score: 92,
      rules: [
        { name: 'Name server', description: 'Seen with, others', severity: 'high', relatedDetailsUrl: null },
      ],
    },
  } as EnrichedRow,
  { input: '=1+1.example', type: 'domain', value: '1.example', outcome: 'unknown' },
  {
    input: 'CVE-2099-10001',
    type: 'cve',
    value: 'CVE-2099-10001',
    outcome: 'found',
    known: { severity: 'high' },
  } as EnrichedRow,
  {
    input: '2001:db8::1',
    type: 'ipv6',
    value: '2001:db8::1',
    outcome: 'failed',
    reason: 'Graph responded "400".',
  },
  { input: 'no host', outcome: 'refused', reason: 'It is none.' },
];

function written(name: FormatName): string {
  const { head, row, foot } = FORMATS[name];
  return head + ROWS.map(row).join('') + foot('');
}

test('NDJSON: a line a row, each with its input', () => {
  const lines = written('ndjson')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ input, outcome }) => [input, outcome])).toEqual(
    ROWS.map(({ input, outcome }) => [input, outcome]),
  );
  expect(lines[0].known.rules[0].name).toBe('Name server');
});

test('NDJSON: what Graph sent is named as in context, and a row without it has none', () => {
  const known = { '@odata.type': '#microsoft.graph.security.hostReputation', score: 92 };
  const line = (row: object) => JSON.parse(FORMATS.ndjson.row(row as EnrichedRow));
  expect(line({ ...ROWS[0], known }).known).toEqual({ odataType: 'hostReputation', score: 92 });
  expect(line(ROWS[1] as EnrichedRow)).toEqual(ROWS[1]);
});

test('CSV: a header, and nothing that a spreadsheet would calculate', () => {
  expect(written('csv').split('\r\n')).toEqual([
    'input,observable,type,outcome,classification,score,rules,reason,requestedAt',
    'login-update[.]example,login-update.example,domain,found,malicious,92,Name server,,',
    "'=1+1.example,1.example,domain,unknown,,,,,",
    'CVE-2099-10001,CVE-2099-10001,cve,found,high,,,,',
    '2001:db8::1,2001:db8::1,ipv6,failed,,,,"Graph responded ""400"".",',
    'no host,,,refused,,,,It is none.,',
    '',
  ]);
});

test('CSV: a score that is not a number is an empty cell', () => {
  const row = { input: 'a.example', type: 'domain', value: 'a.example', outcome: 'found' };
  const scored = (score: unknown) => FORMATS.csv.row({ ...row, known: { score } } as unknown as EnrichedRow);
  for (const score of ['\u001b[31m92', { high: 1 }, ['92'], true, null])
    expect(scored(score)).toBe('a.example,a.example,domain,found,,,,,\r\n');
  expect(scored(0)).toBe('a.example,a.example,domain,found,,0,,,\r\n');
});

test('CSV: names of rules are one cell, a rule without a name is left out, and an older response has its time', () => {
  const known = { rules: [{ name: 'A' }, { name: null }, {}, { name: 'B' }] };
  const row = { ...ROWS[0], known, requestedAt: '2025-06-01T08:00:00.000Z' } as unknown as EnrichedRow;
  expect(FORMATS.csv.row(row)).toBe(
    'login-update[.]example,login-update.example,domain,found,,,A; B,,2025-06-01T08:00:00.000Z\r\n',
  );
});

describe('STIX 2.1', () => {
  const { objects, ...bundle } = JSON.parse(written('stix')) as { objects: Record<string, unknown>[] };
  const of = (type: string) => objects.filter((object) => object.type === type);

  test('is one bundle of all found objects', () => {
    expect(bundle).toMatchObject({ type: 'bundle', id: expect.stringMatching(/^bundle--[0-9a-f-]{36}$/) });
    expect(objects.map(({ type }) => type)).toEqual([
      'identity',
      'marking-definition',
      'domain-name',
      'indicator',
      'relationship',
      'domain-name',
      'vulnerability',
    ]);
  });

  test('an observable has the id that every producer gives it', () => {
    expect(of('domain-name')[0]?.id).toBe('domain-name--e9fc37a6-8be9-58e5-8d8c-407b2ad2d0c9');
  });

  test('a warning is an indicator based on its observable', () => {
    expect(of('indicator')[0]).toMatchObject({
      pattern: "[domain-name:value = 'login-update.example']",
      indicator_types: ['malicious-activity'],
      confidence: 92,
      description: 'Name server: Seen with, others',
      external_references: [expect.objectContaining({ description: 'Name server: Seen with, others' })],
    });
    expect(of('relationship')[0]).toMatchObject({
      source_ref: of('indicator')[0]?.id,
      target_ref: of('domain-name')[0]?.id,
    });
  });

  test('ids are of their type, and whatever is referred to is there', () => {
    const ids = objects.map(({ id }) => String(id));
    for (const { id, type } of objects.filter((object) => object.type !== 'marking-definition'))
      expect(id).toMatch(
        new RegExp(`^${type}--[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`),
      );
    const referred = objects.flatMap((object) =>
      Object.entries(object).flatMap(([name, value]) => (name.endsWith('_ref') ? String(value) : [])),
    );
    expect(ids).toEqual(expect.arrayContaining(referred));
  });
});
