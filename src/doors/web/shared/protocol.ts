/*
 * What the server and the page exchange. Types and plain constants only: the page bundles this file.
 */

/** Number of members that one click takes out of a group. */
export const GROUP_PAGE = 20;

/** Kinds of nodes on the graph. */
export const NODE_KINDS = [
  'domain',
  'address',
  'certificate',
  'registrant',
  'tracker',
  'cookie',
  'component',
  'article',
  'profile',
  'vulnerability',
  'hash',
  'url',
  'artifact',
  'group',
] as const;
export type WebNodeKind = (typeof NODE_KINDS)[number];

export const VERDICTS = ['malicious', 'suspicious', 'neutral', 'unknown'] as const;
export type WebVerdict = (typeof VERDICTS)[number];

export interface WebNode {
  /** `domain:contoso.com` */
  readonly id: string;
  readonly kind: WebNodeKind;
  readonly value: string;
  readonly label?: string;
  readonly verdict?: WebVerdict;
  readonly score?: number;
  readonly firstSeen?: string;
  readonly lastSeen?: string;
  /** Of a group that an expansion made: neighbors that were counted and not listed. */
  readonly counted?: WebCounted;
}

export interface WebCounted {
  /** Id of the node whose neighbors they are. */
  readonly hub: string;
  readonly relation: string;
  /** `in`: the relation leads from the neighbors to the hub. */
  readonly direction: 'out' | 'in';
  /** Number of neighbors that are not on the graph; undefined if Graph did not count them. */
  readonly left?: number;
  readonly nouns: readonly [one: string, many: string];
}

export interface WebEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** `resolves-to`, `uses-certificate` … */
  readonly relation: string;
  readonly detail?: string;
  readonly firstSeen?: string;
  readonly lastSeen?: string;
}

export interface WebGraph {
  readonly nodes: readonly WebNode[];
  readonly edges: readonly WebEdge[];
  /** Nodes that the bound on the graph left out. */
  readonly omitted: number;
}

/** One entry of a line as the page shows it. */
export interface WebEntry {
  readonly kind: 'result' | 'error' | 'warning';
  /** Markdown, cut at `cut` characters if that is set. */
  readonly markdown: string;
  readonly cut?: number;
  /** Rows of `Contents`, if it is a list of objects. */
  readonly rows?: number;
}

export interface WebLine {
  readonly id: string;
  readonly at: string;
  readonly line: string;
  readonly door?: 'terminal' | 'browser';
  readonly entries: readonly WebEntry[];
}

/** A command that is running. */
export interface WebJob {
  readonly id: string;
  readonly line: string;
  readonly at: string;
  /** Responses received so far. */
  readonly responses: number;
}

interface WebArgument {
  readonly name: string;
  readonly help: string;
  readonly required: boolean;
  readonly choices?: readonly string[];
}

export interface WebCommand {
  /** The short name. */
  readonly name: string;
  readonly help: string;
  /** The argument that a value without a name belongs to. */
  readonly main?: string;
  readonly arguments: readonly WebArgument[];
}

/** The data that the page loads once. */
export interface WebSetup {
  readonly version: string;
  readonly commands: readonly WebCommand[];
}

/** The state of the investigation that the page shows; sent whole first, then line by line. */
export interface WebState {
  readonly name: string;
  readonly target: 'tenant' | 'sandbox';
  /** Whether sign-in parameters are configured; a sandbox does not need them. */
  readonly login: boolean;
  readonly lines: readonly WebLine[];
  /** Lines before the first one in `lines`. */
  readonly earlier: number;
  readonly jobs: readonly WebJob[];
  readonly view: WebView;
}

/** The layout of the graph. */
export interface WebView {
  /** `id` to `[x, y]` of every node that was drawn: known nodes keep their position. */
  readonly positions?: Readonly<Record<string, readonly [number, number]>>;
  /** Nodes that a user placed. */
  readonly pinned?: readonly string[];
  readonly hidden?: readonly string[];
  /** Groups that are opened, and how many of their members. */
  readonly opened?: Readonly<Record<string, number>>;
}

export type WebEvent =
  | {
      readonly type: 'lines';
      readonly lines: readonly WebLine[];
      readonly replace?: true;
      readonly from?: 'terminal';
    }
  | { readonly type: 'job'; readonly job: WebJob }
  | { readonly type: 'job-ended'; readonly id: string; readonly problem?: string }
  | { readonly type: 'view'; readonly view: WebView }
  | { readonly type: 'target' };

/** A relation that can be followed from a node. */
export interface WebPivot {
  readonly label: string;
  readonly command: string;
  readonly args: Readonly<Record<string, string>>;
  /** Neighbors on the graph by this relation. */
  readonly known: number;
}

/** Records that Graph has, by the label of the relation. */
export type WebTotals = Readonly<Record<string, number>>;

/** A table with every property of the rows. */
export interface WebTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A stretch of time on the timeline. */
export interface WebSpan {
  readonly label: string;
  readonly node?: string;
  readonly first?: string;
  readonly last?: string;
  readonly note?: string;
}

/** One step between two WHOIS records. */
export interface WebDifference {
  readonly at: string;
  readonly changes: readonly { readonly field: string; readonly before: string; readonly after: string }[];
}

export interface WebFact {
  readonly name: string;
  readonly value: string;
  /** The node of the value. */
  readonly node?: string;
}

export interface WebPort {
  readonly port: number;
  readonly protocol: string;
  readonly status: string;
  readonly last?: string;
  readonly banners: readonly string[];
  readonly services: readonly string[];
}

export interface WebArticle {
  readonly id: string;
  readonly title: string;
  readonly at?: string;
  /** Markdown. */
  readonly body: string;
  /** Nodes of the indicators that are on the graph or can be added. */
  readonly indicators: readonly WebNode[];
}

/** Everything that the investigation contains about one node. */
export interface WebDetails {
  readonly node: WebNode;
  readonly reasons: readonly string[];
  readonly facts: readonly WebFact[];
  readonly resolutions: readonly WebSpan[];
  readonly whois: readonly WebFact[];
  readonly whoisChanges: readonly WebDifference[];
  readonly certificates: readonly WebSpan[];
  readonly ports: readonly WebPort[];
  readonly articles: readonly WebArticle[];
  readonly pivots: readonly WebPivot[];
  /** Fetches the dossier, if the command exists for this kind. */
  readonly summary?: { readonly command: string; readonly args: Readonly<Record<string, string>> };
}

/** One child of a context value. */
export interface WebContextChild {
  readonly key: string;
  readonly path: string;
  readonly type: 'object' | 'list' | 'value';
  /** Members of an object or a list; the value as text otherwise. */
  readonly preview: string;
}

export interface WebContextPage {
  readonly children: readonly WebContextChild[];
  readonly total: number;
}

/** The body of every refused request. */
export interface WebProblem {
  readonly message: string;
  readonly hint?: string;
}
