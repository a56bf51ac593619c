import { randomUUID } from 'node:crypto';
import { isPluginError, PluginError } from '../base/errors';
import { isRecord, parseJson } from '../base/json';
import type { MemoryBudget } from '../base/memory-budget';
import type { AbortSignalLike } from '../base/plain-abort';
import { USER_AGENT } from '../base/version';
import { networkError } from '../http/network-error';
import { outageTimeLeft, type RetryContext, SharedFailure, withRetry } from '../http/retry';
import type { Token, TokenSource } from '../http/token-source';
import { type HttpRequest, type HttpResponse, isTransportError, type Transport } from '../http/transport';
import type { GraphTraffic } from './batching-transport';
import { graphError, isNotFound, requestIdOf } from './error';

/** Hints for responses about missing access; they depend on the sign-in method. */
export interface AccessHints {
  /** 403: which permission, and whose. */
  readonly forbidden: string;
  /** 401 with a claims challenge that a new token does not satisfy. */
  readonly claims: string;
}

export interface SendPorts {
  readonly retry: RetryContext;
  readonly transport: Transport;
  /** Carries the requests of all commands of the instance; one for this client by default. */
  readonly traffic?: GraphTraffic;
  readonly tokens: TokenSource;
  /** Milliseconds for one HTTP exchange. */
  readonly timeout: number;
  /** Bytes that the responses to one call of `execute` may contain; `BOUNDS.commandBytes` by default. */
  readonly memoryBytes?: number | undefined;
  /** Tokens that Graph accepted: one that worked and is rejected later was revoked or has expired. */
  readonly acceptedTokens?: Set<string>;
  readonly hints?: AccessHints | undefined;
}

/** A request to Graph: a URL within its origin. */
interface AuthorizedRequest {
  readonly url: URL;
  /** Carries this request; the exchange's own transport unless given. */
  readonly transport?: Transport;
  /** Counts the bytes of the response. */
  readonly memory?: MemoryBudget;
  /** Whether a 404 with "not found" is a result, passed to `read`. An error for each would cost more than the rest of a long list. */
  readonly mayBeMissing?: boolean;
}

/**
 * Sends a request with a token until a readable response arrives, within the rules of retry and the command's time. A token from the
 * state, or one that worked before, is renewed if Graph rejects it (401) or reports a missing role (403: consent may be newer than the
 * token). Any token is renewed once with the claims that Graph demands.
 * @param read converts the response to a value, or throws an error for an invalid response.
 * @throws PluginError for every response that is not a 2xx (see `mayBeMissing`), what `read` throws, and where no response arrived.
 */
export function sendRequest<T>(
  exchange: SendPorts,
  request: AuthorizedRequest,
  read: (response: HttpResponse) => T,
  signal: AbortSignalLike,
): Promise<T> {
  return withRetry(exchange.retry, signal, async (attempt) => {
    let token = await exchange.tokens.get(signal).catch(signInFailure);
    for (let renewals = 0; ; renewals++) {
      const response = await sendOnce(exchange, request, token.value, attempt, signal);
      if (response.status !== 401 && response.status !== 403) remember(exchange.acceptedTokens, token.value);
      const claims = claimsChallenge(response);
      if (request.mayBeMissing && response.status === 404 && isNotFound(response)) return read(response);
      if (!mayRenew(exchange, token, response, claims !== undefined, renewals))
        return read(checkStatus(exchange, request, response, token.value));
      token = await renew(exchange, token, claims, signal);
    }
  });
}

/** Renewals of one attempt: tokens that worked may be revoked one shortly after the other. */
const MOST_RENEWALS = 3;

/**
 * Whether Graph may accept a new token after it rejected this one. A renewed token is renewed again only where this identity is known to
 * work: it was revoked as well.
 */
function mayRenew(
  { acceptedTokens, retry: { longWork } }: SendPorts,
  token: Token,
  { status }: HttpResponse,
  isChallenged: boolean,
  renewals: number,
): boolean {
  const isKnownToWork = renewals > 0 && longWork !== undefined && longWork.completed > 0;
  const hasBeenAccepted = status === 401 && (isKnownToWork || acceptedTokens?.has(token.value) === true);
  if (renewals > 0) return hasBeenAccepted && renewals < MOST_RENEWALS;
  return hasBeenAccepted || isChallenged || (token.cached && (status === 401 || status === 403));
}

/** Returns a token and retries like a request. @throws PluginError as {@link TokenSource} does. */
export function tokenWithRetry(
  { retry, tokens }: Pick<SendPorts, 'retry' | 'tokens'>,
  signal: AbortSignalLike,
): Promise<Token> {
  return withRetry(retry, signal, () => tokens.get(signal).catch(signInFailure));
}

