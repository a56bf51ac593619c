import type { GraphRequest } from '../graph/request';
import type { Entity, GraphEdge, GraphNode, Link, NodeKind, StopReason } from './graph';

/** A question that an expansion can send to Graph about a node; `Row` is the type of Graph's object. */
export interface Question<Row = never> {
  /** Kinds of the nodes that it can be requested for. */
  readonly kinds: readonly NodeKind[];
  /** The command that makes the same request. */
  readonly command: GraphEdge['command'];
  /** The request for up to a number of the newest rows; undefined if the node lacks what the route needs. */
  request(node: GraphNode, rows: number): GraphRequest | undefined;
  /** Returns the links that a row states. */
  links(row: Row, node: GraphNode): readonly Link[];
  /** Returns the properties of the node itself that a row contains. */
  update?(row: Row): Partial<Entity>;
  /** For lists: what the neighbors are, and when there are too many of them. */
  readonly neighbors?: Neighbors<Row>;
}

export interface Neighbors<Row = never> {
  /** Singular and plural noun for the neighbors, as in "10,000 hosts". */
  readonly nouns: readonly [one: string, many: string];
  readonly relation: GraphEdge['relation'];
  /** `out`: the relation leads from the node to the neighbors; `in`: from the neighbors to the node. */
  readonly direction: 'out' | 'in';
  readonly hub?: HubRule<Row>;
  /** Whether a row is something that many unrelated hosts have in common. */
  isCommon?(row: Row, node: GraphNode): boolean;
}

/** The rule for hubs: neighbors of a hub say nothing about its owner, so they are counted and not listed. */
export interface HubRule<Row = never> {
  readonly reason: StopReason;
  /** Rows that the rule needs to see. */
  readonly rows: number;
  /** @param size number of neighbors: all that Graph counted, or at least those that were read */
  applies(size: number, rows: readonly Row[]): boolean;
  /** Why, for users. */
  readonly because: string;
}
