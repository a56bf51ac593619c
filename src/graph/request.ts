import type { PluginError } from '../base/errors';
import type { OptionName } from '../model/capabilities';
import type { QueryOption } from './odata';

/** Rows requested for one page. More rows follow through `nextLink`. */
export const PAGE_SIZE = 200;

/** One request to Graph, as data: the executor decides how it travels. */
export interface GraphRequest {
  readonly method: 'GET';
  /** Below the version, each id already one encoded segment: `/security/threatIntelligence/hosts/contoso.com`. */
  readonly path: string;
  /** The path of the request line: `/security/threatIntelligence/hosts/{host_id}`. */
  readonly route?: string;
  /** The options that the caller requested; they are always sent. */
  readonly query: readonly QueryOption[];
  /** Options that the integration adds (`$orderby`, `$top`, a `$filter` that `where` repeats). Omitted if Graph rejects them. */
  readonly optional?: readonly QueryOption[];
  /** The condition for wanted rows: the `$filter` in `optional`, checked on the rows. */
  readonly where?: RowCondition;
  /** Whether the caller checks the order itself: the rows are as Graph sent them. */
  readonly checksOrder?: true;
  /** Options that the user requested: typed in `odata`, or set by an argument. */
  readonly typed?: readonly OptionName[];
  readonly returns: 'collection' | 'entity';
  /** Number of rows wanted of a collection. */
  readonly rows: RowLimit;
  /** The id that the request is about: an observable, or the id of a record. */
  readonly subject?: RequestSubject | undefined;
  /** Whether the first page of a list may share a `$batch`: for lists of a few rows. */
  readonly batched?: boolean;
  /** The parent's id, which the children carry in context: `{name: 'hostId', id: 'contoso.com'}`. */
  readonly parent?: { readonly name: string; readonly id: string } | undefined;
}

export interface RowLimit {
  /** Reading ends at this number of rows. */
  readonly most: number;
  /** The setting that the number comes from; notes about omitted rows name it. */
  readonly by: 'limit' | 'max_results';
  /** Reading ends with the first page, however few rows it has. */
  readonly onePage?: boolean;
  /** The position at which an earlier read of this list stopped (`next` of its result). */
  readonly from?: string;
}

/** A property and the text that it must have, in any case of letters. */
export interface RowCondition {
  readonly property: string;
  readonly equals: string;
}

export interface RequestSubject {
  readonly argument: string;
  readonly id: string;
  /** An observable that is unknown to Graph gives "nothing found"; an unknown record id is an error. */
  readonly observable: boolean;
}

/** Receives the rows of a list page by page, so that they need not be collected; the next page is requested when it resolves. */
export type OnRows = (rows: readonly unknown[], request: GraphRequest) => Promise<void>;

/** Counts the requests sent to Graph, without retries. A rejected request is repeated only while `sent` is below `most`. */
export interface RequestCount {
  sent: number;
  readonly most: number;
}

/** The result of one request. */
export type GraphResult = GraphOutcome & {
  /** Time of the request whose cached response was reused, in milliseconds since the epoch; undefined for a new response. */
  readonly requestedAt?: number | undefined;
};

type GraphOutcome =
  | {
      readonly kind: 'entity';
      readonly request: GraphRequest;
      readonly value: unknown;
      readonly warnings?: readonly string[];
    }
  | {
      readonly kind: 'collection';
      readonly request: GraphRequest;
      readonly rows: readonly unknown[];
      /** Number of rows that `OnRows` received; they are not in `rows`. */
      readonly taken?: number | undefined;
      readonly more: boolean;
      readonly total?: number | undefined;
      /** Path and query at which reading can continue. */
      readonly next?: string | undefined;
      /** Notes for the user about these rows, one sentence each. */
      readonly warnings?: readonly string[];
    }
  | { readonly kind: 'missing'; readonly request: GraphRequest }
  | { readonly kind: 'failed'; readonly request: Pick<GraphRequest, 'subject'>; readonly error: PluginError };
