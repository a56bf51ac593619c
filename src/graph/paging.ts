import { PluginError } from '../errors';
import type { HttpResponse } from '../http/transport';
import { pageOf } from './body';
import { API } from './route';

export interface Rows {
  readonly rows: readonly unknown[];
  /** Graph has more rows than were read. */
  readonly more: boolean;
  /** How many there are in all, where Graph told it (`$count=true`). */
  readonly total: number | undefined;
}

/**
 * Follows `@odata.nextLink` until so many rows are had or there are no more.
 * @throws PluginError GRAPH_UNEXPECTED for a link that leaves the API, or that was followed before.
 */
export async function readRows(
  first: URL,
  most: number,
  read: (url: URL) => Promise<HttpResponse>,
): Promise<Rows> {
  const rows: unknown[] = [];
  const seen = new Set<string>();
  let total: number | undefined;
  for (let url: URL | undefined = first; url !== undefined; ) {
    if (seen.has(url.href)) throw endless(first);
    seen.add(url.href);
    const page = pageOf(`GET ${first.pathname}`, await read(url));
    total ??= page.total;
    const room = most - rows.length;
    for (const row of page.rows.slice(0, room)) rows.push(row);
    const next: URL | undefined = page.nextLink === undefined ? undefined : within(page.nextLink, first);
    if (page.rows.length > room || (rows.length >= most && next !== undefined))
      return { rows, more: true, total };
    url = next;
  }
  return { rows, more: total !== undefined && total > rows.length, total };
}

/** The next page's address, only where a token may be sent to: the same origin, below the API. */
function within(link: string, first: URL): URL {
  const url = URL.canParse(link, first.href) ? new URL(link, first.href) : undefined;
  const root = first.pathname.slice(0, first.pathname.indexOf(API) + API.length);
  if (
    url !== undefined &&
    url.origin === first.origin &&
    url.pathname.startsWith(`${root}/`) &&
    url.username === '' &&
    !/%2e/i.test(url.pathname)
  )
    return url;
  throw new PluginError(
    'GRAPH_UNEXPECTED',
    `Graph's answer to GET ${first.pathname} continues outside of the threat intelligence API; the link was not followed.`,
    {
      hint: 'Something may stand between here and Graph. Check the network path; rows up to there can be had with a lower limit.',
    },
  );
}

function endless(first: URL): PluginError {
  return new PluginError(
    'GRAPH_UNEXPECTED',
    `Graph's pages for GET ${first.pathname} come round in a circle.`,
    {
      hint: 'Ask for fewer rows (limit), and report it to Microsoft.',
    },
  );
}
