import { deriveGraph } from '../../../src/doors/web/graph/derive';
import { groupPage, groupsIn } from '../../../src/doors/web/graph/groups';
import { totalsIn } from '../../../src/doors/web/graph/totals';
import type { WebNode } from '../../../src/doors/web/shared/protocol';

const HOSTNAME = '#microsoft.graph.security.hostname';
const HUB: WebNode = { id: 'domain:hub.example', kind: 'domain', value: 'hub.example' };
const GROUP = `group:${HUB.id} subdomain-of in`;

const edge = (source: string, relation: string, target: string, command: string) => ({
  source,
  relation,
  target,
  command: `msg-defender-threat-intel-${command}`,
});
const subdomainOf = (source: string, target = HUB.id) =>
  edge(source, 'subdomain-of', target, 'host-subdomains-list');

/** An expansion that listed one subdomain of the hub and counted others. */
function expansion(count: unknown, more: object = {}) {
  return {
    id: 'e1',
    nodes: [
      { id: 'domain:a.hub.example', kind: 'domain', value: 'a.hub.example' },
      HUB,
      { id: GROUP, kind: 'group', value: 'g', count },
    ],
    edges: [
      subdomainOf('domain:a.hub.example'),
      subdomainOf(GROUP),
      subdomainOf('domain:x.other.example', 'domain:other.example'),
      edge(HUB.id, 'links-to', 'domain:other.example', 'host-pairs-list'),
    ],
    ...more,
  };
}

const contextOf = (...graphs: object[]) => ({ MSGDefenderThreatIntel: { Graph: graphs } });

const rows = (length: number) =>
  Array.from({ length }, (_, at) => ({ host: { '@odata.type': HOSTNAME, id: `s${at}.hub.example` } }));

/** The group of an expansion after its first page, which has this number of rows. */
function afterPage(count: unknown, found: number) {
  const first = expansion(count);
  const page = groupPage(GROUP, contextOf(first))?.graphOf(rows(found)) as object;
  const context = contextOf(first, page);
  const { nodes, edges } = deriveGraph(context);
  return {
    label: nodes.find(({ kind }) => kind === 'group')?.label,
    edges: edges.filter(({ source }) => source.startsWith('domain:s')).length,
    next: groupPage(GROUP, context)?.args.limit,
  };
}

test.each<[unknown, number, object]>([
  [50, 21, { label: '29 subdomains', edges: 21, next: '41' }],
  [50, 20, { label: undefined, edges: 20, next: undefined }],
  [20, 21, { label: undefined, edges: 21, next: undefined }],
  [5, 21, { label: undefined, edges: 21, next: undefined }],
  [undefined, 21, { label: 'more subdomains', edges: 21, next: '41' }],
  ['50', 21, { label: 'more subdomains', edges: 21, next: '41' }],
])(
  'of %j counted neighbors, a page with %d rows leaves those that were not read',
  (count, found, expected) => {
    expect(afterPage(count, found)).toEqual(expected);
  },
);

test('the neighbors of a group lead to its hub', () => {
  expect(deriveGraph(contextOf(expansion(5))).edges.at(-1)).toMatchObject({ source: GROUP, target: HUB.id });
});

test('a page starts after all earlier rows, including rows without a neighbor', () => {
  const first = expansion(50);
  const page = groupPage(GROUP, contextOf(first))?.graphOf([null, ...rows(20)]) as object;
  expect(groupPage(GROUP, contextOf(first, page))?.args.limit).toBe('41');
});

test('rows that are not objects are left out', () => {
  const graph = groupPage(GROUP, contextOf(expansion(5)))?.graphOf([null, 'x', ...rows(1)]);
  expect(graph).toMatchObject({ rows: 3, nodes: [{ id: HUB.id }, { id: 'domain:s0.hub.example' }] });
});

test.each([
  ['a domain', 'domain:a.example', { host_id: 'a.example' }, ['resolution', 'resolutions'], 'out'],
  ['an address', 'address:192.0.2.1', { host_id: '192.0.2.1' }, ['host', 'hosts'], 'in'],
])('the neighbors of %s are those of its kind', (_, id, args, nouns, direction) => {
  const [kind, value] = id.split(':');
  const group = `group:${id} resolves-to ${direction}`;
  const ends = direction === 'out' ? ([id, group] as const) : ([group, id] as const);
  const graph = {
    nodes: [
      { id: 'domain:first.example', kind: 'domain', value: 'first.example' },
      { id, kind, value },
      { id: group, kind: 'group', count: 9 },
    ],
    edges: [edge(ends[0], 'resolves-to', ends[1], 'host-passive-dns-list')],
  };
  expect(groupPage(group, contextOf(graph))?.args).toEqual({ ...args, limit: '20' });
  expect(groupsIn([graph]).get(group)).toMatchObject({
    hub: { id },
    question: { neighbors: { nouns, direction } },
    count: 9,
    listed: 0,
  });
});

test.each([
  ['an id that is no text', { nodes: [HUB, { id: 7, kind: 'group' }], edges: [subdomainOf(7 as never)] }],
  [
    'a hub without a value',
    {
      nodes: [
        { ...HUB, value: 7 },
        { id: GROUP, kind: 'group' },
      ],
      edges: [subdomainOf(GROUP)],
    },
  ],
])('a group with %s is left out', (_, graph) => {
  expect(groupsIn([graph]).size).toBe(0);
  expect(deriveGraph(contextOf(graph)).nodes.filter(({ kind }) => kind === 'group')).toEqual([]);
});

test('the totals of a node count its own neighbors, in both directions', () => {
  const edges = [
    edge(HUB.id, 'links-to', 'domain:b.example', 'host-pairs-list'),
    edge('domain:c.example', 'links-to', HUB.id, 'host-pairs-list'),
    edge('domain:c.example', 'links-to', 'domain:d.example', 'host-pairs-list'),
    edge(HUB.id, 'uses-tracker', 'tracker:t', 'host-trackers-list'),
  ];
  expect(totalsIn({ Graph: { edges } }, HUB)).toMatchObject({ 'Host pairs': 2, Trackers: 1, Cookies: 0 });
});

test('the groups of other nodes are not in the totals of a node', () => {
  const other: WebNode = { id: 'domain:b.example', kind: 'domain', value: 'b.example' };
  expect(totalsIn({ Graph: expansion(5) }, other)).toMatchObject({ Subdomains: 0 });
  expect(totalsIn({ Graph: expansion(5) }, HUB)).toMatchObject({ Subdomains: 5 });
});

test.each([['x'], [null], [{}], [{ Graph: 'x' }]])('a result of %j counts nothing', (contents) => {
  expect(totalsIn(contents, HUB)).toMatchObject({ Subdomains: 0, Resolutions: 0 });
});
