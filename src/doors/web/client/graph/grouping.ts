import type { WebCounted, WebEdge, WebNode, WebVerdict, WebView } from '../../shared/protocol';
import { SYMBOLS } from '../../shared/symbols';

/** A node on the picture; a group represents its members. */
export interface VisibleNode extends WebNode {
  readonly degree: number;
  readonly group?: Group;
}

export interface Group {
  /** Nodes of the graph that the group represents. */
  readonly members: readonly string[];
  /** Number of members drawn next to the group. */
  readonly shown: number;
  /** The number of nodes in the group, formatted in a few characters. */
  readonly size: string;
  /** `more subdomains` */
  readonly noun: string;
  /** Whether Graph has more than the members. */
  readonly unread: boolean;
}

interface Leaves {
  readonly hub: string;
  readonly relation: string;
  readonly members: WebNode[];
  /** The neighbors that an expansion counted in addition to the members. */
  readonly counted?: WebCounted | undefined;
}

/**
 * Replaces the many neighbors that hang on one node only, by one relation, with a group.
 * @param from more neighbors than this become a group
 */
export function grouped(
  nodes: readonly WebNode[],
  edges: readonly WebEdge[],
  from: number,
  view: WebView,
): { readonly nodes: readonly VisibleNode[]; readonly edges: readonly WebEdge[] } {
  const around = new Map<string, WebEdge[]>();
  for (const edge of edges)
    for (const id of [edge.source, edge.target]) {
      const list = around.get(id);
      if (list === undefined) around.set(id, [edge]);
      else list.push(edge);
    }
  const hidden = new Set(view.hidden);
  const inGroup = new Set<string>();
  const made: VisibleNode[] = [];
  const links: WebEdge[] = [];
  for (const [id, leaves] of leavesOf(nodes, around, new Set(view.pinned))) {
    const members = candidates(leaves, from);
    const shown = members.length > from ? Math.min(view.opened?.[id] ?? 0, members.length) : members.length;
    const rest = members.slice(shown);
    if (leaves.counted !== undefined) inGroup.add(id);
    for (const member of rest) inGroup.add(member.id);
    if (hidden.has(id) || (rest.length === 0 && leaves.counted === undefined)) continue;
    const verdict = worstOf(rest);
    const size = sizeOf(rest.length, leaves.counted);
    const noun = `${shown > 0 ? 'more ' : ''}${nounOf(rest, leaves.counted)}`;
    made.push({
      id,
      kind: 'group',
      value: id,
      label: `${size} ${noun}`,
      ...(verdict === undefined ? {} : { verdict }),
      degree: 1,
      group: {
        members: rest.map((member) => member.id),
        shown,
        size,
        noun,
        unread: leaves.counted !== undefined,
      },
    });
    links.push({ id: `${id} group-of`, source: id, target: leaves.hub, relation: leaves.relation });
  }
  const kept = nodes
    .filter(({ id }) => !inGroup.has(id))
    .map((node) => ({ ...node, degree: around.get(node.id)?.length ?? 0 }));
  return {
    nodes: [...kept, ...made],
    edges: [...edges.filter(({ source, target }) => !inGroup.has(source) && !inGroup.has(target)), ...links],
  };
}

/** Nodes with one relation, grouped by neighbor and relation, and by kind unless an expansion counted them together. */
function leavesOf(
  nodes: readonly WebNode[],
  around: ReadonlyMap<string, readonly WebEdge[]>,
  pinned: ReadonlySet<string>,
): Map<string, Leaves> {
  const groups = new Map<string, Leaves>();
  const counted = new Map<string, string>();
  for (const { id, counted: found } of nodes) {
    if (found === undefined) continue;
    counted.set(`${found.hub} ${found.relation} ${found.direction}`, id);
    groups.set(id, { hub: found.hub, relation: found.relation, members: [], counted: found });
  }
  for (const node of nodes) {
    const [edge, second] = around.get(node.id) ?? [];
    if (edge === undefined || second !== undefined || node.kind === 'group' || pinned.has(node.id)) continue;
    const { relation } = edge;
    const [hub, direction] = edge.source === node.id ? [edge.target, 'in'] : [edge.source, 'out'];
    const id = counted.get(`${hub} ${relation} ${direction}`) ?? `group:${hub} ${relation} ${node.kind}`;
    const known = groups.get(id);
    if (known === undefined) groups.set(id, { hub, relation, members: [node] });
    else known.members.push(node);
  }
  return groups;
}

/** A few members with a verdict that warns are never in the group. */
function candidates({ members }: Leaves, from: number): readonly WebNode[] {
  const calm = members.filter((member) => worstOf([member]) === undefined);
  return members.length - calm.length <= from ? calm : members;
}

function worstOf(nodes: readonly WebNode[]): WebVerdict | undefined {
  return (['malicious', 'suspicious'] as const).find((wanted) =>
    nodes.some(({ verdict }) => verdict === wanted),
  );
}

function nounOf(rest: readonly WebNode[], counted: WebCounted | undefined): string {
  if (counted === undefined) return plural(SYMBOLS[rest[0]?.kind ?? 'group'].name, rest.length);
  return counted.nouns[rest.length + (counted.left ?? 2) === 1 ? 0 : 1];
}

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact' });

/** `102`, `10K`, `25+` */
function sizeOf(rest: number, counted: WebCounted | undefined): string {
  if (counted !== undefined && counted.left === undefined) return rest > 0 ? `${rest}+` : '…';
  return COMPACT.format(rest + (counted?.left ?? 0));
}

function plural(name: string, count: number): string {
  const noun =
    name.startsWith('CVE') || name.startsWith('IP') || name.startsWith('URL') ? name : name.toLowerCase();
  if (count === 1) return noun;
  if (noun.endsWith('y')) return `${noun.slice(0, -1)}ies`;
  return /(?:s|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}
