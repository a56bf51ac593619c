import type { PluginError } from '../base/errors';
import { isRecord } from '../base/json';
import type { GraphRequest, GraphResult, RequestSubject } from '../graph/request';
import { OBSERVABLE_ARGUMENTS } from '../observables/observable-arguments';

/** The result of one request, or of all requests about one indicator. */
export interface Lookup {
  /** The subject of the lookup, by its name in context: `{name: 'hostId', id: 'contoso.com'}`; undefined for a search. */
  readonly subject: { readonly name: string; readonly id: string } | undefined;
  /** Whether the rows are children of the subject, which Graph's objects then do not name. */
  readonly isParent: boolean;
  /** Graph's objects; empty if nothing was found or the rows were streamed. */
  readonly rows: readonly unknown[];
  /** The observable is unknown to Graph (404). */
  readonly notFound: boolean;
  readonly error: PluginError | undefined;
  /** Graph has more rows than were read. */
  readonly more: boolean;
  /** Number of rows in the collection, if Graph counted them. */
  readonly total?: number | undefined;
}

export function lookupOf(result: GraphResult): Lookup {
  const { subject } = result.request;
  const parent: GraphRequest['parent'] = 'parent' in result.request ? result.request.parent : undefined;
  return {
    subject: parent ?? namedSubject(subject) ?? failedRecord(result),
    isParent: parent !== undefined,
    rows: rowsOf(result),
    notFound: result.kind === 'missing',
    error: result.kind === 'failed' ? result.error : undefined,
    more: result.kind === 'collection' && result.more,
    total: result.kind === 'collection' ? result.total : undefined,
  };
}

/** The results of the requests about one indicator, each with its part, such as `Host`. */
export interface IndicatorResults {
  readonly indicator: string;
  readonly results: readonly { readonly part: string; readonly result: GraphResult }[];
}

/** Builds the lookup of an indicator that took several requests; the result of a single one is the row, without its part. */
export function indicatorLookup({ indicator, results }: IndicatorResults, argument: string): Lookup {
  const found = results.flatMap(({ part, result }) =>
    result.kind === 'entity' && isRecord(result.value) ? [[part, result.value] as const] : [],
  );
  const failed = results.map(({ result }) => result).find((result) => result.kind === 'failed');
  const [first] = found;
  const row = results.length === 1 ? first?.[1] : Object.fromEntries(found);
  return {
    subject: { name: OBSERVABLE_ARGUMENTS[argument]?.contextName ?? argument, id: indicator },
    isParent: true,
    rows: first === undefined ? [] : [row],
    notFound: first === undefined && failed === undefined,
    error: failed?.error,
    more: false,
  };
}

/** Builds the lookup of an observable that took several requests: the parts of a summary, a seed of a graph. */
export function reportedLookup(
  subject: { readonly name: string; readonly id: string },
  rows: readonly unknown[],
  error?: PluginError,
): Lookup {
  const notFound = rows.length === 0 && error === undefined;
  return { subject, isParent: true, rows, notFound, error, more: false };
}

function namedSubject(subject: RequestSubject | undefined): Lookup['subject'] {
  const name = subject?.observable ? OBSERVABLE_ARGUMENTS[subject.argument]?.contextName : undefined;
  return subject === undefined || name === undefined ? undefined : { name, id: subject.id };
}

/** A record that was requested by its id and failed is a row with that id; one that was found has its own. */
function failedRecord({ kind, request: { subject } }: GraphResult): Lookup['subject'] {
  return kind === 'failed' && subject !== undefined ? { name: 'id', id: subject.id } : undefined;
}

function rowsOf(result: GraphResult): readonly unknown[] {
  if (result.kind === 'entity') return [result.value];
  return result.kind === 'collection' ? result.rows : [];
}
