import { randomUUID } from 'node:crypto';
import type { TokenSource } from '../auth/token-source';
import { type HttpResponse, isTransportError, type Transport } from '../http/transport';
import { unanswered } from '../http/unanswered';
import { USER_AGENT } from '../version';
import { graphError, requestIdOf } from './error';
import { MetByAll, type Patience, persist } from './retry';

export interface Exchange extends Patience {
  readonly transport: Transport;
  readonly tokens: TokenSource;
  /** Milliseconds for one HTTP exchange. */
  readonly timeout: number;
}

/** What is read from Graph: an address below its origin. */
export interface Question {
  readonly url: URL;
  /** Carries this one; the exchange's own unless given. */
  readonly transport?: Transport;
}

/**
 * Asks Graph with a token until there is an answer that can be read, as long as the rules of retry and the command's time
 * allow; a cached token that Graph refuses is replaced once.
 * @param read makes something of the answer, or throws what is wrong with it.
 * @throws PluginError for every answer that is not a 2xx, what `read` throws, and where no answer came.
 */
export function ask<T>(
  exchange: Exchange,
  question: Question,
  read: (response: HttpResponse) => T,
  signal: AbortSignal,
): Promise<T> {
  return persist(exchange, signal, async (attempt) => {
    const token = await exchange.tokens.get(signal).catch(metByAll);
    const response = await send(exchange, question, token.value, attempt, signal);
    if (response.status !== 401 || !token.cached)
      return read(accepted(exchange, question, response, token.value));
    const renewed = await exchange.tokens.renew(token.value, signal).catch(metByAll);
    const second = await send(exchange, question, renewed.value, attempt, signal);
    return read(accepted(exchange, question, second, renewed.value));
  });
}

/** All requests of a command wait for the same login. */
function metByAll(trouble: unknown): never {
  throw new MetByAll(trouble);
}

async function send(
  exchange: Exchange,
  { url, transport = exchange.transport }: Question,
  token: string,
  attempt: number,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const clientRequestId = randomUUID();
  const started = exchange.clock.now();
  const headers = {
    accept: 'application/json',
    authorization: `Bearer ${token}`,
    'client-request-id': clientRequestId,
    'user-agent': USER_AGENT,
  };
  const told = { method: 'GET', path: url.pathname, attempt, clientRequestId };
  try {
    const { timeout } = exchange;
    const response = await transport({ method: 'GET', url: url.href, headers, timeout, signal });
    exchange.log('info', 'graph answered', {
      ...told,
      status: response.status,
      milliseconds: exchange.clock.now() - started,
      requestId: requestIdOf(response),
    });
    return response;
  } catch (error) {
    if (!isTransportError(error)) throw error;
    exchange.log('warn', 'graph did not answer', {
      ...told,
      fault: error.fault,
      milliseconds: exchange.clock.now() - started,
    });
    throw unanswered(asked(url), error);
  }
}

/** An error is told in the service's own words, and those may repeat what it was sent. */
function accepted(
  { clock }: Exchange,
  { url }: Question,
  response: HttpResponse,
  token: string,
): HttpResponse {
  if (response.status >= 200 && response.status < 300) return response;
  const body = response.body.replaceAll(token, '***');
  throw graphError(asked(url), { ...response, body }, clock.now());
}

/** The request line as it is told to people: no origin, no query. */
export function asked(url: URL): string {
  return `GET ${url.pathname}`;
}
