import { sharedSpans } from '../../../src/doors/web/client/drawer/shared-spans';
import { grouped } from '../../../src/doors/web/client/graph/grouping';
import { visibleGraph } from '../../../src/doors/web/client/graph/visible';
import { csvOf, filterRows, sortRows } from '../../../src/doors/web/client/room/table-rows';
import type { WebEdge, WebNode } from '../../../src/doors/web/shared/protocol';

const hub: WebNode = { id: 'domain:hub.example', kind: 'domain', value: 'hub.example' };

/** Neighbors that hang on the hub only, and their relations. */
function leaves(count: number, verdict?: WebNode['verdict']) {
  const nodes = Array.from({ length: count }, (_, at): WebNode => {
    const value = `${verdict ?? 'leaf'}-${at}.example`;
    return { id: `domain:${value}`, kind: 'domain', value, ...(verdict === undefined ? {} : { verdict }) };
  });
  const edges = nodes.map(
    ({ id }): WebEdge => ({ id: `${id} of`, source: id, relation: 'subdomain-of', target: hub.id }),
  );
  return { nodes, edges };
}

const noFilter = { text: '', kinds: [], verdicts: [] };

test('the time in which two hosts had the same neighbor', () => {
  const one = [
    { label: 'a', node: 'a', first: '2022-01-01', last: '2022-06-01' },
    { label: 'b', node: 'b', first: '2022-01-01', last: '2022-02-01' },
    { label: 'c', node: 'c', first: '2022-01-01' },
  ];
  const other = [
    { label: 'a', node: 'a', first: '2022-03-01', last: '2023-01-01' },
    { label: 'b', node: 'b', first: '2022-03-01', last: '2022-04-01' },
    { label: 'd', node: 'd' },
  ];
  expect(sharedSpans(one, other)).toEqual([
    { node: 'a', label: 'a', together: '2022-03-01 to 2022-06-01' },
    { node: 'b', label: 'b', together: undefined },
  ]);
});

test('numbers sort by value, strings by the alphabet with numbers by value, empty cells last', () => {
  const sorted = (cells: readonly string[], down = false) =>
    sortRows(
      cells.map((cell) => [cell]),
      0,
      down,
    ).map(([cell]) => cell);
  expect(sorted(['10', '9', '', '1,000'])).toEqual(['9', '10', '1,000', '']);
  expect(sorted(['10', '9', '', '1,000'], true)).toEqual(['1,000', '10', '9', '']);
  expect(sorted(['host-10', 'Host-9', 'Ära', 'zebra', ''])).toEqual([
    'Ära',
    'Host-9',
    'host-10',
    'zebra',
    '',
  ]);
});

test('a filter finds a string in any column and any case', () => {
  const rows = [
    ['A', 'Contoso'],
    ['B', 'other'],
  ];
  expect(filterRows(rows, ' contoso ')).toEqual([['A', 'Contoso']]);
  expect(filterRows(rows, '')).toBe(rows);
});

test('a cell that a spreadsheet would run as a formula is exported as text', () => {
  expect(csvOf(['a', 'b'], [['=1+1', 'x;"y"']])).toBe('a,b\r\n\'=1+1,"x;""y"""\r\n');
});

test('many neighbors are one group; a few with a verdict that warns stay outside', () => {
  const calm = leaves(30);
  const bad = leaves(2, 'malicious');
  const { nodes } = grouped([hub, ...calm.nodes, ...bad.nodes], [...calm.edges, ...bad.edges], 12, {});
  expect(nodes.map(({ kind, verdict, group }) => [kind, verdict, group?.size])).toEqual([
    ['domain', undefined, undefined],
    ['domain', 'malicious', undefined],
    ['domain', 'malicious', undefined],
    ['group', undefined, '30'],
  ]);
});

test('a group of members that warn has the worst verdict', () => {
  const { nodes, edges } = leaves(30, 'malicious');
  expect(grouped([hub, ...nodes], edges, 12, {}).nodes.at(-1)).toMatchObject({
    kind: 'group',
    verdict: 'malicious',
  });
});

test('hiding a hub hides its neighbors', () => {
  const { nodes, edges } = leaves(30);
  const graph = { nodes: [hub, ...nodes], edges, omitted: 0 };
  expect(visibleGraph(graph, { hidden: [hub.id] }, noFilter).nodes).toEqual([]);
  const few = { nodes: [hub, ...nodes.slice(0, 2)], edges: edges.slice(0, 2), omitted: 0 };
  expect(visibleGraph(few, { hidden: [hub.id] }, noFilter).nodes).toHaveLength(2);
});

test('draws up to 500 nodes, malicious and suspicious ones first', () => {
  const { nodes } = leaves(900);
  const bad = leaves(20, 'malicious');
  const graph = { nodes: [...nodes, ...bad.nodes], edges: [], omitted: 0 };
  const visible = visibleGraph(graph, {}, noFilter);
  expect(visible.nodes).toHaveLength(500);
  expect(visible.nodes.filter(({ verdict }) => verdict === 'malicious')).toHaveLength(20);
  expect(visible.omitted).toBe(420);
});
