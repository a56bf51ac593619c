import type { IncomingMessage } from 'node:http';

/** Returns the reason to reject a request before any route handles it; undefined for a request of our page. */
export function requestRefusal(request: IncomingMessage, port: number): string | undefined {
  const { host, origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  // A name that resolves to this machine (DNS rebinding) arrives with that name.
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`)
    return 'This Host header is not allowed. Open the address that `mdti web` printed.';
  if (origin !== undefined && origin !== `http://${host}`) return 'Cross-origin requests are not allowed.';
  // The page itself contains nothing secret, and may be opened from anywhere; it cannot be framed.
  if (
    site !== undefined &&
    site !== 'same-origin' &&
    !(isRead(request) && (site === 'none' || isPage(request)))
  )
    return 'Cross-origin requests are not allowed.';
  if (!isRead(request)) {
    if (origin === undefined) return 'A request that changes something needs an Origin header.';
    if (request.headers['content-type']?.split(';')[0]?.trim() !== 'application/json')
      return 'The body of a request that changes something must be JSON.';
  }
  return undefined;
}

function isPage({ url, headers }: IncomingMessage): boolean {
  return url === '/' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}
