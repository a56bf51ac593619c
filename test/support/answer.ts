import type { HttpResponse } from '../../src/http/transport';

/** An answer as a transport gives it: a text as it stands, anything else as JSON that says so. */
export function answer(body: unknown, status = 200, headers: HttpResponse['headers'] = {}): HttpResponse {
  if (typeof body === 'string') return { status, headers, body };
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
