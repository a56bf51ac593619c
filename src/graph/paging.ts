import { createHash } from 'node:crypto';
import { isPluginError, PluginError } from '../base/errors';
import { counted, formatCount } from '../base/sanitize';
import { withSentence } from '../http/retry';
import { requestLine } from './authorized-request';
import { nextPage } from './next-page';
import type { RowLimit } from './request';
import type { CollectionPage } from './response-body';

export interface Rows {
  readonly rows: readonly unknown[];
  /** Number of rows that `onRows` received; they are not in `rows`. */
  readonly taken?: number | undefined;
  /** Graph has more rows than were read. */
  readonly more: boolean;
  /** Number of rows in the collection, if Graph counted them (`$count=true`) and the number is plausible. */
  readonly total: number | undefined;
  /** Path and query at which reading can continue. */
  readonly next: string | undefined;
  readonly warnings: readonly string[];
  /** Number of rows left out because the caller does not want them. */
  readonly leftOut?: number | undefined;
}

/** Graph may respond to a filter with empty pages; after this many in a row there is nothing to expect. */
const EMPTY_PAGES = 20;

/** Rows that are read at most in search of wanted ones. */
const MOST_SEARCHED = 5_000;

interface Limit extends Pick<RowLimit, 'most' | 'onePage'> {
  /** Whether a row is wanted; all are by default. */
  readonly keep?: ((row: unknown) => boolean) | undefined;
}

/** The receiver of rows while pages are read. */
interface Sink {
  /** Rows that were sent, wanted or not. */
  sent: number;
  received: number;
  put(rows: readonly unknown[]): Promise<void>;
}

/**
 * Follows `@odata.nextLink` until enough rows are read, or there are no more. A full page without a link is continued with
 * `$skip`: some services treat `$top` as the total. A link that points outside the API ends the list with a warning if rows were read.
 * @param onRows receives the rows page by page; without it they are collected.
 * @throws PluginError GRAPH_UNEXPECTED for a first link that points outside the API, for pages that repeat, and for empty pages without
 * end; any error of `read`, with the number of rows read until then.
 */
export async function readRows(
  first: URL,
  limit: Limit,
  read: (url: URL) => Promise<CollectionPage>,
  onRows?: (rows: readonly unknown[]) => Promise<void>,
): Promise<Rows> {
  const rows: unknown[] = [];
  const sink: Sink = {
    sent: 0,
    received: 0,
    async put(page) {
      if (onRows !== undefined) await onRows(page);
      else for (const row of page) rows.push(row);
      sink.received += page.length;
    },
  };
  try {
    const { total, ...end } = await follow(first, limit, read, sink);
    const { received } = sink;
    const isTrue = end.leftOut === undefined && (total ?? 0) >= received;
    return { rows, taken: onRows && received, ...end, total: isTrue ? total : undefined };
  } catch (error) {
    const { received } = sink;
    if (received === 0 || !isPluginError(error)) throw error;
    throw withSentence(
      error,
      `${formatCount(received)} ${received === 1 ? 'row was' : 'rows were'} read before that.`,
    );
  }
}

type ListEnd = Pick<Rows, 'more' | 'total' | 'next' | 'warnings' | 'leftOut'>;

async function follow(
  first: URL,
  { most, onePage = false, keep }: Limit,
  read: (url: URL) => Promise<CollectionPage>,
  sink: Sink,
): Promise<ListEnd> {
  const seen = new Set<string>();
  let empty = 0;
  let total: number | undefined;
  let hasLinks = first.searchParams.has('$skiptoken');
  let isSkipped = false;
  let leftOut = 0;
  const end = (more: boolean, next?: string, ...warnings: readonly string[]): ListEnd => ({
    more,
    total,
    next,
    warnings,
    leftOut: leftOut === 0 ? undefined : leftOut,
  });
  for (let url = first; ; ) {
    if (seen.has(url.href)) throw endless(first, 'form a cycle');
    seen.add(url.href);
    const page = await read(url);
    total ??= page.total;
    empty = page.rows.length === 0 ? empty + 1 : 0;
    if (empty === EMPTY_PAGES) throw endless(first, `are empty, ${EMPTY_PAGES} in a row`);
    const print = fingerprint(page.rows);
    if (empty === 0 && seen.has(print)) {
      if (isSkipped) return end(true, undefined, IGNORED_SKIP);
      throw endless(first, 'repeat');
    }
    seen.add(print);
    const room = most - sink.received;
    const wanted = keep === undefined ? page.rows : page.rows.filter(keep);
    leftOut += page.rows.length - wanted.length;
    sink.sent += page.rows.length;
    await sink.put(wanted.slice(0, room));
    if (page.nextLink !== undefined) hasLinks = true;
    let next: URL | undefined;
    try {
      next = after(page, url, first, { hasLinks, total, sent: sink.sent });
    } catch (error) {
      if (sink.sent === 0 || !isPluginError(error)) throw error;
      return end(true, undefined, error.message);
    }
    const link = page.nextLink === undefined ? undefined : next;
    if (wanted.length > room || (sink.received >= most && link !== undefined)) return end(true);
    if (next === undefined || sink.received >= most) break;
    if (onePage) return end(true, `${next.pathname}${next.search}`);
    if (leftOut > 0 && sink.sent >= MOST_SEARCHED) return end(true, undefined, searched(sink.sent));
    isSkipped = link === undefined;
    url = next;
  }
  const skipped = Number(first.searchParams.get('$skip') ?? 0);
  return end(sink.received >= most && (total ?? 0) > skipped + sink.sent);
}

function searched(rows: number): string {
  return `Reading ended after ${counted(rows, 'row')}, wanted or not; the rest of the list was not searched.`;
}

const IGNORED_SKIP =
  'Graph sent a full page without a link to the next one, and ignored $skip: rows beyond that page cannot be read.';

/** The URL after a page: its link, or the same URL with `$skip` after a full page of a list without links. */
function after(
  page: CollectionPage,
  url: URL,
  first: URL,
  { hasLinks, total, sent }: { hasLinks: boolean; total: number | undefined; sent: number },
): URL | undefined {
  if (page.nextLink !== undefined) return nextPage(page.nextLink, first);
  const top = Number(url.searchParams.get('$top') ?? 0);
  if (hasLinks || top === 0 || page.rows.length < top || total === sent) return undefined;
  const skip = Number(url.searchParams.get('$skip') ?? 0) + page.rows.length;
  const query = url.search.slice(1).split('&');
  const others = query.filter((option) => !/^(?:\$|%24)skip=/i.test(option));
  return new URL(`${url.pathname}?${[...others, `$skip=${skip}`].join('&')}`, url);
}

function fingerprint(rows: readonly unknown[]): string {
  const hash = createHash('sha256');
  for (const row of rows) hash.update(JSON.stringify(row));
  return hash.digest('base64');
}

function endless(first: URL, what: string): PluginError {
  return new PluginError('GRAPH_UNEXPECTED', `Graph's pages for ${requestLine(first)} ${what}.`, {
    hint: 'Request fewer rows (limit), and report it to Microsoft.',
  });
}
