import { PluginError } from '../../../src/base/errors';
import { indicatorCommands as commands } from '../../../src/commands/indicator';
import { readConfig } from '../../../src/config/config';
import type { GraphResult } from '../../../src/graph/request';
import type { IndicatorResults } from '../../../src/output/lookups';
import { verdictEntries } from '../../../src/output/verdict/entries';
import { type IndicatorRequests, planIndicators } from '../../../src/plan/indicator-requests';
import { isRejected, type PlanStep } from '../../../src/plan/plan';
import type { Entry } from '../../../src/xsoar/entry';

/** What came of one request: an object, nothing, or why nothing came. */
type Came = object | undefined | PluginError;

const THROTTLED = new PluginError('GRAPH_THROTTLED', 'Graph responded with 429.', { hint: 'Ask later.' });
const HOST = {
  '@odata.type': '#microsoft.graph.security.ipAddress',
  id: '192.0.2.1',
  countryOrRegion: 'US',
  netblock: '192.0.2.0/24',
  autonomousSystem: { name: 'CONTOSO', organization: 'Contoso Ltd.', number: 64496 },
};
const REPUTATION = {
  id: 'r',
  classification: 'malicious',
  score: 100,
  rules: [{ name: 'A|B', severity: 'high' }],
};

const SCORE =
  'DBotScore(val.Indicator && val.Indicator == obj.Indicator && val.Vendor == obj.Vendor && val.Type == obj.Type)';
const IP = 'IP(val.Address && val.Address == obj.Address)';

function resultsOf({ indicator, steps }: IndicatorRequests, came: readonly Came[]): IndicatorResults {
  const resultOf = (step: PlanStep, index: number): GraphResult => {
    if (isRejected(step)) return step;
    const value = came[index];
    if (value === undefined) return { kind: 'missing', request: step };
    if (value instanceof PluginError) return { kind: 'failed', request: step, error: value };
    return { kind: 'entity', request: step, value };
  };
  return {
    indicator,
    results: steps.map(({ part, step }, index) => ({ part, result: resultOf(step, index) })),
  };
}

/** The entries of `ip`, `domain` or `cve` for a list of indicators and what came of the requests about each. */
function entries(
  command: keyof typeof commands,
  requested: Readonly<Record<string, readonly Came[]>>,
  params: object = {},
): Entry[] {
  const verdict = commands[command];
  const inquiries = planIndicators(verdict.reads, { [command]: Object.keys(requested) });
  const came = Object.values(requested);
  const results = inquiries.map((inquiry, index) => resultsOf(inquiry, came[index] ?? []));
  return verdictEntries(verdict, results, readConfig({ ...params }));
}

function entry(...all: Parameters<typeof entries>): Entry {
  const [first, ...others] = entries(...all);
  expect(others).toEqual([]);
  return first as Entry;
}

const context = ({ EntryContext }: Entry): Readonly<Record<string, unknown>> => EntryContext ?? {};

test('shows the properties, the verdict in words, missing parts, failures and request counts', () => {
  expect(entry('ip', { '192.0.2.1': [HOST, REPUTATION] }).HumanReadable).toBe(
    [
      '### 192.0.2.1',
      '',
      '| Indicator | Autonomous system | Country | Netblock |',
      '| --- | --- | --- | --- |',
      '| 192.0.2.1 | CONTOSO | US | 192.0.2.0/24 |',
      '',
      '**192.0.2.1** is **malicious**, 100 of 100 (DBotScore 3, bad).',
      '',
      '- high: A\\|B',
      '',
      '2 requests to Graph: Host, HostReputation.',
    ].join('\n'),
  );
  const poor = entry('domain', {
    'contoso.com': [{ id: 'contoso.com', registrar: 'R' }, THROTTLED, undefined],
  });
  expect(poor.HumanReadable).toBe(
    [
      '### contoso.com',
      '',
      '| Indicator | Registrar |',
      '| --- | --- |',
      '| contoso.com | R |',
      '',
      'Not found: Whois.',
      '',
      'Failed: HostReputation — Graph responded with 429.',
      '',
      '3 requests to Graph: Host, HostReputation, Whois.',
    ].join('\n'),
  );
});

