import { collector, dateOf, timesOf } from '../../../src/doors/web/graph/collector';
import { deriveGraph } from '../../../src/doors/web/graph/derive';
import { graphFile } from '../../../src/doors/web/graph/graph-file';
import type { WebGraph } from '../../../src/doors/web/shared/protocol';

const HOSTNAME = '#microsoft.graph.security.hostname';

function graphOf(objects: object): WebGraph {
  return deriveGraph({ MSGDefenderThreatIntel: objects });
}

/** The edges of a context with these objects, each as one text. */
function edgesOf(objects: object): string[] {
  return graphOf(objects).edges.map(({ source, relation, target }) => `${source} ${relation} ${target}`);
}

const OWN = { hostId: 'a.example' };

test.each([
  [
    'HostTracker',
    { kind: 'GoogleAnalyticsAccountNumber', value: 'UA-1' },
    ['uses-tracker tracker:GoogleAnalyticsAccountNumber UA-1'],
  ],
  ['HostCookie', { name: 'session', domain: 'a.example' }, ['sets-cookie cookie:session a.example']],
  ['HostComponent', { name: 'nginx', version: '1.2' }, ['runs-component component:nginx 1.2']],
  [
    'Whois',
    { nameservers: [{ host: { id: 'ns.example' } }], registrant: { email: 'r@a.example' } },
    ['uses-name-server domain:ns.example', 'registered-by registrant:r@a.example'],
  ],
  [
    'HostSslCertificate',
    { host: { id: 'b.example' }, sslCertificate: { sha1: 'ab'.repeat(20) } },
    [`uses-certificate certificate:${'ab'.repeat(20)}`],
  ],
])('%s: the host whose rows were listed is the source, unless the row names another', (prefix, row, ends) => {
  const source = 'host' in row ? 'domain:b.example' : 'domain:a.example';
  expect(edgesOf({ [prefix]: [{ ...OWN, ...row }] })).toEqual(ends.map((end) => `${source} ${end}`));
});

test('a reputation is the verdict of its host', () => {
  const rated = { ...OWN, classification: 'suspicious', score: 60 };
  expect(graphOf({ HostReputation: [{ score: 1 }, rated] }).nodes).toEqual([
    { id: 'domain:a.example', kind: 'domain', value: 'a.example', verdict: 'suspicious', score: 60 },
  ]);
});

test('an object without an id does not hide the others', () => {
  expect(graphOf({ Host: [{}, { id: 'a.example' }], Article: [{ id: 7 }] }).nodes).toHaveLength(1);
});

test('the graph of one context is built once', () => {
  const context = { MSGDefenderThreatIntel: { Host: [{ id: 'a.example' }] } };
  expect(deriveGraph(context)).toBe(deriveGraph(context));
});

test('a node has the earliest first time and the latest last time, in any order of reading', () => {
  const article = (year: number) => ({
    id: 'a',
    createdDateTime: `${year}-01-01T00:00:00Z`,
    lastUpdatedDateTime: `${year}-06-01T00:00:00Z`,
  });
  for (const years of [
    [2020, 2021],
    [2021, 2020],
  ])
    expect(graphOf({ Article: years.map(article) }).nodes).toMatchObject([
      { firstSeen: '2020-01-01T00:00:00Z', lastSeen: '2021-06-01T00:00:00Z' },
    ]);
});

test('an unknown time or detail of a node or an edge is missing', () => {
  const into = collector();
  into.edge(into.node('domain', 'a'), 'links-to', into.node('domain', 'b'));
  expect(into.graph().edges).toStrictEqual([
    { id: 'domain:a links-to domain:b', source: 'domain:a', target: 'domain:b', relation: 'links-to' },
  ]);
  expect(timesOf({})).toStrictEqual({});
  expect(['2020-01-1', '2020-13-01', '2020-01-01'].map(dateOf)).toEqual([undefined, undefined, '2020-01-01']);
});

test('a known edge of a full graph still gets its details', () => {
  const into = collector();
  for (let at = 0; at < 20_001; at++) into.edge('domain:a', `r${at}`, 'domain:b');
  into.edge('domain:a', 'r0', 'domain:b', { detail: 'known' });
  const { edges } = into.graph();
  expect([edges.length, edges[0]?.detail]).toEqual([20_000, 'known']);
});

describe('an expansion', () => {
  const hub = { id: 'domain:a.example', kind: 'domain', value: 'a.example' };
  const other = { id: 'domain:b.example', kind: 'domain', value: 'b.example' };
  const command = 'msg-defender-threat-intel-host-pairs-list';
  const group = { id: `group:${hub.id} links-to out`, kind: 'group', value: 'g', count: 5 };
  const pair = (source: string, target: string) => ({ source, relation: 'links-to', target, command });
  const edges = [
    pair(hub.id, group.id),
    { ...pair(hub.id, other.id), detail: 'redirect', firstSeen: '2020-01-01', lastSeen: '2021-01-01' },
    pair(other.id, 'domain:c.example'),
    { ...pair(hub.id, 'tracker:t'), relation: 'uses-tracker', command: 'other' },
  ];
  const expansion = { nodes: [other, hub, group], edges };

  test('has the details and times of its edges', () => {
    expect(graphOf({ Graph: [expansion] }).edges).toContainEqual({
      id: `${hub.id} links-to ${other.id}`,
      source: hub.id,
      relation: 'links-to',
      target: other.id,
      detail: 'redirect',
      firstSeen: '2020-01-01',
      lastSeen: '2021-01-01',
    });
  });

  test("has a group of the hub's neighbors, without those found since", () => {
    const grouped = graphOf({ Graph: [expansion] });
    expect(grouped.nodes.at(-1)).toEqual({
      id: group.id,
      kind: 'group',
      value: group.id.slice('group:'.length),
      label: '5 linked hosts',
      counted: {
        hub: hub.id,
        relation: 'links-to',
        direction: 'out',
        nouns: ['linked host', 'linked hosts'],
        left: 5,
      },
    });
    expect(grouped.edges.at(-1)).toMatchObject({ source: hub.id, relation: 'links-to', target: group.id });
    const known = {
      Graph: [expansion],
      HostPair: ['d', 'e'].map((name) => ({
        parentHost: { '@odata.type': HOSTNAME, id: hub.value },
        childHost: { '@odata.type': HOSTNAME, id: name },
      })),
    };
    expect(graphOf(known).nodes.at(-1)).toMatchObject({ label: '3 linked hosts', counted: { left: 3 } });
  });

  test('has a group without a number where Graph did not count', () => {
    const { count: _, ...uncounted } = group;
    const { nodes } = graphOf({ Graph: [{ ...expansion, nodes: [other, hub, uncounted] }] });
    expect(nodes.at(-1)).toMatchObject({ label: 'more linked hosts' });
    expect(nodes.at(-1)?.counted).not.toHaveProperty('left');
  });

  test('in a file for other programs has the count of its group', () => {
    const file = (graph: WebGraph) => graphFile(graph, 'graphml').text;
    const grouped = graphOf({ Graph: [expansion] });
    expect(file(grouped)).toContain('<data key="node-count">5</data>');
    expect(file(graphOf({ Host: [{ id: 'a.example' }] }))).not.toContain('<data key="node-count">');
    expect(graphFile(grouped, 'stix')).toEqual(graphFile(graphOf({ Graph: [{ ...expansion }] }), 'stix'));
  });
});
