import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import Graph from 'graphology';
import { parse } from 'graphology-graphml';
import { GRAPH_FORMATS } from '../../src/investigation/formats/formats';
import type { InvestigationGraph } from '../../src/investigation/graph';
import { randomGraph } from '../investigation/random-graph';
import fc from '../support/property';

const GRAPHS = fc.sample(randomGraph, { seed: 17, numRuns: 25 });

/** Nodes and edges by their ids, which every format keeps or counts. */
function expected({ nodes, edges }: InvestigationGraph) {
  return {
    nodes: nodes.map(({ id }) => id).sort(),
    edges: edges.map(({ source, relation, target }) => [source, relation, target].join(' ')).sort(),
  };
}

test.each(GRAPHS.map((graph, index) => [index, graph] as const))(
  'graphology reads GraphML %d',
  (_, graph) => {
    const read = parse(Graph, GRAPH_FORMATS.graphml(graph), { addMissingNodes: false });
    expect({
      nodes: read.nodes().sort(),
      edges: read
        .mapEdges((_edge, { relation }, source, target) => [source, relation, target].join(' '))
        .sort(),
    }).toEqual(expected(graph));
    for (const { id, value, score, label } of graph.nodes)
      expect(read.getNodeAttributes(id)).toMatchObject({
        value,
        ...(score === undefined ? {} : { score }),
        ...(label === undefined || label.trim() === '' ? {} : { label }),
      });
  },
);

test.each(GRAPHS.map((graph, index) => [index, graph] as const))('Graphviz reads DOT %d', (_, graph) => {
  const output = execFileSync('dot', ['-Tdot_json'], { input: GRAPH_FORMATS.dot(graph), encoding: 'utf8' });
  const { objects = [], edges = [] } = JSON.parse(output) as {
    objects?: { name: string }[];
    edges?: { tail: number; head: number; label: string }[];
  };
  const idOf = (name = '') => graph.nodes[Number(name.slice(1))]?.id ?? '';
  const name = (index: number) => idOf(objects[index]?.name);
  expect({
    nodes: objects.map(({ name: short }) => idOf(short)).sort(),
    edges: edges.map(({ tail, head, label }) => [name(tail), label, name(head)].join(' ')).sort(),
  }).toEqual(expected(graph));
});

test("Mermaid's parser reads the flowcharts", () => {
  const charts = GRAPHS.map(GRAPH_FORMATS.mermaid);
  const output = execFileSync(process.execPath, [join(__dirname, 'parse-mermaid.mjs')], {
    input: JSON.stringify(charts),
    encoding: 'utf8',
  });
  const read = JSON.parse(output) as {
    nodes: { id: string; label: string }[];
    edges: { start: string; end: string; label: string }[];
  }[];
  for (const [index, graph] of GRAPHS.entries()) {
    const { nodes = [], edges = [] } = read[index] ?? {};
    const ids = new Map(nodes.map(({ id }) => [id, graph.nodes[Number(id.slice(1))]?.id ?? '']));
    expect({
      nodes: [...ids.values()].sort(),
      edges: edges.map(({ start, end, label }) => [ids.get(start), label, ids.get(end)].join(' ')).sort(),
    }).toEqual(expected(graph));
  }
});

test('JSON Graph Format has every node and edge', () => {
  for (const graph of GRAPHS) {
    const { graph: read } = JSON.parse(GRAPH_FORMATS['json-graph'](graph));
    expect({
      nodes: Object.keys(read.nodes).sort(),
      edges: read.edges
        .map(({ source, relation, target }: Record<string, string>) => [source, relation, target].join(' '))
        .sort(),
    }).toEqual(expected(graph));
  }
});
