import type { GraphContent, GraphEdge, GraphNode, InvestigationGraph } from '../graph';

/** Properties of nodes and edges that all formats carry. */
const NODE_KEYS = [
  'kind',
  'value',
  'label',
  'verdict',
  'score',
  'firstSeen',
  'lastSeen',
  'hop',
  'recordId',
  'count',
] as const;
const EDGE_KEYS = ['relation', 'detail', 'firstSeen', 'lastSeen', 'command'] as const;

/** Properties that are numbers. */
const NUMBERS: readonly string[] = ['score', 'hop', 'count'];

/** Returns a short name for a node. */
function nameOf({ kind, value, label }: GraphNode): string {
  return ['group', 'article', 'profile'].includes(kind) ? (label ?? value) : value;
}

/** A graph in JSON Graph Format (https://jsongraphformat.info), version 2. */
export function jsonGraph({ nodes, edges, ...graph }: InvestigationGraph): string {
  const document = {
    graph: {
      id: graph.id,
      type: 'investigation',
      directed: true,
      metadata: graph,
      nodes: Object.fromEntries(
        nodes.map(({ id, ...metadata }) => [id, { label: nameOf({ id, ...metadata }), metadata }]),
      ),
      edges: edges.map(({ id, source, target, relation, ...metadata }) => ({
        id,
        source,
        target,
        relation,
        directed: true,
        metadata,
      })),
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A graph in GraphML (http://graphml.graphdrawing.org). */
export function graphml({ nodes, edges }: GraphContent): string {
  const keys = [
    ...NODE_KEYS.map((name) => keyLine('node', name)),
    ...EDGE_KEYS.map((name) => keyLine('edge', name)),
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys,
    '<graph id="investigation" edgedefault="directed">',
    ...nodes.map((node) => `<node id="${xml(node.id)}">${data('node', NODE_KEYS, node)}</node>`),
    ...edges.map(
      (edge) =>
        `<edge id="${xml(edge.id)}" source="${xml(edge.source)}" target="${xml(edge.target)}">${data('edge', EDGE_KEYS, edge)}</edge>`,
    ),
    '</graph>',
    '</graphml>\n',
  ].join('\n');
}

function keyLine(of: 'node' | 'edge', name: string): string {
  const type = NUMBERS.includes(name) ? 'double' : 'string';
  return `<key id="${of}-${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`;
}

function data<T extends GraphNode | GraphEdge>(
  of: string,
  keys: readonly (keyof T & string)[],
  from: T,
): string {
  return keys
    .filter((key) => from[key] !== undefined)
    .map((key) => `<data key="${of}-${key}">${xml(String(from[key]))}</data>`)
    .join('');
}

/** A string in XML 1.0, which has no control characters and no lone surrogates. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ' ')
    .replace(/[&<>"'\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Colors of verdicts, readable by users who see few colors; the verdict is in the label too. */
const COLORS: Readonly<Record<string, string>> = {
  malicious: '#d73027',
  suspicious: '#fdae61',
  neutral: '#e0e0e0',
};

/** Short ids, for formats that allow few characters in them. */
function countedIds({ nodes }: GraphContent): ReadonlyMap<string, string> {
  return new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
}

/** A graph in DOT, for Graphviz. */
export function dot(graph: GraphContent): string {
  const { nodes, edges } = graph;
  const ids = countedIds(graph);
  return [
    'digraph investigation {',
    '  rankdir=LR; node [shape=box, style=filled, fillcolor="#ffffff", fontname="sans-serif"];',
    ...nodes.map((node) => {
      const color = COLORS[node.verdict ?? ''];
      const fill = color === undefined ? '' : `, fillcolor="${color}"`;
      return `  ${ids.get(node.id)} [label=${quoted(caption(node).join('\n'))}${fill}];`;
    }),
    ...edges.map(
      ({ source, target, relation }) =>
        `  ${ids.get(source)} -> ${ids.get(target)} [label=${quoted(relation)}];`,
    ),
    '}\n',
  ].join('\n');
}

function caption(node: GraphNode): string[] {
  return [nameOf(node), ...(node.verdict === undefined ? [] : [node.verdict])];
}

/** A quoted string of DOT: a backslash starts an escape, so it is doubled. */
function quoted(text: string): string {
  const clean = text.replace(/(?!\n)[\p{Cc}\p{Cs}]/gu, ' ');
  return `"${clean.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** A graph as a Mermaid flowchart. */
export function mermaid(graph: GraphContent): string {
  const { nodes, edges } = graph;
  const ids = countedIds(graph);
  const used = Object.keys(COLORS).filter((verdict) => nodes.some((node) => node.verdict === verdict));
  return [
    'flowchart LR',
    ...nodes.map((node) => `  ${ids.get(node.id)}["${caption(node).map(entities).join('<br/>')}"]`),
    ...edges.map(
      ({ source, target, relation }) => `  ${ids.get(source)} -->|${relation}| ${ids.get(target)}`,
    ),
    ...used.flatMap((verdict) => [
      `  classDef ${verdict} fill:${COLORS[verdict]}`,
      `  class ${nodes.flatMap((node) => (node.verdict === verdict ? (ids.get(node.id) ?? []) : [])).join(',')} ${verdict}`,
    ]),
    '',
  ].join('\n');
}

/** A string of which Mermaid reads no character as its own: all but letters, digits, dots and spaces are entities. */
function entities(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[^\p{L}\p{N}. -]/gu, (character) => `#${character.codePointAt(0)};`);
}
