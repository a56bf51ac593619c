import { isRecord, parseBoundedJson } from '../base/json';
import { sanitize } from '../base/sanitize';
import { parseRetryAfter } from '../http/retry';
import type { HttpResponse } from '../http/transport';

/** A no of a login service. */
export interface OAuthError {
  readonly status: number;
  /** The OAuth error (RFC 6749, 5.2): `invalid_client`, `authorization_pending`. */
  readonly error: string;
  /** The service's own words, AADSTS number, trace and correlation id included. */
  readonly words: string;
  /** Seconds. */
  readonly retryAfter: number | undefined;
}

/**
 * The error in a response; undefined if there is none. Entra and most managed identity endpoints send the fields of
 * OAuth, Azure Arc and some others with an object of code and message.
 */
export function readOAuthError(response: HttpResponse, now: number): OAuthError | undefined {
  const body = parseBoundedJson(response.body);
  const fields = isRecord(body) ? body : {};
  if (response.status < 400 && fields.error === undefined) return undefined;
  const inner = isRecord(fields.error) ? fields.error : {};
  const error = textOf(fields.error) ?? textOf(inner.code) ?? '';
  const words = textOf(fields.error_description) ?? textOf(inner.message) ?? textOf(fields.message) ?? error;
  return {
    status: response.status,
    error,
    words,
    retryAfter: parseRetryAfter(response.headers['retry-after'], now),
  };
}

/** Whether the service is temporarily unavailable, rather than refusing. */
export function isUnavailable({ status }: OAuthError): boolean {
  return status >= 500 || status === 429 || status === 408;
}

/** Hint for an unavailable login service. */
export const UNAVAILABLE = 'Retry in a few minutes.';

function textOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? sanitize(value) : '';
  return text === '' ? undefined : text;
}
