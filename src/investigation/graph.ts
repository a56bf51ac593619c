import type { CommandName } from '../manifest/generated/types';

/**
 * The kind of thing that a node represents. `address` is IPv4 or IPv6. `registrant` is the contact that a domain is registered to.
 * `artifact` is any other observable of an article or a profile. `group` represents neighbors that were counted or cut, not listed:
 * "10,000 hosts".
 */
export type NodeKind =
  | 'domain'
  | 'address'
  | 'certificate'
  | 'vulnerability'
  | 'article'
  | 'profile'
  | 'tracker'
  | 'cookie'
  | 'component'
  | 'hash'
  | 'url'
  | 'email'
  | 'registrant'
  | 'artifact'
  | 'group';

/** The relation between two nodes, read from `source` to `target`. */
export type Relation =
  /** A host name to an address or, by a CNAME record, to another name. */
  | 'resolves-to'
  | 'uses-name-server'
  | 'uses-mail-server'
  | 'subdomain-of'
  /** A parent host to a child host of a host pair; the edge's `detail` is Graph's linkKind. */
  | 'links-to'
  | 'uses-certificate'
  | 'uses-tracker'
  | 'sets-cookie'
  | 'runs-component'
  /** An observable to the article or the profile that names it. */
  | 'indicator-of'
  /** A domain to the contact of its WHOIS record. */
  | 'registered-by'
  /** A vulnerability and an article, an article and a profile. */
  | 'related-to';

/** The reason why some or all neighbors of a node were not read. */
export type StopReason =
  /** More names than an address of one owner has: shared hosting or a CDN. */
  | 'shared-address'
  /** Any label below the name resolves, so its subdomains are not evidence. */
  | 'wildcard-subdomains'
  | 'popular-name-server'
  | 'popular-certificate'
  /** A tracker or a cookie that many unrelated hosts carry. */
  | 'common-tracker'
  /** More neighbors than `fan_out`; the rest is in a group. */
  | 'fan-out'
  /** Graph refused or failed the request; `detail` has its message. */
  | 'failed';

/** The reason why the expansion ended; all except `complete` leave a partial graph. */
export type EndReason = 'complete' | 'max_nodes' | 'max_requests' | 'command_timeout';

/** Graph's classification of a host. */
export type NodeVerdict = 'malicious' | 'suspicious' | 'neutral' | 'unknown';

export interface GraphNode {
  /** Unique in the graph and the same in every graph: `domain:contoso.com`. */
  readonly id: string;
  readonly kind: NodeKind;
  /** The value for a command argument: name, address, SHA-1 of a certificate, CVE ID, or Graph's id of an article or profile. */
  readonly value: string;
  /** The text shown to users if it is not the value: the title of an article, "10,000 hosts". */
  readonly label?: string;
  /** Missing until the reputation was read, and for kinds that Graph does not rate. */
  readonly verdict?: NodeVerdict;
  /** Reputation score of a host or priority score of a vulnerability, 0 to 100. */
  readonly score?: number;
  /** ISO 8601, UTC. */
  readonly firstSeen?: string;
  readonly lastSeen?: string;
  /** Steps from the nearest seed; 0 for a seed. */
  readonly hop: number;
  /** Graph's opaque id, where it is not the value (certificates). */
  readonly recordId?: string;
  /** For a group: number of neighbors in it; missing if Graph did not count them. */
  readonly count?: number;
}

export interface GraphEdge {
  /** Unique in the graph and the same in every graph: `domain:contoso.com resolves-to address:192.0.2.1`. */
  readonly id: string;
  /** Ids of nodes of the same graph. */
  readonly source: string;
  readonly target: string;
  readonly relation: Relation;
  /** The type of a DNS record, the linkKind of a host pair, the rule of a reputation. */
  readonly detail?: string;
  readonly firstSeen?: string;
  readonly lastSeen?: string;
  /** The command that lists the objects from which the edge was read. */
  readonly command: CommandName;
}

/** The properties of a thing in Graph, before it becomes a node of an investigation graph. */
export type Entity = Omit<GraphNode, 'id' | 'hop' | 'count'>;

/** A relation between two things, as one Graph object states it. */
export interface Link extends Pick<GraphEdge, 'relation' | 'detail' | 'firstSeen' | 'lastSeen'> {
  readonly source: Entity;
  readonly target: Entity;
}

/** A node at which the expansion stopped, and why. */
export interface Stop {
  /** Id of the node. */
  readonly node: string;
  readonly reason: StopReason;
  /** Number of neighbors, if Graph counted them. */
  readonly count?: number;
  /** A sentence for users. */
  readonly detail: string;
}

/** The result of `expand`: plain data in the order of discovery, identical for identical responses. */
export interface InvestigationGraph {
  /** Stable id: equal seeds and options give the same id. */
  readonly id: string;
  /** Ids of nodes. */
  readonly seeds: readonly string[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly stops: readonly Stop[];
  /** Hops that were expanded whole. */
  readonly hops: number;
  /** Requests to Graph; a member of a batch counts as one. */
  readonly requests: number;
  readonly end: EndReason;
  readonly partial: boolean;
}

/** The part of a graph that most formats write. */
export type GraphContent = Pick<InvestigationGraph, 'id' | 'nodes' | 'edges'>;

/** Id of the node of a kind and value. */
export function nodeId(kind: NodeKind, value: string): string {
  return `${kind}:${value}`;
}
