import { deriveGraph } from '../../../src/doors/web/graph/derive';
import { detailsOf, differences } from '../../../src/doors/web/graph/details';
import { pivotsOf } from '../../../src/doors/web/graph/pivots';
import type { WebNode } from '../../../src/doors/web/shared/protocol';
import { argumentsOf, commandNamed } from '../../../src/manifest/short-names';

test.each([
  ['a SHA-1 hash in capitals', { sha1: 'AB'.repeat(20) }, 'ab'.repeat(20)],
  ['a fingerprint alone', { fingerprint: 'Ab:Cd' }, 'Ab:Cd'],
])('a certificate with %s has facts, and its host links to it', (_, hash, value) => {
  const sslCertificate = { ...hash, serialNumber: '42' };
  const context = {
    MSGDefenderThreatIntel: { HostSslCertificate: [{ hostId: 'contoso.com', sslCertificate }] },
  };
  const graph = deriveGraph(context);
  const id = `certificate:${value}`;
  expect(detailsOf(id, graph, context)?.facts).toContainEqual({ name: 'Serial number', value: '42' });
  expect(detailsOf('domain:contoso.com', graph, context)?.certificates).toEqual([{ label: value, node: id }]);
});

/** What the drawer shows about a node of a context with these objects. */
function details(id: string, objects: Record<string, unknown>) {
  const context = { MSGDefenderThreatIntel: objects };
  return detailsOf(id, deriveGraph(context), context);
}

const HOST = { '@odata.type': '#microsoft.graph.security.hostname', id: 'contoso.com' };

test('a host has the facts of Graph, its first and last date, and nothing that is empty', () => {
  const host = {
    ...HOST,
    registrar: 'Example\u200b Registrar',
    registrant: ' ',
    countryOrRegion: 'US',
    netblock: null,
    autonomousSystem: { number: 64_496, name: 'EXAMPLE-AS', organization: 'Example' },
    hostingProvider: 5,
    firstSeenDateTime: '2020-01-02T03:04:05Z',
    lastSeenDateTime: '2021-01-02T00:00:00Z',
  };
  expect(details('domain:contoso.com', { Host: [host, { ...HOST, id: 'other.example' }] })?.facts).toEqual([
    { name: 'Registrar', value: 'Example Registrar' },
    { name: 'Country', value: 'US' },
    { name: 'Autonomous system', value: 'AS64496 EXAMPLE-AS Example' },
    { name: 'Hosting', value: '5' },
    { name: 'First seen', value: '2020-01-02 03:04' },
    { name: 'Last seen', value: '2021-01-02' },
  ]);
  const partly = { ...HOST, autonomousSystem: { name: 'EXAMPLE-AS' } };
  expect(details('domain:contoso.com', { Host: [partly] })?.facts).toEqual([
    { name: 'Autonomous system', value: 'EXAMPLE-AS' },
  ]);
});

test('a long text is cut at 4,000 characters', () => {
  const [fact] =
    details('domain:contoso.com', { Host: [{ ...HOST, registrar: 'x'.repeat(4_001) }] })?.facts ?? [];
  expect(fact?.value).toHaveLength(4_000);
});

test('a node that is not on the graph has no details', () => {
  expect(details('domain:absent.example', { Host: [HOST] })).toBeUndefined();
});

const WHOIS = {
  hostId: 'contoso.com',
  registrar: { organization: 'Registrar' },
  registrant: { name: 'Name', organization: 'Contoso, Ltd.', email: 'registrant@contoso.com' },
  registrationDateTime: '2001-01-01T00:00:00Z',
  expirationDateTime: '2031-01-01T00:00:00Z',
  lastUpdateDateTime: '2024-05-06T07:08:09Z',
  domainStatus: 'active',
  nameservers: [{ host: { id: 'ns1.example.org' } }, { host: 'x' }, { host: { id: 'ns2.example.org' } }],
};

test('a host has the facts of its WHOIS record', () => {
  const records = [WHOIS, { ...WHOIS, hostId: 'other.example', domainStatus: 'other' }];
  expect(details('domain:contoso.com', { Host: [HOST], Whois: records })?.whois).toEqual([
    { name: 'Registrar', value: 'Registrar' },
    { name: 'Registrant', value: 'Name' },
    { name: 'Organization', value: 'Contoso, Ltd.' },
    { name: 'E-mail', value: 'registrant@contoso.com' },
    { name: 'Registered', value: '2001-01-01' },
    { name: 'Expires', value: '2031-01-01' },
    { name: 'Updated', value: '2024-05-06 07:08' },
    { name: 'Status', value: 'active' },
    { name: 'Name servers', value: 'ns1.example.org, ns2.example.org' },
  ]);
});

