import type { PluginError } from '../base/errors';
import type { QueryOption } from './odata';

/** One question to Graph, as data: the executor decides how it travels. */
export interface GraphRequest {
  readonly method: 'GET';
  /** Below the version, each id already one encoded segment: `/security/threatIntelligence/hosts/contoso.com`. */
  readonly path: string;
  readonly query: readonly QueryOption[];
  readonly answers: 'collection' | 'entity';
  /** How many rows are wanted of a collection. */
  readonly rows: RowLimit;
  /** The id that the request is about: an observable, or a record somebody got the id of. */
  readonly subject?: RequestSubject | undefined;
  /** Whether the first page of a list may share a `$batch`: for lists of a few rows. */
  readonly batched?: boolean;
  /** The parent's id, which the children carry in context: `{name: 'hostId', id: 'contoso.com'}`. */
  readonly parent?: { readonly name: string; readonly id: string } | undefined;
}

export interface RowLimit {
  /** Reading ends at so many rows. */
  readonly most: number;
  /** Who set that number: it is named where rows were left out. */
  readonly by: 'limit' | 'max_results';
  /** Reading ends with the first page, however few rows it has. */
  readonly onePage?: boolean;
  /** In a list that comes newest first: reading also ends with the page on which something is older than this moment (ISO 8601). */
  readonly backTo?: { readonly property: string; readonly time: string };
}

export interface RequestSubject {
  readonly argument: string;
  readonly id: string;
  /** What nobody knows about an observable is "nothing found"; an unknown record id is an error. */
  readonly observable: boolean;
}

/** Takes the rows of a list page by page, so that nobody else keeps them; the next page is asked for when it resolves. */
export type OnRows = (rows: readonly unknown[], request: GraphRequest) => Promise<void>;

/** What came back for one request. */
export type GraphResult =
  | { readonly kind: 'entity'; readonly request: GraphRequest; readonly value: unknown }
  | {
      readonly kind: 'collection';
      readonly request: GraphRequest;
      readonly rows: readonly unknown[];
      /** How many more there were, which somebody took while they were read. */
      readonly taken?: number | undefined;
      readonly more: boolean;
      readonly total?: number | undefined;
    }
  | { readonly kind: 'missing'; readonly request: GraphRequest }
  | { readonly kind: 'failed'; readonly request: Pick<GraphRequest, 'subject'>; readonly error: PluginError };
