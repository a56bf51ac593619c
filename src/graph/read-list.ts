import { isPluginError } from '../base/errors';
import { isRecord } from '../base/json';
import type { Log } from '../base/log';
import type { OptionName } from '../model/capabilities';
import { nextPage } from './next-page';
import type { QueryOption } from './odata';
import { type Rows, readRows } from './paging';
import { blamedOptions, isRejection, type RejectedOptions } from './rejected-options';
import { type GraphRequest, PAGE_SIZE } from './request';
import type { CollectionPage } from './response-body';
import { isNewestFirst, newestBy, rowsToReadUnsorted, sortNewestFirst } from './sort-newest-first';

interface ListPorts {
  /** Returns the URL of the list with these of the optional options. */
  readonly urlWith: (optional: readonly QueryOption[]) => URL;
  readonly rejected: RejectedOptions;
  readonly log: Log;
  /** Requests one page. @param first URL of the first page */
  readonly readPage: (page: URL, first: URL) => Promise<CollectionPage>;
  /** Whether one more request may be sent in place of the first. */
  readonly mayRepeat: () => boolean;
  /** Receives the rows page by page; without it they are in the result. */
  readonly onRows?: ((rows: readonly unknown[]) => Promise<void>) | undefined;
}

/**
 * Reads a list. If Graph rejects our optional query options, repeats the request once without them, remembers the options named in the
 * error, and sorts or filters locally. Also remembers an order or a filter that Graph ignored.
 * @throws PluginError of the request without the optional options, if that fails too
 */
export async function readList(request: GraphRequest, ports: ListPorts): Promise<Rows> {
  const { optional = [], route = request.path } = request;
  const { rejected, log } = ports;
  const known = optional.length === 0 ? [] : await rejected.on(route);
  const sent = optional.filter(({ name }) => !known.includes(name));
  const remember = async (names: readonly OptionName[]) => {
    log('info', 'graph does not support options', { route, options: names.join(' ') });
    await rejected.remember(route, names);
  };
  const progress = { isRead: false };
  const readChecked = async (options: readonly QueryOption[]) => {
    const rows = await read(request, options, ports, progress);
    const ignored = ignoredOptions(request, options, rows);
    if (ignored.length === 0) return finish(request, rows, options, ports);
    await remember(ignored);
    const others = without(options, ignored);
    if (!isWorthRepeating(request, rows, ports)) return finish(request, rows, others, ports);
    const more = await read(request, others, ports, progress).catch((error: unknown) => orThrow(rows, error));
    return finish(request, more, others, ports);
  };
  try {
    return await readChecked(sent);
  } catch (error) {
    if (error === FILTER_IGNORED) {
      await remember(['$filter']);
      return readChecked(without(sent, ['$filter']));
    }
    const mayRepeat = sent.length > 0 && !progress.isRead && ports.mayRepeat();
    if (!mayRepeat || !isPluginError(error) || !isRejection(error)) throw error;
    const rows = finish(request, await read(request, [], ports, progress), [], ports);
    const blamed = blamedOptions(sent, error);
    await remember(blamed);
    return blamed.includes('$top') ? { ...rows, warnings: [...rows.warnings, NO_TOP] } : rows;
  }
}

/** Thrown at the first page, before any of its rows is used. */
const FILTER_IGNORED = Symbol('Graph ignored $filter');

/** A rejected `$top` changes no rows, so it is mentioned only when it is found out. */
const NO_TOP = 'Graph rejected $top and chose the page size itself.';

/** Reads the rows with these of the optional options. */
async function read(
  request: GraphRequest,
  options: readonly QueryOption[],
  { urlWith, readPage, onRows, mayRepeat }: ListPorts,
  progress: { isRead: boolean },
): Promise<Rows> {
  const { rows: limit, where } = request;
  const most = isSorted(request, options) ? limit.most : rowsToReadUnsorted(request, onRows !== undefined);
  // Whatever is looked for among all rows is found with fewer requests in whole pages.
  const isSearched = most > limit.most || (where !== undefined && !has(options, '$filter'));
  const sized = options.map((option) =>
    option.name === '$top' && isSearched ? { ...option, value: String(PAGE_SIZE) } : option,
  );
  const start = urlWith(sized);
  const first = limit.from === undefined ? start : nextPage(limit.from, start);
  const keep = where && ((row: unknown) => isRecord(row) && sameText(row[where.property], where.equals));
  const page = async (at: URL) => {
    const found = await readPage(at, first);
    const isFiltered = keep === undefined || !has(options, '$filter') || found.rows.every(keep);
    if (!isFiltered && !progress.isRead && mayRepeat()) throw FILTER_IGNORED;
    progress.isRead = true;
    return found;
  };
  return readRows(first, { ...limit, most, keep }, page, onRows);
}

function sameText(value: unknown, text: string): boolean {
  return typeof value === 'string' && value.toLowerCase() === text.toLowerCase();
}

/** Whether Graph sorts the rows, or the request needs no order. */
function isSorted(request: GraphRequest, options: readonly QueryOption[]): boolean {
  return newestBy(request) === undefined || has(options, '$orderby');
}

/** The options that were sent, and that the rows disprove. */
function ignoredOptions(request: GraphRequest, sent: readonly QueryOption[], rows: Rows): OptionName[] {
  const property = newestBy(request);
  const ignored: OptionName[] = [];
  if (has(sent, '$filter') && rows.leftOut !== undefined) ignored.push('$filter');
  if (property !== undefined && has(sent, '$orderby') && !isNewestFirst(rows, property))
    ignored.push('$orderby');
  return ignored;
}

/** Whether reading more rows of an unsorted list would show which ones are the newest. */
function isWorthRepeating(request: GraphRequest, rows: Rows, { onRows, mayRepeat }: ListPorts): boolean {
  return mayRepeat() && rows.more && rowsToReadUnsorted(request, onRows !== undefined) > request.rows.most;
}

/** Compensates for options that Graph does not support, and adds a note. */
function finish(
  request: GraphRequest,
  rows: Rows,
  options: readonly QueryOption[],
  { onRows }: ListPorts,
): Rows {
  const property = newestBy(request);
  const filtered =
    rows.leftOut !== undefined ? { ...rows, warnings: [...rows.warnings, FILTERED_HERE] } : rows;
  if (property === undefined || has(options, '$orderby')) return filtered;
  return sortNewestFirst(filtered, property, request, onRows !== undefined);
}

const FILTERED_HERE =
  'Graph did not apply $filter to this list; the rows were filtered after they were read.';

function has(options: readonly QueryOption[], name: OptionName): boolean {
  return options.some((option) => option.name === name);
}

function without(options: readonly QueryOption[], names: readonly OptionName[]): QueryOption[] {
  return options.filter(({ name }) => !names.includes(name));
}

/** The rows that were read already, where reading more of them failed. */
function orThrow(rows: Rows, error: unknown): Rows {
  if (!isPluginError(error) || error.code === 'CANCELLED') throw error;
  return rows;
}
