import { type ErrorCode, PluginError } from '../base/errors';
import { isRecord, type JsonObject, parseBoundedJson } from '../base/json';
import { sanitize } from '../base/sanitize';
import { parseRetryAfter } from '../http/retry';
import type { HttpResponse } from '../http/transport';

interface Row {
  /** A status, or all of a hundred. */
  readonly status: number | '3xx' | '4xx' | '5xx';
  /** Graph's own codes, in upper or lower case, that are more specific than the status; the empty one is a missing code. */
  readonly graph?: readonly string[];
  readonly code: ErrorCode;
  readonly hint?: string;
}

/** Codes by which a 404 is about the resource. */
const NO_RESOURCE = ['ResourceNotFound', 'NotFound', 'itemNotFound', ''];

/** From Graph's response to our error (https://learn.microsoft.com/graph/errors); the first row that fits is taken. */
const ROWS: readonly Row[] = [
  {
    status: '3xx',
    code: 'GRAPH_UNEXPECTED',
    hint: 'Graph does not redirect, so the redirect was not followed. Check for a proxy or a login page between this machine and Graph.',
  },
  {
    status: 400,
    code: 'GRAPH_BAD_REQUEST',
    hint: 'Check odata and the other arguments: Graph names what it rejects.',
  },
  {
    status: 401,
    code: 'GRAPH_UNAUTHORIZED',
    hint: 'Run !msg-defender-threat-intel-auth-test, and check tenant, application and credentials.',
  },
  {
    status: 403,
    code: 'GRAPH_FORBIDDEN',
    hint: 'Grant the permission ThreatIntelligence.Read.All with admin consent, in a tenant with Defender XDR or Microsoft Sentinel.',
  },
  {
    status: 404,
    graph: NO_RESOURCE,
    code: 'GRAPH_NOT_FOUND',
    hint: 'Check the id: use one from the output of a list command.',
  },
  { status: 408, code: 'GRAPH_UNAVAILABLE', hint: 'Retry, or request less at once.' },
  {
    status: 429,
    code: 'GRAPH_THROTTLED',
    hint: 'Retry after the time that the service names, or request less at once.',
  },
  { status: '4xx', graph: ['activityLimitReached'], code: 'GRAPH_THROTTLED', hint: 'Retry later.' },
  { status: '4xx', code: 'GRAPH_BAD_REQUEST' },
  {
    status: 500,
    code: 'GRAPH_UNAVAILABLE',
    hint: 'Likely causes, in this order: the tenant has no Defender XDR or Microsoft Sentinel entitlement; the tenant is not verified by Microsoft yet; or a temporary fault, so retry in a few minutes.',
  },
  {
    status: '5xx',
    code: 'GRAPH_UNAVAILABLE',
    hint: 'Microsoft Graph is temporarily unavailable: retry in a few minutes.',
  },
];

/**
 * The error for a response that is not a 2xx: the request, the status, and Graph's own words.
 * @param hint a fix, if the caller knows more than the status says.
 */
export function graphError(
  requestText: string,
  response: HttpResponse,
  now: number,
  hint?: string,
): PluginError {
  const error = errorOf(response);
  const graph = typeof error.code === 'string' ? sanitize(error.code) : '';
  const row = ROWS.find(
    ({ status, graph: codes }) =>
      (status === response.status || status === `${Math.floor(response.status / 100)}xx`) &&
      (codes === undefined || codes.some((code) => code.toLowerCase() === graph.toLowerCase())),
  );
  const kind = graph === '' ? '' : ` ${graph}`;
  return new PluginError(
    row?.code ?? 'GRAPH_UNEXPECTED',
    `Graph responded with ${response.status}${kind} to ${requestText}: ${errorMessage(error, response)}`,
    {
      hint: hint ?? row?.hint,
      status: response.status,
      requestId: requestIdOf(response),
      retryAfter: parseRetryAfter(response.headers['retry-after'], now),
    },
  );
}

/** Whether Graph reports that the resource does not exist; any other 404 is a failure. */
export function isNotFound(response: HttpResponse): boolean {
  if (response.status !== 404) return false;
  const { code } = errorOf(response);
  const graph = typeof code === 'string' ? code.trim().toLowerCase() : '';
  return NO_RESOURCE.some((known) => known.toLowerCase() === graph);
}

/** The error for a 2xx whose body is not what Graph documents. */
export function unexpectedResponse(
  requestText: string,
  response: HttpResponse,
  what: string,
  cause?: unknown,
): PluginError {
  return new PluginError(
    'GRAPH_UNEXPECTED',
    `Graph responded with ${response.status} to ${requestText}, but ${what}.`,
    {
      hint: 'A proxy may have responded in its place. Retry, and report the request id if it happens again.',
      status: response.status,
      requestId: requestIdOf(response),
      cause,
    },
  );
}

/** Graph's name for the exchange, for a support case; undefined for what cannot be one. */
export function requestIdOf({ headers }: HttpResponse): string | undefined {
  const id = headers['request-id'];
  return id !== undefined && /^[\w-]{1,64}$/.test(id) ? id : undefined;
}

/** The error object of an OData body; the login service and gateways put strings in its place. */
function errorOf({ body }: HttpResponse): JsonObject {
  const parsed = parseBoundedJson(body);
  if (!isRecord(parsed)) return {};
  if (isRecord(parsed.error)) return parsed.error;
  return { code: parsed.error, message: parsed.error_description ?? parsed.message ?? parsed.Message };
}

function errorMessage({ message }: JsonObject, { headers, body }: HttpResponse): string {
  if (typeof message === 'string' && sanitize(message) !== '') return sanitize(message);
  const [type] = (headers['content-type'] ?? '').split(';');
  if (body.trim() === '') return 'the response is empty.';
  if (type === 'text/plain') return sanitize(body).replace(/(?<![.!?:…])$/, '.');
  return /json/i.test(type ?? '')
    ? 'the response gives no reason.'
    : `the response (${sanitize(type || 'without a content type')}) gives no reason.`;
}
