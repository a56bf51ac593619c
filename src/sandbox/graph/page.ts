import type { Thing } from '../world';
import { badRequest } from './errors';
import { type QueryOptions, truth, wholeNumber } from './options';

/** A part of a collection. */
interface ResultPage {
  readonly rows: readonly Thing[];
  /** The rows of all pages, where `$count=true` requested it. */
  readonly total: number | undefined;
  /** The query of the next page; undefined at the end. */
  readonly next: string | undefined;
}

/**
 * Cuts the page that the options request. `$top` is a wish for the page size, `cap` what the service grants at most; what
 * is beyond the page is reached by a link that carries the other options and the place to continue from.
 * @throws GraphError 400 for a number that is not one, or a token that this service did not make.
 */
export function cutPage(rows: readonly Thing[], options: QueryOptions, cap: number): ResultPage {
  const top = wholeNumber(options, '$top') ?? cap;
  const token = options.get('$skiptoken');
  const start = token === undefined ? (wholeNumber(options, '$skip') ?? 0) : readToken(token);
  const end = start + Math.min(top, cap);
  return {
    rows: rows.slice(start, end),
    total: truth(options, '$count') ? rows.length : undefined,
    next: end > start && end < rows.length ? nextQuery(options, end) : undefined,
  };
}

function nextQuery(options: QueryOptions, start: number): string {
  const carried = [...options].filter(([name]) => name !== '$skip' && name !== '$skiptoken');
  return [...carried, ['$skiptoken', makeToken(start)] as const]
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

/** Base64 with its padding, so that a client which encodes a link twice, or not at all, is found out. */
function makeToken(start: number): string {
  return Buffer.from(JSON.stringify({ start })).toString('base64');
}

function readToken(token: string): number {
  try {
    const { start } = JSON.parse(Buffer.from(token, 'base64').toString()) as { start?: unknown };
    if (typeof start === 'number' && makeToken(start) === token) return start;
  } catch {
    // Falls through to the refusal: what cannot be read was not made here.
  }
  throw badRequest('The skip token is invalid.');
}
