import type { HttpResponse } from '../../src/http/transport';

/** Returns a response as a transport does: a string body unchanged, anything else as JSON with its content type. */
export function httpResponse(
  body: unknown,
  status = 200,
  headers: HttpResponse['headers'] = {},
): HttpResponse {
  if (typeof body === 'string') return { status, headers, body };
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
