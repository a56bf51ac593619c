import { BOUNDS } from '../base/bounds';
import { PluginError } from '../base/errors';
import { requestLine } from './authorized-request';
import { API } from './route';

/**
 * The address of the next page, only where a token may be sent to: the same origin, below the API's path (in any case of letters: Graph
 * sends `/security/threatintelligence` too), however often it is decoded on the way.
 * @throws PluginError GRAPH_UNEXPECTED for any other link.
 */
export function nextPage(link: string, first: URL): URL {
  const isShort = link.length <= BOUNDS.url;
  const url = isShort && URL.canParse(link, first.href) ? new URL(link, first.href) : undefined;
  const root = first.pathname
    .toLowerCase()
    .slice(0, first.pathname.toLowerCase().indexOf(API.toLowerCase()) + API.length);
  if (
    url !== undefined &&
    url.origin === first.origin &&
    url.username === '' &&
    url.password === '' &&
    url.pathname.toLowerCase().startsWith(`${root}/`) &&
    !hasDotSegments(url.pathname)
  ) {
    url.hash = '';
    return url;
  }
  throw new PluginError(
    'GRAPH_UNEXPECTED',
    `The link to the next page of ${requestLine(first)} points outside the threat intelligence API and was not followed, so the list ends early.`,
    { hint: 'Check for a proxy or gateway between this machine and Graph that rewrites responses.' },
  );
}

/** Whether a path contains dot segments (RFC 3986). IDs contain encoded slashes, so one may be encoded, even twice. */
function hasDotSegments(path: string): boolean {
  let decoded = path;
  for (let times = 0; times <= BOUNDS.encodings; times++) {
    if (/[/\\]\.\.?(?:[/\\]|$)/.test(decoded)) return true;
    const before = decoded;
    decoded = before.replace(/%[2-7][0-9a-f]/gi, (code) => String.fromCharCode(Number(`0x${code.slice(1)}`)));
    if (decoded === before) return false;
  }
  // A path that is encoded this often hides something.
  return true;
}
