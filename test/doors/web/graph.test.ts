import { collector, timesOf } from '../../../src/doors/web/graph/collector';
import { deriveGraph } from '../../../src/doors/web/graph/derive';
import { graphFile } from '../../../src/doors/web/graph/graph-file';
import { groupPage } from '../../../src/doors/web/graph/groups';
import { countingArguments, isCountable, totalsIn } from '../../../src/doors/web/graph/totals';
import type { WebGraph, WebNode } from '../../../src/doors/web/shared/protocol';

const HOSTNAME = '#microsoft.graph.security.hostname';
const ADDRESS = '#microsoft.graph.security.ipAddress';

/** The nodes and edges of a context with these objects, each as one text. */
function graphOf(objects: unknown) {
  const { nodes, edges } = deriveGraph({ MSGDefenderThreatIntel: objects });
  return {
    nodes: nodes.map(({ id }) => id).sort(),
    edges: edges.map(({ source, relation, target }) => `${source} ${relation} ${target}`).sort(),
  };
}

describe('the objects of a context become nodes and edges', () => {
  test.each([
    ['Host', { '@odata.type': HOSTNAME, id: 'a.example' }, ['domain:a.example'], []],
    ['Host', { '@odata.type': ADDRESS, id: '192.0.2.1' }, ['address:192.0.2.1'], []],
    ['HostReputation', { hostId: 'a.example', classification: 'malicious' }, ['domain:a.example'], []],
    [
      'Subdomain',
      { hostId: 'a.example', host: { '@odata.type': HOSTNAME, id: 'b.a.example' } },
      ['domain:a.example', 'domain:b.a.example'],
      ['domain:b.a.example subdomain-of domain:a.example'],
    ],
    [
      'HostPair',
      {
        parentHost: { '@odata.type': HOSTNAME, id: 'a.example' },
        childHost: { '@odata.type': HOSTNAME, id: 'b.example' },
      },
      ['domain:a.example', 'domain:b.example'],
      ['domain:a.example links-to domain:b.example'],
    ],
    [
      'HostSslCertificate',
      { hostId: 'a.example', sslCertificate: { sha1: 'AB'.repeat(20) } },
      [`certificate:${'ab'.repeat(20)}`, 'domain:a.example'],
      [`domain:a.example uses-certificate certificate:${'ab'.repeat(20)}`],
    ],
    ['SslCertificate', { sha1: 'ab'.repeat(20) }, [`certificate:${'ab'.repeat(20)}`], []],
    ['Article', { id: 'a1', title: 'A' }, ['article:a1'], []],
    ['Profile', { id: 'p1', title: 'P' }, ['profile:p1'], []],
    ['Vulnerability', { id: 'CVE-2099-10001' }, ['vulnerability:CVE-2099-10001'], []],
    [
      'ArticleIndicator',
      { articleId: 'a1', artifact: { '@odata.type': HOSTNAME, id: 'a.example' } },
      ['article:a1', 'domain:a.example'],
      ['domain:a.example indicator-of article:a1'],
    ],
    [
      'ProfileIndicator',
      { intelligenceProfileId: 'p1', artifact: { '@odata.type': HOSTNAME, id: 'a.example' } },
      ['domain:a.example', 'profile:p1'],
      ['domain:a.example indicator-of profile:p1'],
    ],
  ])('%s', (prefix, row, nodes, edges) => {
    expect(graphOf({ [prefix]: row })).toEqual({ nodes, edges });
    expect(graphOf({ [prefix]: [row] })).toEqual({ nodes, edges });
  });

  test.each([[null], [[]], ['x'], [{ Host: 'x', HostPair: [5, null], Whois: [{ hostId: 7 }], Graph: [{}] }]])(
    '%j is an empty graph',
    (objects) => {
      expect(graphOf(objects)).toEqual({ nodes: [], edges: [] });
    },
  );

  test('of an expansion nodes and edges are read, and what is not one is left out', () => {
    const nodes = [
      { id: 'domain:a', kind: 'domain', value: 'a' },
      { id: 'domain:b', kind: 'domain', value: 'b' },
      { id: 'group:x', kind: 'group', value: 'x' },
      { kind: 5, value: 'c' },
      { kind: 'domain', value: 5 },
    ];
    const edges = [
      { source: 'domain:a', relation: 'links-to', target: 'domain:b' },
      { source: 'group:x', relation: 'links-to', target: 'domain:b' },
      { source: 'domain:a', relation: 'links-to', target: 'group:x' },
      { source: 5, relation: 'links-to', target: 'domain:b' },
      { source: 'domain:a', relation: 'links-to', target: 5 },
    ];
    expect(graphOf({ Graph: [{ nodes, edges }] })).toEqual({
      nodes: ['domain:a', 'domain:b'],
      edges: ['domain:a links-to domain:b'],
    });
  });
});

