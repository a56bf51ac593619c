import { randomUUID } from 'node:crypto';
import type { MemoryBudget } from '../base/memory-budget';
import { USER_AGENT } from '../base/version';
import { networkError } from '../http/network-error';
import { type RetryBudget, SharedFailure, withRetry } from '../http/retry';
import type { TokenSource } from '../http/token-source';
import { type HttpResponse, isTransportError, type Transport } from '../http/transport';
import type { GraphTraffic } from './batching-transport';
import { graphError, requestIdOf } from './error';

export interface Exchange {
  readonly budget: RetryBudget;
  readonly transport: Transport;
  /** Carries the requests of all commands of the instance; one for this client by default. */
  readonly traffic?: GraphTraffic;
  readonly tokens: TokenSource;
  /** Milliseconds for one HTTP exchange. */
  readonly timeout: number;
  /** Bytes that the responses to one call of `execute` may hold; `BOUNDS.commandBytes` by default. */
  readonly memoryBytes?: number | undefined;
  /** Tokens that Graph accepted: one that worked and is refused later was revoked or has expired. */
  readonly worked?: Set<string>;
}

/** What is read from Graph: an address below its origin. */
export interface ExchangeRequest {
  readonly url: URL;
  /** Carries this one; the exchange's own unless given. */
  readonly transport?: Transport;
  /** Counts the bytes of the response. */
  readonly memory?: MemoryBudget;
}

/**
 * Asks Graph with a token until there is an answer that can be read, as long as the rules of retry and the command's time
 * allow; a token that is cached or worked before, and that Graph refuses, is replaced once per attempt.
 * @param read makes something of the answer, or throws what is wrong with it.
 * @throws PluginError for every answer that is not a 2xx, what `read` throws, and where no answer came.
 */
export function sendRequest<T>(
  exchange: Exchange,
  question: ExchangeRequest,
  read: (response: HttpResponse) => T,
  signal: AbortSignal,
): Promise<T> {
  return withRetry(exchange.budget, signal, async (attempt) => {
    const token = await exchange.tokens.get(signal).catch(metByAll);
    const response = await send(exchange, question, token.value, attempt, signal);
    if (response.status !== 401) exchange.worked?.add(token.value);
    if (response.status !== 401 || !(token.cached || exchange.worked?.has(token.value)))
      return read(accepted(exchange, question, response, token.value));
    const renewed = await exchange.tokens.renew(token.value, signal).catch(metByAll);
    const second = await send(exchange, question, renewed.value, attempt, signal);
    return read(accepted(exchange, question, second, renewed.value));
  });
}

/** All requests of a command wait for the same login. */
function metByAll(trouble: unknown): never {
  throw new SharedFailure(trouble);
}

async function send(
  exchange: Exchange,
  { url, transport = exchange.transport, memory }: ExchangeRequest,
  token: string,
  attempt: number,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const clientRequestId = randomUUID();
  const started = exchange.budget.clock.now();
  const headers = {
    accept: 'application/json',
    authorization: `Bearer ${token}`,
    'client-request-id': clientRequestId,
    'user-agent': USER_AGENT,
  };
  const told = { method: 'GET', path: url.pathname, attempt, clientRequestId };
  try {
    const { timeout } = exchange;
    const response = await transport({ method: 'GET', url: url.href, headers, timeout, signal, memory });
    exchange.budget.log('info', 'graph answered', {
      ...told,
      status: response.status,
      milliseconds: exchange.budget.clock.now() - started,
      requestId: requestIdOf(response),
    });
    return response;
  } catch (error) {
    if (!isTransportError(error)) throw error;
    exchange.budget.log('warn', 'graph did not answer', {
      ...told,
      fault: error.fault,
      milliseconds: exchange.budget.clock.now() - started,
    });
    throw networkError(requestLine(url), error);
  }
}

/** An error is told in the service's own words, and those may repeat what it was sent. */
function accepted(
  { budget: { clock } }: Exchange,
  { url }: ExchangeRequest,
  response: HttpResponse,
  token: string,
): HttpResponse {
  if (response.status >= 200 && response.status < 300) return response;
  const body = response.body.replaceAll(token, '***');
  throw graphError(requestLine(url), { ...response, body }, clock.now());
}

/** The request line as it is told to people: no origin, no query. */
export function requestLine(url: URL): string {
  return `GET ${url.pathname}`;
}
