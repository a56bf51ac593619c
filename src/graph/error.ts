import { type ErrorCode, PluginError } from '../base/errors';
import { isRecord, type JsonObject, parseJson } from '../base/json';
import { sanitize } from '../base/sanitize';
import { exceededLimit } from '../http/json-limits';
import { parseRetryAfter } from '../http/retry-after';
import type { HttpResponse } from '../http/transport';

interface Row {
  /** A status, or all of a hundred. */
  readonly status: number | '3xx' | '4xx' | '5xx';
  /** Graph's own code, where it tells more than the status does. */
  readonly graph?: string;
  readonly code: ErrorCode;
  readonly hint?: string;
}

/**
 * From Graph's answer to our error (https://learn.microsoft.com/graph/errors); the first row that fits is taken.
 */
const ROWS: readonly Row[] = [
  {
    status: '3xx',
    code: 'GRAPH_UNEXPECTED',
    hint: 'Graph does not send anybody elsewhere, so the redirect was not followed: a proxy or a login page may stand in between.',
  },
  {
    status: 400,
    code: 'GRAPH_BAD_REQUEST',
    hint: 'Check odata and the other arguments: Graph names what it could not use.',
  },
  {
    status: 401,
    code: 'GRAPH_UNAUTHORIZED',
    hint: 'Run !msg-defender-threat-intel-auth-test, and check tenant, application and credentials.',
  },
  {
    status: 403,
    code: 'GRAPH_FORBIDDEN',
    hint: 'The application needs the permission ThreatIntelligence.Read.All with admin consent, in a tenant with Defender XDR or Sentinel.',
  },
  {
    status: 404,
    code: 'GRAPH_NOT_FOUND',
    hint: 'Check the id: it must be one that a list command showed.',
  },
  { status: 408, code: 'GRAPH_UNAVAILABLE', hint: 'Ask again, or ask for less at once.' },
  {
    status: 429,
    code: 'GRAPH_THROTTLED',
    hint: 'Ask again after the time that the service named, or for fewer things at once.',
  },
  { status: '4xx', graph: 'activityLimitReached', code: 'GRAPH_THROTTLED', hint: 'Ask again later.' },
  { status: '4xx', code: 'GRAPH_BAD_REQUEST' },
  {
    status: '5xx',
    code: 'GRAPH_UNAVAILABLE',
    hint: 'The service is ill: ask again in a few minutes.',
  },
];

/** The error for an answer that is not a 2xx: what was asked, the status, and Graph's own words. */
export function graphError(asked: string, response: HttpResponse, now: number): PluginError {
  const error = errorOf(response);
  const graph = typeof error.code === 'string' ? sanitize(error.code) : '';
  const row = ROWS.find(
    ({ status, graph: code }) =>
      (status === response.status || status === `${Math.floor(response.status / 100)}xx`) &&
      (code === undefined || code === graph),
  );
  const kind = graph === '' ? '' : ` ${graph}`;
  return new PluginError(
    row?.code ?? 'GRAPH_UNEXPECTED',
    `Graph answered ${response.status}${kind} to ${asked}: ${wordsOf(error, response)}`,
    {
      hint: row?.hint,
      status: response.status,
      requestId: requestIdOf(response),
      retryAfter: parseRetryAfter(response.headers['retry-after'], now),
    },
  );
}

/** The error for a 2xx whose body is not what Graph documents. */
export function unexpectedResponse(
  asked: string,
  response: HttpResponse,
  what: string,
  cause?: unknown,
): PluginError {
  return new PluginError('GRAPH_UNEXPECTED', `Graph answered ${response.status} to ${asked}, but ${what}.`, {
    hint: 'A proxy may have answered in its place; ask again, and report the request id if it stays so.',
    status: response.status,
    requestId: requestIdOf(response),
    cause,
  });
}

/** Graph's name for the exchange, for a support case; undefined for what cannot be one. */
export function requestIdOf({ headers }: HttpResponse): string | undefined {
  const id = headers['request-id'];
  return id !== undefined && /^[\w-]{1,64}$/.test(id) ? id : undefined;
}

/** The error object of an OData body; the login service and gateways put texts in its place. */
function errorOf({ body }: HttpResponse): JsonObject {
  const parsed = exceededLimit(body) === undefined ? parseJson(body) : undefined;
  if (!isRecord(parsed)) return {};
  if (isRecord(parsed.error)) return parsed.error;
  return { code: parsed.error, message: parsed.error_description ?? parsed.message ?? parsed.Message };
}

function wordsOf({ message }: JsonObject, { headers, body }: HttpResponse): string {
  if (typeof message === 'string' && sanitize(message) !== '') return sanitize(message);
  const [type] = (headers['content-type'] ?? '').split(';');
  if (body.trim() === '') return 'the answer is empty.';
  if (type === 'text/plain') return sanitize(body);
  return /json/i.test(type ?? '')
    ? 'the answer says no more.'
    : `the answer (${sanitize(type || 'of no stated type')}) says no more.`;
}