describe('a node that several objects name', () => {
  test('has the details of all, and the widest span of time', () => {
    const into = collector();
    const add = (firstSeen: string, lastSeen: string, more: object) =>
      into.entity({ kind: 'domain', value: 'a', firstSeen, lastSeen, ...more } as never);
    add('2021-01-01T00:00:00Z', '2022-01-01T00:00:00Z', { verdict: 'neutral', score: 0 });
    add('2020-01-01T00:00:00Z', '2021-06-01T00:00:00Z', { label: 'A' });
    add('2020-06-01T00:00:00Z', '2023-01-01T00:00:00Z', { verdict: 'malicious', score: 100 });
    expect(into.graph().nodes).toEqual([
      {
        id: 'domain:a',
        kind: 'domain',
        value: 'a',
        label: 'A',
        verdict: 'malicious',
        score: 100,
        firstSeen: '2020-01-01T00:00:00Z',
        lastSeen: '2023-01-01T00:00:00Z',
      },
    ]);
  });

  test('a value that is empty or no text is no node, and a link to it no edge', () => {
    const into = collector();
    expect([into.node('domain', ''), into.node('domain', 5)]).toEqual([undefined, undefined]);
    const a = into.node('domain', 'a');
    const b = into.node('domain', 'b');
    into.edge(a, 'links-to', undefined);
    into.edge(undefined, 'links-to', a);
    into.edge(a, 'links-to', a);
    into.edge(a, 'links-to', b, { detail: 'one', from: { firstSeen: '2021-01-01T00:00:00Z' } });
    into.edge(a, 'links-to', b, { from: { firstSeenDateTime: '2020-01-01T00:00:00Z' } });
    expect(into.graph()).toMatchObject({
      nodes: [{ id: 'domain:a' }, { id: 'domain:b' }],
      edges: [
        {
          id: 'domain:a links-to domain:b',
          detail: 'one',
          firstSeen: '2020-01-01T00:00:00Z',
        },
      ],
      omitted: 0,
    });
    expect(into.graph().edges).toHaveLength(1);
  });

  test('a value of 2,000 characters is cut, and 5,000 nodes and 20,000 edges are kept', () => {
    const into = collector();
    expect(into.node('domain', 'x'.repeat(2_001))).toBe(`domain:${'x'.repeat(2_000)}`);
    for (let at = 1; at < 5_001; at++) into.node('domain', `n${at}`);
    for (let at = 0; at < 20_001; at++) into.edge('domain:n1', `r${at}`, 'domain:n2');
    const { nodes, edges, omitted } = into.graph();
    expect([nodes.length, edges.length, omitted]).toEqual([5_000, 20_000, 1]);
    expect(into.node('domain', 'n1', { label: 'known' })).toBe('domain:n1');
  });

  test.each([
    [{ firstSeenDateTime: '2020-01-01', lastSeenDateTime: '2021-01-01' }],
    [{ firstSeen: '2020-01-01', lastSeen: '2021-01-01' }],
    [{ createdDateTime: '2020-01-01', lastUpdatedDateTime: '2021-01-01' }],
  ])('the times of %j', (object) => {
    expect(timesOf(object)).toEqual({ firstSeen: '2020-01-01', lastSeen: '2021-01-01' });
    expect(timesOf({})).toEqual({});
    expect(timesOf('x')).toEqual({});
  });
});

/** An expansion that listed one subdomain and counted five more. */
const EXPANSION = {
  id: 'e1',
  nodes: [
    { id: 'domain:hub.example', kind: 'domain', value: 'hub.example' },
    { id: 'domain:a.hub.example', kind: 'domain', value: 'a.hub.example' },
    { id: 'group:domain:hub.example subdomain-of in', kind: 'group', value: 'g', count: 5 },
  ],
  edges: [
    {
      source: 'domain:a.hub.example',
      relation: 'subdomain-of',
      target: 'domain:hub.example',
      command: 'msg-defender-threat-intel-host-subdomains-list',
    },
    {
      source: 'group:domain:hub.example subdomain-of in',
      relation: 'subdomain-of',
      target: 'domain:hub.example',
      command: 'msg-defender-threat-intel-host-subdomains-list',
    },
  ],
};
const GROUP = 'group:domain:hub.example subdomain-of in';
const HUB: WebNode = { id: 'domain:hub.example', kind: 'domain', value: 'hub.example' };

