import { createHash } from 'node:crypto';
import { isPluginError, PluginError } from '../base/errors';
import type { JsonObject } from '../base/json';
import { formatCount } from '../base/sanitize';
import { sortableTime } from '../base/sortable-time';
import { withSentence } from '../http/retry';
import { requestLine } from './exchange';
import { nextPage } from './next-page';
import type { RowLimit } from './request';
import type { CollectionPage } from './response-body';

export interface Rows {
  readonly rows: readonly unknown[];
  /** How many rows somebody took; they are not among these. */
  readonly taken?: number | undefined;
  /** Graph has more rows than were read. */
  readonly more: boolean;
  /** How many there are in all, where Graph told it (`$count=true`) and what it told can be true. */
  readonly total: number | undefined;
}

/** Graph may answer a filter with pages that hold nothing; so many of them in a row lead nowhere. */
const EMPTY_PAGES = 20;

/** What becomes of rows that were read. */
interface Keeping {
  had: number;
  keep(rows: readonly unknown[]): Promise<void>;
}

/**
 * Follows `@odata.nextLink` until so many rows are had, the list is back to where it shall end, or there are no more.
 * @param take gets the rows as they come; without it they are kept.
 * @throws PluginError GRAPH_UNEXPECTED for a link that leaves the API, for pages that come again, and for empty ones without
 * end; whatever `read` throws, with the number of rows that were had by then.
 */
export async function readRows(
  first: URL,
  limit: Pick<RowLimit, 'most' | 'backTo' | 'onePage'>,
  read: (url: URL) => Promise<CollectionPage>,
  take?: (rows: readonly unknown[]) => Promise<void>,
): Promise<Rows> {
  const rows: unknown[] = [];
  const keeping: Keeping = {
    had: 0,
    async keep(page) {
      if (take !== undefined) await take(page);
      else for (const row of page) rows.push(row);
      keeping.had += page.length;
    },
  };
  try {
    const { more, total } = await follow(first, limit, read, keeping);
    const { had } = keeping;
    return { rows, taken: take && had, more, total: (total ?? 0) < had ? undefined : total };
  } catch (error) {
    const { had } = keeping;
    if (had === 0 || !isPluginError(error)) throw error;
    throw withSentence(error, `${formatCount(had)} ${had === 1 ? 'row' : 'rows'} had been read by then.`);
  }
}

async function follow(
  first: URL,
  { most, backTo, onePage }: Pick<RowLimit, 'most' | 'backTo' | 'onePage'>,
  read: (url: URL) => Promise<CollectionPage>,
  keeping: Keeping,
): Promise<Pick<Rows, 'more' | 'total'>> {
  const seen = new Set<string>();
  let empty = 0;
  let total: number | undefined;
  for (let url: URL | undefined = first; url !== undefined; ) {
    if (seen.has(url.href)) throw endless(first, 'come round in a circle');
    seen.add(url.href);
    const page = await read(url);
    total ??= page.total;
    empty = page.rows.length === 0 ? empty + 1 : 0;
    if (empty === EMPTY_PAGES) throw endless(first, `stay empty, ${EMPTY_PAGES} of them in a row`);
    const print = fingerprint(page.rows);
    if (empty === 0 && seen.has(print)) throw endless(first, 'repeat themselves');
    seen.add(print);
    const room = most - keeping.had;
    await keeping.keep(page.rows.slice(0, room));
    const goesOn = page.nextLink !== undefined;
    if (page.rows.length > room || (goesOn && (onePage || keeping.had >= most))) return { more: true, total };
    if (backTo !== undefined && page.rows.some((row) => isOlder(row, backTo))) return { more: goesOn, total };
    url = page.nextLink === undefined ? undefined : nextPage(page.nextLink, first);
  }
  const skipped = Number(first.searchParams.get('$skip') ?? 0);
  const { had } = keeping;
  return { more: had >= most && (total ?? 0) > skipped + had, total };
}

function isOlder(row: JsonObject, { property, time }: NonNullable<RowLimit['backTo']>): boolean {
  const written = sortableTime(row[property]);
  return written !== undefined && written < (sortableTime(time) ?? '');
}

function fingerprint(rows: readonly unknown[]): string {
  const hash = createHash('sha256');
  for (const row of rows) hash.update(JSON.stringify(row));
  return hash.digest('base64');
}

function endless(first: URL, what: string): PluginError {
  return new PluginError('GRAPH_UNEXPECTED', `Graph's pages for ${requestLine(first)} ${what}.`, {
    hint: 'Ask for fewer rows (limit), and report it to Microsoft.',
  });
}
