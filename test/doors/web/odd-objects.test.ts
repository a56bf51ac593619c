import { deriveGraph } from '../../../src/doors/web/graph/derive';
import { detailsOf } from '../../../src/doors/web/graph/details';
import { graphFile } from '../../../src/doors/web/graph/graph-file';
import { groupPage } from '../../../src/doors/web/graph/groups';
import { reportOf } from '../../../src/doors/web/report/report';

const SEEN = { firstSeenDateTime: '2020-01-01', lastSeenDateTime: '2021-01-01' };

/** One complete object for each context prefix that the graph reads. */
const OBJECTS: Readonly<Record<string, object>> = {
  Host: {
    '@odata.type': '#microsoft.graph.security.hostname',
    id: 'a.example',
    autonomousSystem: { number: 64_500, name: 'N', organization: 'O' },
    ...SEEN,
  },
  HostReputation: {
    hostId: 'a.example',
    classification: 'malicious',
    score: 100,
    rules: [{ name: 'r', severity: 'high' }],
  },
  PassiveDns: {
    parentHost: { '@odata.type': '#microsoft.graph.security.hostname', id: 'a.example' },
    artifact: { '@odata.type': '#microsoft.graph.security.ipAddress', id: '192.0.2.1' },
    recordType: 'A',
    ...SEEN,
  },
  Subdomain: { hostId: 'a.example', host: { id: 'www.a.example' }, ...SEEN },
  HostPair: {
    parentHost: { id: 'a.example' },
    childHost: { id: 'b.example' },
    linkKind: 'redirect',
    ...SEEN,
  },
  HostSslCertificate: {
    hostId: 'a.example',
    host: { id: 'a.example' },
    sslCertificate: {
      id: 'c',
      sha1: 'ab'.repeat(20),
      subject: { commonName: 'a.example', alternateNames: ['a.example'] },
    },
    ports: [{ port: 443, ...SEEN }],
  },
  SslCertificate: {
    id: 'c',
    sha1: 'ab'.repeat(20),
    issuer: { commonName: 'i' },
    subject: { commonName: 'a.example' },
  },
  HostTracker: { hostId: 'a.example', kind: 'GoogleAnalyticsAccountNumber', value: 'UA-1' },
  HostCookie: { hostId: 'a.example', name: 'session', domain: 'a.example' },
  HostComponent: { hostId: 'a.example', name: 'nginx', version: '1.2', category: 'Server' },
  Whois: {
    hostId: 'a.example',
    nameservers: [{ host: { id: 'ns.example' }, ...SEEN }],
    registrant: { email: 'r@a.example', name: 'R', organization: 'O', address: { city: 'C' } },
    registrar: 'R',
  },
  Article: {
    id: 'a1',
    title: 'T',
    tags: ['t'],
    summary: { content: 's', format: 'text' },
    createdDateTime: '2020-01-01',
  },
  ArticleIndicator: {
    articleId: 'a1',
    artifact: { '@odata.type': '#microsoft.graph.security.hostname', id: 'a.example' },
  },
  Profile: { id: 'p1', title: 'P', aliases: ['x'], kind: 'actor', summary: { content: 's' }, targets: ['y'] },
  ProfileIndicator: {
    intelligenceProfileId: 'p1',
    artifact: { '@odata.type': '#microsoft.graph.security.ipAddress', id: '192.0.2.1' },
    source: 'microsoft',
  },
  Vulnerability: {
    id: 'CVE-2020-0001',
    severity: 'high',
    cvss3Summary: { score: 9.8 },
    references: [{ name: 'n', url: 'https://a.example' }],
  },
  Graph: {
    id: 'g',
    rows: 1,
    nodes: [
      {
        id: 'domain:a.example',
        kind: 'domain',
        value: 'a.example',
        label: 'l',
        verdict: 'malicious',
        score: 1,
      },
      { id: 'domain:b.example', kind: 'domain', value: 'b.example' },
      { id: 'group:domain:a.example links-to out', kind: 'group', value: 'g', count: 5 },
    ],
    edges: [
      {
        source: 'domain:a.example',
        relation: 'links-to',
        target: 'group:domain:a.example links-to out',
        command: 'msg-defender-threat-intel-host-pairs-list',
      },
      { source: 'domain:a.example', relation: 'links-to', target: 'domain:b.example', detail: 'd' },
    ],
  },
};

const REPORT = { name: 'n', target: 'tenant', mask: (text: string) => text, now: 0, markdown: true } as const;

const ODD: readonly unknown[] = [
  null,
  7,
  '',
  '__proto__',
  [],
  {},
  [null, ['x']],
  { id: {} },
  { toString: null },
];

/** The object with each of its values, at any depth, replaced by each odd one. */
function* oddObjects(object: unknown): Generator<unknown> {
  if (typeof object !== 'object' || object === null) return;
  for (const [key, value] of Object.entries(object)) {
    const replaced = (by: unknown) =>
      Array.isArray(object)
        ? object.map((one, at) => (String(at) === key ? by : one))
        : { ...object, [key]: by };
    for (const odd of ODD) yield replaced(odd);
    for (const odd of oddObjects(value)) yield replaced(odd);
  }
}

test.each(Object.entries(OBJECTS))(
  'an odd value in a %s of an imported file is left out of the graph',
  (prefix, object) => {
    const kept = { id: 'kept.example' };
    expect(deriveGraph({ MSGDefenderThreatIntel: { [prefix]: object } }).nodes).not.toEqual([]);
    for (const odd of oddObjects(object)) {
      const context = {
        MSGDefenderThreatIntel: { Host: [kept], [prefix]: [odd, ...(prefix === 'Host' ? [kept] : [])] },
      };
      const graph = deriveGraph(context);
      const texts = graph.nodes.flatMap(({ id, kind, value, label = '' }) => [id, kind, value, label]);
      const ends = graph.edges.flatMap(({ id, source, target, relation, detail = '' }) => [
        id,
        source,
        target,
        relation,
        detail,
      ]);
      expect(
        [...texts, ...ends].filter((text) => typeof text !== 'string' || /\[object|undefined/.test(text)),
      ).toEqual([]);
      expect(graph.nodes.map(({ value }) => value)).toContain('kept.example');
      for (const { id } of graph.nodes) {
        detailsOf(id, graph, context);
        const page = groupPage(id, context);
        expect(Object.values(page?.args ?? {}).filter((text) => typeof text !== 'string')).toEqual([]);
        page?.graphOf([{}]);
      }
      reportOf({ context, happened: [] }, REPORT);
      for (const format of ['graphml', 'stix', 'mermaid']) graphFile(graph, format);
    }
  },
);
