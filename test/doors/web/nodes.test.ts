import { collector, textOf } from '../../../src/doors/web/graph/collector';
import { pivotsOf } from '../../../src/doors/web/graph/pivots';
import type { WebNode } from '../../../src/doors/web/shared/protocol';

/** The node that an object of the investigation becomes. */
function nodeOf(entity: object): WebNode | undefined {
  const into = collector();
  into.entity(entity as never);
  return into.graph().nodes[0];
}

describe('an artifact has the kind of its label or value', () => {
  test.each([
    ['File hash', 'x', 'hash'],
    ['MD5', 'x', 'hash'],
    ['sha256', 'x', 'hash'],
    [undefined, 'aB'.repeat(16), 'hash'],
    [undefined, 'ab'.repeat(32), 'hash'],
    [undefined, `${'ab'.repeat(32)}a`, 'artifact'],
    [undefined, `x${'ab'.repeat(16)}`, 'artifact'],
    [undefined, `${'ab'.repeat(16)}x`, 'artifact'],
    [undefined, 'abc', 'artifact'],
    ['URL', 'x', 'url'],
    ['not a url', 'x', 'artifact'],
    ['urls', 'x', 'artifact'],
    [undefined, 'http://a.example', 'url'],
    [undefined, 'HTTPS://a.example', 'url'],
    [undefined, 'see https://a.example', 'artifact'],
    [`${'x'.repeat(50)}hash`, 'x', 'artifact'],
  ])('%s %s: %s', (label, value, kind) => {
    expect(nodeOf({ kind: 'artifact', value, label })).toEqual({ id: `artifact:${value}`, kind, value });
  });

  test('another kind is unchanged, and an unknown one is an artifact', () => {
    expect(nodeOf({ kind: 'domain', value: 'md5', label: 'hash' })?.kind).toBe('domain');
    expect(nodeOf({ kind: 'invented', value: 'ab'.repeat(16) })?.kind).toBe('artifact');
  });
});

test('the label of a CVE or an artifact is its value, that of others up to 200 characters', () => {
  expect(nodeOf({ kind: 'vulnerability', value: 'CVE-2099-10001', label: 'Long' })?.label).toBeUndefined();
  expect(nodeOf({ kind: 'artifact', value: 'x', label: 'Long' })?.label).toBeUndefined();
  expect(nodeOf({ kind: 'article', value: 'a', label: 'x'.repeat(201) })?.label).toBe('x'.repeat(200));
  expect([textOf(5), textOf(''), textOf(null)]).toEqual(['5', undefined, undefined]);
});

test.each(['malicious', 'suspicious', 'neutral', 'unknown'])('%s is a verdict', (verdict) => {
  expect(nodeOf({ kind: 'domain', value: 'a', verdict })?.verdict).toBe(verdict);
});

test.each([
  ['another word', { verdict: 'good' }],
  ['a score that is no number', { score: '5' }],
  ['a date in another form', { firstSeen: '01/02/2026', lastSeen: 'at 2026-01-02' }],
  ['a date with a lot behind it', { firstSeen: `2026-01-02T03:04:05.${'1'.repeat(20)}Z` }],
  ['half a date', { firstSeen: '2026-01-0' }],
])('%s is not shown', (_, facts) => {
  expect(nodeOf({ kind: 'domain', value: 'a', ...facts })).toStrictEqual({
    id: 'domain:a',
    kind: 'domain',
    value: 'a',
  });
});

test('a date of up to 40 characters is kept', () => {
  const firstSeen = `2026-01-02T03:04:05.${'1'.repeat(19)}Z`;
  expect(nodeOf({ kind: 'domain', value: 'a', firstSeen })?.firstSeen).toBe(firstSeen);
});

const RELATIONS = [
  'resolves-to',
  'uses-mail-server',
  'subdomain-of',
  'uses-certificate',
  'links-to',
  'uses-tracker',
  'uses-name-server',
  'sets-cookie',
  'runs-component',
  'indicator-of',
  'related-to',
  'registered-by',
];

const OF_HOSTS = {
  'All relations': 'expand: all 12',
  Resolutions: 'expand resolutions: resolves-to, uses-mail-server',
  Certificates: 'expand certificates: uses-certificate',
  'Host pairs': 'expand pairs: links-to',
  Trackers: 'expand trackers: uses-tracker',
  Cookies: 'expand cookies: sets-cookie',
  Components: 'expand components: runs-component',
  Articles: 'expand articles: indicator-of, related-to',
  'WHOIS and registrant': 'host-whois: registered-by',
  'WHOIS history': 'host-whois-history: ',
  'Open ports': 'host-ports: ',
};

test.each([
  [
    'domain',
    {
      ...OF_HOSTS,
      Subdomains: 'expand subdomains: subdomain-of',
      'Name servers': 'expand name_servers: uses-name-server',
    },
  ],
  ['address', OF_HOSTS],
  [
    'certificate',
    {
      'All relations': 'expand: all 12',
      'Hosts with this certificate': 'expand certificates: uses-certificate',
    },
  ],
  ['article', { 'All relations': 'expand: all 12', Indicators: 'expand indicators: indicator-of' }],
  ['profile', { 'All relations': 'expand: all 12', Indicators: 'expand indicators: indicator-of' }],
  [
    'vulnerability',
    { 'All relations': 'expand: all 12', Articles: 'expand articles: indicator-of, related-to' },
  ],
  ['registrant', { 'Domains of this registrant': 'whois-search: registered-by' }],
  ['hash', {}],
] as const)(
  'the menu of a node of kind %s: what each entry requests, and which neighbors it counts',
  (kind, menu) => {
    const node: WebNode = { id: `${kind}:x`, kind, value: 'x' };
    const counted = new Map<string, string[]>();
    for (const relation of RELATIONS)
      for (const [source, target] of [
        [node.id, 'domain:n'],
        ['domain:n', node.id],
      ] as const) {
        const edges = [{ id: 'e', source, relation, target }];
        for (const { label, command, args, known } of pivotsOf(node, { nodes: [node], edges, omitted: 0 })) {
          const follow = 'follow' in args ? ` ${args.follow}` : '';
          const entry = `${label}|${command}${follow}`;
          const relations = counted.get(entry) ?? [];
          counted.set(
            entry,
            known === 0 || relations.includes(relation) ? relations : [...relations, relation],
          );
        }
      }
    const shown = [...counted].map(([entry, relations]) => {
      const [label, request] = entry.split('|');
      return [
        label,
        `${request}: ${relations.length === RELATIONS.length ? 'all 12' : relations.join(', ')}`,
      ];
    });
    expect(Object.fromEntries(shown)).toEqual(menu);
  },
);
