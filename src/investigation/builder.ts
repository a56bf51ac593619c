import {
  type Entity,
  type GraphEdge,
  type GraphNode,
  type Link,
  nodeId,
  type Stop,
  type StopReason,
} from './graph';

type Draft = { -readonly [Key in keyof GraphNode]: GraphNode[Key] };
type DraftEdge = { -readonly [Key in keyof GraphEdge]: GraphEdge[Key] };

/** A graph that grows; every node and edge once, in the order of discovery. */
export interface GraphBuilder {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly edges: ReadonlyMap<string, GraphEdge>;
  readonly stops: readonly Stop[];
  /** Whether a new thing was left out because the graph is full. */
  readonly full: boolean;
  /** Adds an entity, or new details of a known one. Returns undefined if the graph is full. */
  add(entity: Entity, hop: number): GraphNode | undefined;
  update(id: string, more: Partial<Entity>): void;
  /** Adds a link whose ends are in the graph, or fit into it. */
  connect(link: Link, hop: number, command: GraphEdge['command']): void;
  /** Adds one node for many neighbors. */
  group(of: GraphNode, neighbors: Group): void;
  stop(of: GraphNode, reason: StopReason, detail: string, count?: number): void;
}

interface Group {
  readonly count: number | undefined;
  readonly label: string;
  readonly relation: GraphEdge['relation'];
  readonly direction: 'out' | 'in';
  readonly command: GraphEdge['command'];
}

export function graphBuilder(maxNodes: number): GraphBuilder {
  const nodes = new Map<string, Draft>();
  const edges = new Map<string, DraftEdge>();
  const stops: Stop[] = [];
  let full = false;

  function add(entity: Entity, hop: number): GraphNode | undefined {
    const id = nodeId(entity.kind, entity.value);
    const known = nodes.get(id);
    if (known !== undefined) {
      merge(known, entity);
      return known;
    }
    if (nodes.size >= maxNodes) {
      full = true;
      return undefined;
    }
    const node: Draft = { id, ...entity, hop };
    nodes.set(id, node);
    return node;
  }

  function edge(
    source: GraphNode,
    target: GraphNode,
    link: Omit<Link, 'source' | 'target'>,
    command: GraphEdge['command'],
  ) {
    const id = `${source.id} ${link.relation} ${target.id}`;
    const known = edges.get(id);
    if (known === undefined) edges.set(id, { id, source: source.id, target: target.id, ...link, command });
    else mergeSeen(known, link);
  }

  return {
    nodes,
    edges,
    stops,
    get full() {
      return full;
    },
    add,
    update(id, more) {
      const node = nodes.get(id);
      if (node !== undefined) merge(node, more);
    },
    connect({ source, target, ...link }, hop, command) {
      const [from, to] = [add(source, hop), add(target, hop)];
      if (from !== undefined && to !== undefined) edge(from, to, link, command);
    },
    group(of, { count, label, relation, direction, command }) {
      const value = `${of.id} ${relation} ${direction}`;
      const entity = { kind: 'group', value, label } as const;
      const node = add(entity, of.hop + 1) as Draft | undefined;
      if (node === undefined) return;
      node.label = label;
      if (count !== undefined) node.count = count;
      const [from, to] = direction === 'in' ? [node, of] : [of, node];
      edge(from, to, { relation }, command);
    },
    stop(of, reason, detail, count) {
      stops.push({ node: of.id, reason, ...(count === undefined ? {} : { count }), detail });
    },
  };
}

/** Merges two records of one object: known values are kept, the time span is extended. */
function merge(node: Draft, more: Partial<Entity>): void {
  for (const [key, value] of Object.entries(more) as [keyof Draft, never][])
    if (value !== undefined && node[key] === undefined) node[key] = value;
  mergeSeen(node, more);
}

function mergeSeen(
  known: { firstSeen?: string; lastSeen?: string },
  { firstSeen, lastSeen }: { readonly firstSeen?: string; readonly lastSeen?: string },
): void {
  if (firstSeen !== undefined && firstSeen < (known.firstSeen ?? '\uffff')) known.firstSeen = firstSeen;
  if (lastSeen !== undefined && lastSeen > (known.lastSeen ?? '')) known.lastSeen = lastSeen;
}