test('names all missing parts', () => {
  const { HumanReadable } = entry('domain', { 'contoso.com': [undefined, REPUTATION, undefined] });
  expect(HumanReadable).toContain('\n\nNot found: Host, Whois.\n\n');
});

test('an indicator missing from Graph is unknown, with score 0', () => {
  const unknown = entry('cve', { 'CVE-2099-0001': [undefined] });
  expect(unknown).toMatchObject({ Type: 1, Contents: null });
  expect(unknown.HumanReadable).toBe(
    '### CVE-2099-0001\n\nNo results found.\n\n1 request to Graph: Vulnerability.',
  );
  expect(context(unknown)).toEqual({
    'CVE(val.ID && val.ID == obj.ID)': { ID: 'CVE-2099-0001' },
    [SCORE]: {
      Indicator: 'CVE-2099-0001',
      Type: 'cve',
      Vendor: 'MicrosoftDefenderThreatIntelligence',
      Score: 0,
      Reliability: 'B - Usually reliable',
      Message: 'No results found.',
    },
  });
});

test.each<[string, Came, Came, number, string | undefined]>([
  ['a malicious host', HOST, REPUTATION, 3, undefined],
  ['a suspicious one', HOST, { ...REPUTATION, classification: 'suspicious' }, 2, undefined],
  ['a neutral one', HOST, { ...REPUTATION, classification: 'neutral' }, 0, undefined],
  ['one without a reputation', HOST, undefined, 0, 'Graph has no reputation for it.'],
  ['one whose reputation failed', HOST, THROTTLED, 0, 'No reputation: Graph responded with 429.'],
  ['one of which the reputation alone is known', undefined, REPUTATION, 3, undefined],
  ['one without any result', undefined, undefined, 0, 'No results found.'],
  ['one of which nothing came but a failure', undefined, THROTTLED, 0, 'Graph responded with 429.'],
  [
    'a class that came after us',
    HOST,
    { classification: 'dreadful' },
    0,
    'The classification "dreadful" is unknown to this version.',
  ],
])('%s has the score that playbooks expect', (_, host, reputation, score, message) => {
  const [first] = entries('ip', { '192.0.2.1': [host, reputation], '192.0.2.2': [HOST, undefined] });
  const dbot = context(first as Entry)[SCORE] as { Score: number; Message?: string };
  expect([dbot.Score, dbot.Message]).toEqual([score, message]);
});

test('a name whose host lookup failed and that has no reputation is shown without one', () => {
  const name = entry('domain', { 'contoso.com': [THROTTLED, undefined, { id: 'w' }] });
  expect(context(name)[SCORE]).toMatchObject({ Score: 0, Message: 'Graph has no reputation for it.' });
});

test('a vulnerability has no score and no note about it', () => {
  const cve = entry('cve', { 'CVE-2021-44228': [{ id: 'CVE-2021-44228', severity: 'critical' }] });
  expect(context(cve)[SCORE]).not.toHaveProperty('Message');
  expect(context(cve)[SCORE]).toMatchObject({ Score: 0, Type: 'cve' });
});

