import { type ErrorCode, PluginError } from '../errors';
import type { HttpResponse } from '../http/transport';
import { isRecord, parseJson } from '../json';
import { quoted } from '../text';

/** From Graph's answer to our error: one row a status, the last two rows by the hundred. */
const BY_STATUS: Readonly<Record<string, { readonly code: ErrorCode; readonly hint?: string }>> = {
  400: {
    code: 'GRAPH_BAD_REQUEST',
    hint: 'Check odata and the other arguments: Graph names what it could not use.',
  },
  401: {
    code: 'GRAPH_UNAUTHORIZED',
    hint: 'Run !msg-defender-threat-intel-auth-test, and check tenant, application and credentials.',
  },
  403: {
    code: 'GRAPH_FORBIDDEN',
    hint: 'The application needs the permission ThreatIntelligence.Read.All with admin consent, in a tenant with Defender XDR or Sentinel.',
  },
  404: { code: 'GRAPH_NOT_FOUND', hint: 'Check the id: it must be one that a list command showed.' },
  429: {
    code: 'GRAPH_THROTTLED',
    hint: 'Ask again after the time that the service named, or for fewer things at once.',
  },
  '4xx': { code: 'GRAPH_BAD_REQUEST' },
  '5xx': { code: 'GRAPH_UNAVAILABLE', hint: 'The service is ill: ask again in a few minutes.' },
};

/** The error for an answer that is not a 2xx: what was asked, the status, and Graph's own words. */
export function graphError(asked: string, response: HttpResponse, now: number): PluginError {
  const row = BY_STATUS[response.status] ?? BY_STATUS[`${Math.floor(response.status / 100)}xx`];
  const body = parseJson(response.body);
  const error = isRecord(body) && isRecord(body.error) ? body.error : {};
  const words =
    typeof error.message === 'string' && error.message.trim() !== ''
      ? quoted(error.message)
      : plainWords(response);
  const kind = typeof error.code === 'string' && error.code !== '' ? ` ${quoted(error.code)}` : '';
  return new PluginError(
    row?.code ?? 'GRAPH_UNEXPECTED',
    `Graph answered ${response.status}${kind} to ${asked}${words === '' ? '.' : `: ${words}`}`,
    {
      hint: row?.hint,
      status: response.status,
      requestId: response.headers['request-id'],
      retryAfter: retryAfter(response.headers['retry-after'], now),
    },
  );
}

/** The error for a 2xx whose body is not what Graph documents. */
export function unexpected(asked: string, response: HttpResponse, what: string): PluginError {
  return new PluginError('GRAPH_UNEXPECTED', `Graph answered ${response.status} to ${asked}, but ${what}.`, {
    hint: 'A proxy may have answered in its place; ask again, and report the request id if it stays so.',
    status: response.status,
    requestId: response.headers['request-id'],
  });
}

/** `Retry-After` in seconds, whether it came as seconds or as a date (RFC 9110, 10.2.3). */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

function plainWords(response: HttpResponse): string {
  const isText = /^text\/plain/.test(response.headers['content-type'] ?? '');
  return isText ? quoted(response.body).slice(0, 500) : 'the answer says no more.';
}
