import type { WebEdge, WebGraph, WebNode, WebView } from '../../shared/protocol';
import type { Filter } from '../store';
import { grouped, type VisibleNode } from './grouping';

export interface Visible {
  readonly nodes: readonly VisibleNode[];
  readonly edges: readonly WebEdge[];
  /** Nodes that filters and hiding left out. */
  readonly filtered: number;
  /** Nodes that did not fit into the picture. */
  readonly omitted: number;
}

const MAX_VISIBLE = 500;

/** Neighbors of one kind that hang on one node only, above which they become a group; fewer where the picture is full. */
const GROUP_FROM = [12, 6, 3];

/** The picture of a graph: filtered, with hubs as groups, and never more than 500 nodes. */
export function visibleGraph(graph: WebGraph, view: WebView, filter: Filter): Visible {
  const hidden = hiddenIn(graph, view);
  const seen = filter.from === undefined && filter.to === undefined ? undefined : seenByEdges(graph, filter);
  const nodes = graph.nodes.filter(
    (node) => !hidden.has(node.id) && passes(node, filter) && seen?.get(node.id) !== false,
  );
  const ids = new Set(nodes.map(({ id }) => id));
  const edges = graph.edges.filter(
    (edge) => ids.has(edge.source) && ids.has(edge.target) && isWithin(edge, filter),
  );
  const filtered = graph.nodes.length - nodes.length;
  for (const from of GROUP_FROM) {
    const drawn = grouped(nodes, edges, from, view);
    if (drawn.nodes.length <= MAX_VISIBLE) return { ...drawn, filtered, omitted: graph.omitted };
  }
  const drawn = grouped(nodes, edges, GROUP_FROM.at(-1) ?? 3, view);
  const kept = [...drawn.nodes].sort((one, two) => importance(two) - importance(one)).slice(0, MAX_VISIBLE);
  const keptIds = new Set(kept.map(({ id }) => id));
  return {
    nodes: kept,
    edges: drawn.edges.filter(({ source, target }) => keptIds.has(source) && keptIds.has(target)),
    filtered,
    omitted: graph.omitted + drawn.nodes.length - kept.length,
  };
}

/** Returns the rank of a node if not everything fits: groups, then warning verdicts, then the nodes with the most relations. */
function importance({ kind, verdict, degree }: VisibleNode): number {
  if (kind === 'group') return Number.POSITIVE_INFINITY;
  return degree + (verdict === 'malicious' ? 2_000 : verdict === 'suspicious' ? 1_000 : 0);
}

/** Returns the nodes hidden by hand, with the many leaves of a hidden hub, which its group contained before. */
function hiddenIn({ edges }: WebGraph, { hidden = [] }: WebView): Set<string> {
  const all = new Set(hidden);
  if (hidden.length === 0) return all;
  const neighbors = new Map<string, Set<string>>();
  for (const { source, target } of edges)
    for (const [one, other] of [
      [source, target],
      [target, source],
    ] as const)
      neighbors.set(one, (neighbors.get(one) ?? new Set()).add(other));
  for (const hub of hidden) {
    const leaves = [...(neighbors.get(hub) ?? [])].filter((id) => neighbors.get(id)?.size === 1);
    if (leaves.length > (GROUP_FROM[0] ?? 0)) for (const id of leaves) all.add(id);
  }
  return all;
}

/** Whether a node without a time has a relation within the time, by id; nodes without relations are missing. */
function seenByEdges({ nodes, edges }: WebGraph, filter: Filter): Map<string, boolean> {
  const dated = new Set(nodes.filter(({ firstSeen, lastSeen }) => firstSeen ?? lastSeen).map(({ id }) => id));
  const seen = new Map<string, boolean>();
  for (const edge of edges)
    for (const id of [edge.source, edge.target])
      if (!dated.has(id)) seen.set(id, seen.get(id) === true || isWithin(edge, filter));
  return seen;
}

/** First and last time on the graph, in milliseconds. */
export function timeRange({ nodes, edges }: WebGraph): readonly [number, number] | undefined {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { firstSeen, lastSeen } of [...nodes, ...edges]) {
    for (const at of [firstSeen, lastSeen]) {
      if (at === undefined) continue;
      first = Math.min(first, Date.parse(at));
      last = Math.max(last, Date.parse(at));
    }
  }
  return last > first ? [first, last] : undefined;
}

function passes(node: WebNode, filter: Filter): boolean {
  if (filter.kinds.includes(node.kind)) return false;
  if (filter.verdicts.includes(node.verdict ?? 'none')) return false;
  return isWithin(node, filter);
}

/** Whether an object is within the time range; one without a time is. */
function isWithin(
  { firstSeen, lastSeen }: Pick<WebNode, 'firstSeen' | 'lastSeen'>,
  { from, to }: Filter,
): boolean {
  const [first, last] = [firstSeen ?? lastSeen, lastSeen ?? firstSeen];
  if (first === undefined || last === undefined) return true;
  return (from === undefined || Date.parse(last) >= from) && (to === undefined || Date.parse(first) <= to);
}