describe('a group that an expansion counted', () => {
  const context = (more: object = {}) => ({ MSGDefenderThreatIntel: { Graph: [EXPANSION], ...more } });

  test('is a node with what is left, less what other commands found', () => {
    const label = (more?: object) =>
      deriveGraph(context(more)).nodes.find(({ kind }) => kind === 'group')?.label;
    expect(label()).toBe('5 subdomains');
    const subdomain = (id: string) => ({ hostId: 'hub.example', host: { '@odata.type': HOSTNAME, id } });
    expect(label({ Subdomain: [subdomain('b.hub.example'), subdomain('a.hub.example')] })).toBe(
      '4 subdomains',
    );
    const all = ['b', 'c', 'd', 'e', 'f'].map((name) => subdomain(`${name}.hub.example`));
    expect(label({ Subdomain: all })).toBeUndefined();
    expect(label({ Subdomain: all.slice(1) })).toBe('1 subdomain');
  });

  test('is read by its next page, whose graph takes its place', () => {
    const page = groupPage(GROUP, context());
    expect(page).toMatchObject({
      command: 'msg-defender-threat-intel-host-subdomains-list',
      args: { host_id: 'hub.example', limit: '21' },
    });
    const rows = ['a', 'b', 'c'].map((name) => ({
      hostId: 'hub.example',
      host: { '@odata.type': HOSTNAME, id: `${name}.hub.example` },
    }));
    const graph = page?.graphOf([...rows, 'no row']);
    expect(graph).toMatchObject({ id: GROUP, seeds: [HUB.id], rows: 4 });
    const after = deriveGraph({ MSGDefenderThreatIntel: { Graph: [EXPANSION, graph as object] } });
    expect(after.nodes.map(({ id }) => id)).toEqual([
      'domain:hub.example',
      'domain:a.hub.example',
      'domain:b.hub.example',
      'domain:c.hub.example',
    ]);
  });

  test('that is not on the graph has no page', () => {
    expect(groupPage('group:absent', context())).toBeUndefined();
    expect(groupPage(GROUP, {})).toBeUndefined();
  });

  test.each([
    ['no edge', { edges: [] }],
    ['an edge of an unknown command', { edges: [{ ...EXPANSION.edges[1], command: 'host' }] }],
    ['a hub that is missing', { nodes: EXPANSION.nodes.slice(2) }],
  ])('with %s is not a group', (_, broken) => {
    expect(
      groupPage(GROUP, { MSGDefenderThreatIntel: { Graph: [{ ...EXPANSION, ...broken }] } }),
    ).toBeUndefined();
  });

  test('is part of the totals of its hub', () => {
    expect(totalsIn({ Graph: EXPANSION }, HUB)).toMatchObject({ Subdomains: 5, Resolutions: 0 });
    const stopped = { ...EXPANSION, stops: [{ reason: 'fan-out', count: 5 }] };
    expect(totalsIn({ Graph: stopped }, HUB)).toMatchObject({ Subdomains: 6 });
    const other = {
      ...EXPANSION,
      stops: [
        { reason: 'requests', count: 5 },
        { reason: 'fan-out', count: 4 },
      ],
    };
    expect(totalsIn({ Graph: other }, HUB)).toMatchObject({ Subdomains: 5 });
    expect(totalsIn('x', HUB)).toMatchObject({ Subdomains: 0 });
  });

  test('without a count is left out of the totals, and named as more', () => {
    const [hub, found, { count: _, ...group }] = EXPANSION.nodes as [object, object, { count?: number }];
    const uncounted = { ...EXPANSION, nodes: [hub, found, group] };
    expect(Object.keys(totalsIn({ Graph: uncounted }, HUB))).not.toContain('Subdomains');
    const { nodes } = deriveGraph({ MSGDefenderThreatIntel: { Graph: [uncounted] } });
    expect(nodes.at(-1)).toMatchObject({ kind: 'group', label: 'more subdomains' });
  });
});

test('the records of a node are counted with few requests; a file hash has none', () => {
  expect(countingArguments(HUB)).toEqual({
    seeds: 'hub.example',
    follow: 'all',
    fan_out: '1',
    max_requests: '12',
  });
  for (const kind of ['hash', 'registrant'] as const)
    expect(isCountable({ id: `${kind}:a`, kind, value: 'a' })).toBe(false);
  expect(isCountable(HUB)).toBe(true);
});

describe('the graph as a file', () => {
  const graph: WebGraph = {
    nodes: [HUB, { id: 'domain:a', kind: 'domain', value: 'a' }],
    edges: [{ id: 'e', source: 'domain:a', relation: 'links-to', target: HUB.id }],
    omitted: 0,
  };

  test.each([
    ['graphml', 'application/xml', /^<\?xml/],
    ['stix', 'application/json', /"type": ?"bundle"/],
    ['mermaid', 'text/plain; charset=utf-8', /hub\.example/],
  ])('%s', (format, type, text) => {
    expect(graphFile(graph, format)).toEqual({ type, text: expect.stringMatching(text) });
  });

  test.each(['dot', 'toString', ''])('%j is not a format', (format) => {
    expect(() => graphFile(graph, format)).toThrow(
      expect.objectContaining({
        code: 'ARGUMENT_INVALID',
        message: `format: "${format}" is not a graph format.`,
        hint: 'Use graphml, stix, mermaid.',
      }),
    );
  });
});
