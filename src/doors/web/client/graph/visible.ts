import type { WebEdge, WebGraph, WebNode, WebView } from '../../shared/protocol';
import { SYMBOLS } from '../../shared/symbols';
import type { Filter } from '../store';

/** A node on the picture; a group stands for its members. */
export interface VisibleNode extends WebNode {
  readonly members?: readonly string[];
  readonly degree: number;
}

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

/** Members that one click takes out of a group. */
export const GROUP_PAGE = 20;

/** The picture of a graph: filtered, with hubs as groups, and never more than 500 nodes. */
export function visibleGraph(graph: WebGraph, view: WebView, filter: Filter): Visible {
  const hidden = new Set(view.hidden);
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
    const grouped = group(nodes, edges, from, view);
    if (grouped.nodes.length <= MAX_VISIBLE) return { ...grouped, filtered, omitted: graph.omitted };
  }
  const grouped = group(nodes, edges, GROUP_FROM.at(-1) ?? 3, view);
  const kept = [...grouped.nodes].sort((one, two) => two.degree - one.degree).slice(0, MAX_VISIBLE);
  const keptIds = new Set(kept.map(({ id }) => id));
  return {
    nodes: kept,
    edges: grouped.edges.filter(({ source, target }) => keptIds.has(source) && keptIds.has(target)),
    filtered,
    omitted: graph.omitted + grouped.nodes.length - kept.length,
  };
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

/** First and last moment on the graph, in milliseconds. */
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

/** What has no time passes. */
function isWithin(
  { firstSeen, lastSeen }: Pick<WebNode, 'firstSeen' | 'lastSeen'>,
  { from, to }: Filter,
): boolean {
  const [first, last] = [firstSeen ?? lastSeen, lastSeen ?? firstSeen];
  if (first === undefined || last === undefined) return true;
  return (from === undefined || Date.parse(last) >= from) && (to === undefined || Date.parse(first) <= to);
}

function group(nodes: readonly WebNode[], edges: readonly WebEdge[], from: number, view: WebView) {
  const around = new Map<string, WebEdge[]>();
  for (const edge of edges)
    for (const id of [edge.source, edge.target]) {
      const list = around.get(id);
      if (list === undefined) around.set(id, [edge]);
      else list.push(edge);
    }
  const groups = leafGroups(nodes, around, new Set(view.pinned));
  const inGroup = new Set<string>();
  const made: VisibleNode[] = [];
  const links: WebEdge[] = [];
  for (const [id, { hub, members, relation }] of groups) {
    const opened = view.opened?.[id] ?? 0;
    const rest = members.length > from ? members.slice(opened) : [];
    const [first] = rest;
    if (first === undefined) continue;
    for (const member of rest) inGroup.add(member.id);
    const name = SYMBOLS[first.kind].name.toLowerCase();
    made.push({
      id,
      kind: 'group',
      value: id,
      label: `${rest.length} ${plural(name, rest.length)}`,
      members: rest.map((member) => member.id),
      degree: 1,
    });
    links.push({ id: `${id} group-of`, source: id, target: hub, relation });
  }
  const kept = nodes
    .filter(({ id }) => !inGroup.has(id))
    .map((node) => ({ ...node, degree: around.get(node.id)?.length ?? 0 }));
  return {
    nodes: [...kept, ...made],
    edges: [...edges.filter(({ source, target }) => !inGroup.has(source) && !inGroup.has(target)), ...links],
  };
}

interface Leaves {
  readonly hub: string;
  readonly relation: string;
  readonly members: WebNode[];
}

/** Nodes with one relation only, by the node that they hang on, the relation and their kind. */
function leafGroups(
  nodes: readonly WebNode[],
  around: ReadonlyMap<string, readonly WebEdge[]>,
  pinned: ReadonlySet<string>,
): Map<string, Leaves> {
  const groups = new Map<string, Leaves>();
  for (const node of nodes) {
    const [edge, second] = around.get(node.id) ?? [];
    if (edge === undefined || second !== undefined || pinned.has(node.id)) continue;
    const hub = edge.source === node.id ? edge.target : edge.source;
    const id = `group:${hub} ${edge.relation} ${node.kind}`;
    const known = groups.get(id);
    if (known === undefined) groups.set(id, { hub, relation: edge.relation, members: [node] });
    else known.members.push(node);
  }
  return groups;
}

function plural(name: string, count: number): string {
  if (count === 1) return name;
  return name.endsWith('s') ? `${name}es` : name.endsWith('cve') ? 'CVEs' : `${name}s`.replace('ys', 'ies');
}
