import { stixFormat } from '../../src/enrich/formats/stix';
import type { EnrichedRow } from '../../src/enrich/row';

type Found = Record<string, unknown>;

function objectsOf(row: object): Found[] {
  const text = stixFormat.row(row as EnrichedRow);
  return JSON.parse(`[${text.slice(1) || ''}]`) as Found[];
}

const HOST = { input: 'x', type: 'domain', value: 'contoso.com', outcome: 'found' };
const host = (known: object, row: object = {}) => objectsOf({ ...HOST, known, ...row });
const cve = (known: object) =>
  objectsOf({ input: 'x', type: 'cve', value: 'CVE-2099-10001', outcome: 'found', known });
const PRODUCED = {
  spec_version: '2.1',
  created_by_ref: expect.stringMatching(/^identity--/),
  object_marking_refs: [expect.any(String)],
};

test('a host is an observable of its type', () => {
  expect(host({}).map(({ type, value }) => [type, value])).toEqual([['domain-name', 'contoso.com']]);
  expect(host({}, { type: 'ipv4', value: '192.0.2.1' }).map(({ type }) => type)).toEqual(['ipv4-addr']);
  expect(host({}, { type: 'ipv6', value: '2001:db8::1' }).map(({ type }) => type)).toEqual(['ipv6-addr']);
  expect(objectsOf({ ...HOST, outcome: 'unknown' }).map(({ type }) => type)).toEqual(['domain-name']);
});

test.each([
  { input: 'x', outcome: 'refused', reason: 'no' },
  { ...HOST, outcome: 'failed', reason: 'no' },
  { ...HOST, outcome: 'refused', reason: 'no' },
  { input: 'x', type: 'cve', value: 'CVE-2099-10001', outcome: 'unknown' },
  { ...HOST, type: 'other' },
])('%j has no object', (row) => {
  expect(stixFormat.row({ known: {}, ...row } as unknown as EnrichedRow)).toBe('');
});

test.each([
  ['malicious', 'malicious-activity'],
  ['suspicious', 'anomalous-activity'],
])('a host that is %s is an indicator of %s', (classification, type) => {
  const [observed, indicator, link] = host({ classification, score: 91.6 });
  expect(indicator).toMatchObject({
    ...PRODUCED,
    type: 'indicator',
    name: 'contoso.com',
    indicator_types: [type],
    pattern: "[domain-name:value = 'contoso.com']",
    pattern_type: 'stix',
    pattern_version: '2.1',
    confidence: 92,
    created: expect.stringMatching(/^\d{4}-/),
    valid_from: indicator?.created,
  });
  expect(Object.keys(indicator ?? {})).not.toEqual(expect.arrayContaining(['description']));
  expect(indicator).not.toHaveProperty('external_references');
  expect(link).toMatchObject({
    relationship_type: 'based-on',
    source_ref: indicator?.id,
    target_ref: observed?.id,
  });
});

test('indicators of two hosts have two IDs, those of one host have one', () => {
  const id = (value: string) => host({ classification: 'malicious' }, { value })[1]?.id;
  expect(id('a.example')).not.toBe(id('b.example'));
  expect(id('a.example')).toBe(id('a.example'));
});

test.each(['unknown', 'neutral', 'toString', ['malicious'], null, undefined])(
  'a host that is %j has no indicator',
  (classification) => {
    expect(host({ classification })).toHaveLength(1);
  },
);

test('an indicator is of a found host only', () => {
  expect(objectsOf({ ...HOST, outcome: 'unknown', known: { classification: 'malicious' } })).toHaveLength(1);
});

test.each([
  [120, 100],
  [-5, 0],
  [0, 0],
  ['50', undefined],
  [null, undefined],
  [undefined, undefined],
])('the score %j is the confidence %j', (score, confidence) => {
  const [, indicator] = host({ classification: 'malicious', score });
  expect(indicator?.confidence).toBe(confidence);
});

test('rules are its description and its references', () => {
  const rules = [
    { name: 'Name server', description: 'Seen with others', relatedDetailsUrl: 'https://contoso.com/rule' },
    { name: 'Age' },
    { description: 'Self-signed' },
    { relatedDetailsUrl: 'https://contoso.com/only' },
    {},
  ];
  const [, indicator] = host({ classification: 'malicious', rules });
  const source_name = 'Microsoft Defender Threat Intelligence';
  expect(indicator?.description).toMatch(/^Name server: Seen with others\s+Age\s+Self-signed/);
  expect(indicator?.external_references).toEqual([
    { source_name, description: 'Name server: Seen with others', url: 'https://contoso.com/rule' },
    { source_name, description: 'Age' },
    { source_name, description: 'Self-signed' },
    { source_name, url: 'https://contoso.com/only' },
  ]);
});

test('a CVE is a vulnerability with its dates and its description', () => {
  const [found] = cve({
    publishedDateTime: '2025-01-02T03:04:05Z',
    createdDateTime: '2024-01-02T03:04:05Z',
    lastModifiedDateTime: '2025-06-02T03:04:05Z',
    description: { content: 'Remote code execution.' },
  });
  expect(found).toMatchObject({
    ...PRODUCED,
    type: 'vulnerability',
    name: 'CVE-2099-10001',
    created: expect.stringMatching(/^2025-01-02T03:04:05/),
    modified: expect.stringMatching(/^2025-06-02T03:04:05/),
    description: 'Remote code execution.',
    external_references: [{ source_name: 'cve', external_id: 'CVE-2099-10001' }],
  });
  expect(cve({ createdDateTime: '2024-01-02T03:04:05Z' })[0]?.created).toMatch(/^2024-01-02T03:04:05/);
  expect(cve({})[0]).not.toHaveProperty('description');
});

test('the bundle ends with an ID that follows from its content', () => {
  const bundle = (digest: string) => JSON.parse(stixFormat.head + stixFormat.foot(digest));
  expect(bundle('a')).toMatchObject({ type: 'bundle', id: expect.stringMatching(/^bundle--/) });
  expect(bundle('a').id).not.toBe(bundle('b').id);
  expect(bundle('a').objects.map(({ type }: Found) => type)).toEqual(['identity', 'marking-definition']);
  expect(stixFormat.once).toBe(true);
});

test('the same content has the same version in every release, so that a receiver sees no change', () => {
  const modified = (known: object) => host({ classification: 'malicious', ...known })[1]?.modified;
  expect([
    modified({}),
    modified({ rules: [{ name: 'Age' }] }),
    modified({ rules: [{ relatedDetailsUrl: 'https://contoso.com/only' }] }),
    cve({})[0]?.modified,
  ]).toEqual([
    '2023-01-01T22:38:02.120Z',
    '2023-01-01T09:19:31.811Z',
    '2023-01-01T14:37:27.140Z',
    '2023-01-01T04:49:23.644Z',
  ]);
});
