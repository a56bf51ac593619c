import { BOUNDS } from '../base/bounds';
import { PluginError } from '../base/errors';
import { requestLine } from './exchange';
import { API } from './route';

/**
 * The address of the next page, only where a token may be sent to: the same origin, below the API's path, however often
 * somebody on the way decodes it.
 * @throws PluginError GRAPH_UNEXPECTED for any other.
 */
export function nextPage(link: string, first: URL): URL {
  const short = link.length <= BOUNDS.url;
  const url = short && URL.canParse(link, first.href) ? new URL(link, first.href) : undefined;
  const root = first.pathname.slice(0, first.pathname.indexOf(API) + API.length);
  if (
    url !== undefined &&
    url.origin === first.origin &&
    url.username === '' &&
    url.password === '' &&
    url.pathname.startsWith(`${root}/`) &&
    !climbs(url.pathname)
  ) {
    url.hash = '';
    return url;
  }
  throw new PluginError(
    'GRAPH_UNEXPECTED',
    `Graph's answer to ${requestLine(first)} continues outside of the threat intelligence API; the link was not followed.`,
    {
      hint: 'Something may stand between here and Graph. Check the network path; rows up to there can be had with a lower limit.',
    },
  );
}

/** Ids hold encoded slashes, so a segment that climbs can hide behind one, or behind a second encoding. */
function climbs(path: string): boolean {
  let decoded = path;
  for (let times = 0; times <= BOUNDS.encodings; times++) {
    if (/[/\\]\.\.?(?:[/\\]|$)/.test(decoded)) return true;
    const before = decoded;
    decoded = before.replace(/%[2-7][0-9a-f]/gi, (code) => String.fromCharCode(Number(`0x${code.slice(1)}`)));
    if (decoded === before) return false;
  }
  // Nobody encodes a path this often without something to hide.
  return true;
}