test('changes of WHOIS records are listed newest first, without what stayed', () => {
  const at = (day: string, fields: object) => ({ lastUpdateDateTime: `2024-01-${day}T00:00:00Z`, ...fields });
  const one = { registrar: { organization: 'One' } };
  expect(
    differences([
      at('03', { ...one, domainStatus: 'locked' }),
      at('01', one),
      at('02', one),
      { lastSeenDateTime: '2024-01-04T05:06:00Z', domainStatus: 'locked' },
      { domainStatus: 'without a date' },
    ]),
  ).toEqual([
    { at: '2024-01-04 05:06', changes: [{ field: 'Registrar', before: 'One', after: '' }] },
    { at: '2024-01-03', changes: [{ field: 'Status', before: '', after: 'locked' }] },
  ]);
});

test('the newest record of a history is compared with the present one', () => {
  const history = { ...WHOIS, lastUpdateDateTime: '2023-01-01T00:00:00Z', domainStatus: 'old' };
  expect(
    details('domain:contoso.com', { Host: [HOST], Whois: [WHOIS], WhoisHistory: [history] })?.whoisChanges,
  ).toEqual([{ at: '2024-05-06 07:08', changes: [{ field: 'Status', before: 'old', after: 'active' }] }]);
});

test('the rules of a reputation are its reasons', () => {
  const rules = [{ name: 'Young', description: 'Registered last week' }, { name: 'Alone' }, 'x', {}];
  const rated = { hostId: 'contoso.com', classification: 'malicious', score: 100, rules };
  expect(details('domain:contoso.com', { HostReputation: [rated] })?.reasons).toEqual([
    'Young: Registered last week',
    'Alone',
    '',
  ]);
});

test('ports have their banners and services', () => {
  const port = {
    hostId: 'contoso.com',
    port: 22,
    protocol: 'tcp',
    status: 'open',
    lastSeenDateTime: '2024-01-01T00:00:00Z',
    banners: [{ banner: 'SSH-2.0' }, {}],
    services: [{ component: { name: 'OpenExample', version: '8.2' } }, { component: { name: 'Plain' } }, {}],
  };
  const { ports } =
    details('domain:contoso.com', { Host: [HOST], HostPort: [port, { hostId: 'contoso.com' }] }) ?? {};
  expect(ports).toEqual([
    {
      port: 22,
      protocol: 'tcp',
      status: 'open',
      last: '2024-01-01T00:00:00Z',
      banners: ['SSH-2.0'],
      services: ['OpenExample 8.2', 'Plain'],
    },
    { port: 0, protocol: '', status: '', banners: [], services: [] },
  ]);
});

test('resolutions are those of this node, in both directions, with their times', () => {
  const row = {
    firstSeenDateTime: '2020-01-01T00:00:00Z',
    lastSeenDateTime: '2021-01-01T00:00:00Z',
    parentHost: { '@odata.type': '#microsoft.graph.security.hostname', id: 'contoso.com' },
    artifact: { '@odata.type': '#microsoft.graph.security.ipAddress', id: '192.0.2.1' },
    recordType: 'A',
  };
  const objects = {
    Host: [HOST],
    PassiveDns: [row],
    Subdomain: [{ hostId: 'contoso.com', host: { id: 'a.contoso.com' } }],
  };
  expect(details('domain:contoso.com', objects)?.resolutions).toEqual([
    expect.objectContaining({
      label: '192.0.2.1',
      node: 'address:192.0.2.1',
      first: '2020-01-01T00:00:00Z',
      last: '2021-01-01T00:00:00Z',
    }),
  ]);
  expect(details('address:192.0.2.1', objects)?.resolutions).toEqual([
    expect.objectContaining({ label: 'contoso.com', node: 'domain:contoso.com' }),
  ]);
});

test('an article shows its text and indicators, and its indicator shows the article', () => {
  const article = {
    id: 'a1',
    title: 'Copper Heron',
    createdDateTime: '2024-01-01T00:00:00Z',
    summary: { content: 'Short.' },
    body: { content: 'Long.' },
  };
  const indicator = { articleId: 'a1', artifact: { ...HOST } };
  const objects = { Article: [article, { id: 'a2', title: 'Other' }], ArticleIndicator: [indicator] };
  const shown = [
    {
      id: 'a1',
      title: 'Copper Heron',
      at: '2024-01-01',
      body: 'Short.\n\nLong.',
      indicators: [expect.objectContaining({ id: 'domain:contoso.com' })],
    },
  ];
  expect(details('article:a1', objects)?.articles).toEqual(shown);
  expect(details('domain:contoso.com', objects)?.articles).toEqual(shown);
});