async function renew(
  { tokens, hints }: SendPorts,
  refused: Token,
  claims: string | undefined,
  signal: AbortSignalLike,
): Promise<Token> {
  try {
    return await tokens.renew(refused.value, signal, claims);
  } catch (error) {
    const needsPerson = claims !== undefined && isPluginError(error) && error.code === 'AUTH_FAILED';
    return sharedFailure(
      needsPerson ? new PluginError(error.code, error.message, { ...error, hint: hints?.claims }) : error,
    );
  }
}

/** A process that runs for months uses many tokens, one after the other. */
const REMEMBERED = 1_000;

function remember(acceptedTokens: Set<string> | undefined, token: string): void {
  if (acceptedTokens === undefined || acceptedTokens.has(token)) return;
  if (acceptedTokens.size >= REMEMBERED) acceptedTokens.clear();
  acceptedTokens.add(token);
}

/** Marks a failed sign-in: no request can be sent without a token. */
function signInFailure(error: unknown): never {
  throw new SharedFailure(error, true);
}

/** Marks an error of the sign-in, which all requests of a command share. */
function sharedFailure(error: unknown): never {
  throw new SharedFailure(error);
}

async function sendOnce(
  exchange: SendPorts,
  { url, transport = exchange.transport, memory }: AuthorizedRequest,
  token: string,
  attempt: number,
  signal: AbortSignalLike,
): Promise<HttpResponse> {
  const clientRequestId = randomUUID();
  const started = exchange.retry.clock.monotonic();
  const fields = { method: 'GET', path: url.pathname, attempt, clientRequestId };
  try {
    const timeout = Math.max(1, Math.min(exchange.timeout, outageTimeLeft(exchange.retry)));
    const limits = { timeout, signal, memory, isRetry: attempt > 1 ? true : undefined };
    const response = await transport(httpRequest(url, token, clientRequestId, limits));
    exchange.retry.log('info', 'graph responded', {
      ...fields,
      status: response.status,
      milliseconds: exchange.retry.clock.monotonic() - started,
      requestId: requestIdOf(response),
    });
    return response;
  } catch (error) {
    if (!isTransportError(error)) throw error;
    exchange.retry.log('warn', 'graph did not respond', {
      ...fields,
      fault: error.fault,
      milliseconds: exchange.retry.clock.monotonic() - started,
    });
    throw networkError(requestLine(url), error);
  }
}

/** Returns the HTTP request for a URL of Graph. */
export function httpRequest(
  url: URL,
  token: string,
  clientRequestId: string,
  { timeout, signal, memory, isRetry }: Omit<HttpRequest, 'method' | 'url' | 'headers'>,
): HttpRequest {
  const headers = {
    accept: 'application/json',
    authorization: `Bearer ${token}`,
    'client-request-id': clientRequestId,
    'user-agent': USER_AGENT,
  };
  return { method: 'GET', url: url.href, headers, timeout, signal, memory, isRetry };
}

/** Returns a 2xx response. Errors mask the token, because the service may repeat it. @throws PluginError for other statuses */
function checkStatus(
  { retry: { clock }, hints }: SendPorts,
  { url }: AuthorizedRequest,
  response: HttpResponse,
  token: string,
): HttpResponse {
  if (response.status >= 200 && response.status < 300) return response;
  const body = response.body.replaceAll(token, '***');
  throw graphError(requestLine(url), { ...response, body }, clock.now(), accessHint(response, hints));
}

function accessHint(response: HttpResponse, hints: AccessHints | undefined): string | undefined {
  if (response.status === 403) return hints?.forbidden;
  return claimsChallenge(response) === undefined ? undefined : hints?.claims;
}

/** The request line as users read it: no origin, no query. */
export function requestLine(url: URL): string {
  return `GET ${url.pathname}`;
}

/** Characters of a challenge; Microsoft's have a few hundred. */
const LONGEST = 8_192;

/**
 * The claims (JSON) that Graph demands of the next token, from `WWW-Authenticate` of a 401: conditional access, or continuous access
 * evaluation (https://learn.microsoft.com/entra/identity-platform/claims-challenge). Undefined for any other response.
 */
function claimsChallenge({ status, headers }: HttpResponse): string | undefined {
  if (status !== 401) return undefined;
  const [, encoded = ''] = /\bclaims="([\w+/=-]+)"/.exec(headers['www-authenticate'] ?? '') ?? [];
  if (encoded === '' || encoded.length > LONGEST) return undefined;
  const claims = Buffer.from(encoded, 'base64').toString();
  return isRecord(parseJson(claims)) ? claims : undefined;
}