describe('for playbooks', () => {
  test('contains the unchanged Graph object for one part, else one object per part', () => {
    const cve = { id: 'CVE-2021-44228', '@odata.etag': 'x' };
    expect(entry('cve', { 'CVE-2021-44228': [cve] }).Contents).toBe(cve);
    expect(entry('ip', { '192.0.2.1': [HOST, undefined] }).Contents).toEqual({ Host: HOST });
    expect(entry('ip', { '192.0.2.1': [undefined, undefined] }).Contents).toBeNull();
  });

  test('contains own context and the shared context of all integrations', () => {
    const { [SCORE]: _, ...rest } = context(entry('ip', { '192.0.2.1': [HOST, REPUTATION] }));
    const { '@odata.type': __, ...host } = HOST;
    expect(rest).toEqual({
      'MSGDefenderThreatIntel.Host(val.id && val.id == obj.id)': { odataType: 'ipAddress', ...host },
      'MSGDefenderThreatIntel.HostReputation(val.id && val.id == obj.id)': {
        ...REPUTATION,
        hostId: '192.0.2.1',
      },
      [IP]: {
        Address: '192.0.2.1',
        ASN: 64496,
        ASOwner: 'Contoso Ltd.',
        Geo: { Country: 'US' },
        Range: '192.0.2.0/24',
        Malicious: {
          Vendor: 'MicrosoftDefenderThreatIntelligence',
          Description:
            'Microsoft classifies it as malicious with a score of 100 of 100, by these rules: A|B (high).',
        },
      },
    });
  });

  test('cuts long strings in both contexts on request', () => {
    const cut = context(entry('ip', { '192.0.2.1': [HOST, REPUTATION] }, { max_text_length: '5' }));
    expect(cut[IP]).toMatchObject({ ASOwner: 'Conto…', Malicious: { Description: 'Micro…' } });
    expect(Object.values(cut)[2]).toMatchObject({ id: '192.0.2.1', netblock: '192.0…' });
  });

  test('describes only malicious indicators', () => {
    const suspicious = { ...REPUTATION, classification: 'suspicious' };
    expect(context(entry('ip', { '192.0.2.1': [HOST, suspicious] }))[IP]).not.toHaveProperty('Malicious');
  });

  test('relationships are in context and on the entry', () => {
    const whois = { id: 'w', host: { id: 'contoso.com' } };
    const related = entry('domain', { 'www.contoso.com': [{ id: 'www.contoso.com' }, undefined, whois] });
    expect(related.Relationships).toMatchObject([
      { name: 'sub-domain-of', entityA: 'www.contoso.com', entityB: 'contoso.com' },
    ]);
    expect(context(related)['Domain(val.Name && val.Name == obj.Name)']).toMatchObject({
      Relationships: [{ Relationship: 'sub-domain-of', EntityA: 'www.contoso.com', EntityB: 'contoso.com' }],
    });
    const off = entry(
      'domain',
      { 'www.contoso.com': [{ id: 'x' }, undefined, whois] },
      { create_relationships: 'false' },
    );
    expect(off).not.toHaveProperty('Relationships');
    expect(JSON.stringify(off.EntryContext)).not.toContain('sub-domain-of');
  });
});

describe('invalid indicators and failed lookups', () => {
  test('have a separate entry with the reason', () => {
    const [, bad] = entries('ip', { '192.0.2.1': [HOST, undefined], 'no | address': [] });
    expect(bad).toMatchObject({ Type: 1, Contents: null });
    expect(bad?.HumanReadable).toBe(
      '### no \\| address\n\n"no \\| address" is not an IP address. Give an address such as 192.0.2.1 or 2001:db8::1. A URL or a defanged form works too.',
    );
    expect(Object.keys(context(bad as Entry))).toEqual([SCORE]);
    expect(context(bad as Entry)[SCORE]).toMatchObject({ Indicator: 'no | address', Score: 0 });
  });

  test('show every failure of an indicator', () => {
    const [bad] = entries('ip', { '192.0.2.1': [THROTTLED, THROTTLED], '192.0.2.2': [HOST, undefined] });
    expect(bad?.HumanReadable).toBe(
      '### 192.0.2.1\n\nFailed: Host — Graph responded with 429.\n\nFailed: HostReputation — Graph responded with 429.\n\n2 requests to Graph: Host, HostReputation.',
    );
  });

  test('are one error without any other result', () => {
    expect(() => entries('ip', { '192.0.2.1': [THROTTLED, undefined] })).toThrow(THROTTLED);
    expect(() =>
      entries('ip', { '192.0.2.1': [THROTTLED, THROTTLED], '192.0.2.2': [undefined, THROTTLED] }),
    ).toThrow(
      'None of the 2 IP addresses could be looked up.\n192.0.2.1, 192.0.2.2: Graph responded with 429.',
    );
  });

  test('have one entry each beside an unknown indicator', () => {
    expect(
      entries('ip', { '192.0.2.1': [THROTTLED, undefined], '192.0.2.2': [undefined, undefined] }),
    ).toHaveLength(2);
    expect(entries('ip', {})).toEqual([]);
  });
});

test('ignores a part that is not an object', () => {
  const odd = entry('ip', { '192.0.2.1': [['a list'], HOST] });
  expect(odd.HumanReadable).toContain('Not found: Host.');
  expect(odd.Contents).toEqual({ HostReputation: HOST });
});