test('a vulnerability and a profile have their facts', () => {
  const vulnerability = {
    id: 'CVE-2099-10001',
    severity: 'critical',
    cvss3Summary: { score: 9.8 },
    publishedDateTime: '2099-01-01T00:00:00Z',
    exploitsAvailable: true,
    activeExploitsObserved: false,
    description: { content: 'Text' },
  };
  expect(details('vulnerability:CVE-2099-10001', { Vulnerability: [vulnerability] })?.facts).toEqual([
    { name: 'Severity', value: 'critical' },
    { name: 'CVSS 3', value: '9.8' },
    { name: 'Published', value: '2099-01-01' },
    { name: 'Exploits available', value: 'yes' },
    { name: 'Exploited now', value: 'no' },
    { name: 'Description', value: 'Text' },
    { name: 'First seen', value: '2099-01-01' },
  ]);
  const profile = { id: 'p1', title: 'Copper Heron', kind: 'actor', aliases: ['A', null, 'B'], summary: 'S' };
  expect(details('profile:p1', { Profile: [profile] })?.facts).toEqual([
    { name: 'Kind', value: 'actor' },
    { name: 'Also known as', value: 'A, B' },
    { name: 'Summary', value: 'S' },
  ]);
});

const NODES: readonly WebNode[] = (
  ['domain', 'address', 'certificate', 'article', 'profile', 'vulnerability', 'registrant', 'hash'] as const
).map((kind) => ({ id: `${kind}:x`, kind, value: kind === 'registrant' ? 'a@contoso.com' : 'x' }));

test.each(NODES)('each entry in the menu of a node $id is a command with arguments that it takes', (node) => {
  const graph = { nodes: [node], edges: [], omitted: 0 };
  const summary = detailsOf(node.id, graph, {})?.summary;
  for (const { command, args } of [...pivotsOf(node, graph), ...(summary === undefined ? [] : [summary])]) {
    const known = commandNamed(command);
    expect([command, known]).toEqual([command, expect.any(String)]);
    const names = Object.keys(argumentsOf(known as never));
    expect([command, Object.keys(args).filter((name) => !names.includes(name))]).toEqual([command, []]);
  }
});

test('the menu counts the neighbors that are known, without groups', () => {
  const [node] = NODES as [WebNode];
  const edge = (source: string, relation: string, target: string) => ({
    id: source + target,
    source,
    relation,
    target,
  });
  const edges = [
    edge('domain:x', 'resolves-to', 'address:1'),
    edge('domain:a', 'subdomain-of', 'domain:x'),
    edge('group:x', 'subdomain-of', 'domain:x'),
    edge('domain:x', 'links-to', 'group:y'),
    edge('domain:a', 'resolves-to', 'address:1'),
    edge('domain:b', 'resolves-to', 'address:2'),
  ];
  const known = Object.fromEntries(
    pivotsOf(node, { nodes: [node], edges, omitted: 0 }).map((pivot) => [pivot.label, pivot.known]),
  );
  expect(known).toMatchObject({ 'All relations': 2, Resolutions: 1, Subdomains: 1, 'Host pairs': 0 });
});

test.each([
  ['article', { seeds: 'article:x' }],
  ['profile', { seeds: 'profile:x' }],
  ['domain', { seeds: 'x' }],
])('an expansion of a node of kind %s starts at its record', (kind, args) => {
  const node = NODES.find((one) => one.kind === kind) as WebNode;
  expect(pivotsOf(node, { nodes: [node], edges: [], omitted: 0 })[0]?.args).toEqual(args);
});

test('a registrant is searched by e-mail address or organization', () => {
  const property = (value: string) => {
    const node: WebNode = { id: 'registrant:x', kind: 'registrant', value };
    return pivotsOf(node, { nodes: [node], edges: [], omitted: 0 })[0]?.args;
  };
  expect(property('a@contoso.com')).toEqual({
    search_value: 'a@contoso.com',
    search_property: 'registrant/email',
  });
  expect(property('Contoso')).toEqual({
    search_value: 'Contoso',
    search_property: 'registrant/organization',
  });
});
