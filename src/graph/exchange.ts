import { randomUUID } from 'node:crypto';
import type { TokenSource } from '../auth/token-source';
import { PluginError } from '../errors';
import {
  type HttpRequest,
  type HttpResponse,
  isTransportError,
  type Transport,
  type TransportError,
} from '../http/transport';
import { USER_AGENT } from '../version';
import { graphError, requestIdOf } from './error';
import { type Patience, persist } from './retry';

export interface Exchange extends Patience {
  readonly transport: Transport;
  readonly tokens: TokenSource;
  /** Milliseconds for one HTTP exchange. */
  readonly timeout: number;
}

/** What is asked of Graph: an address below its origin, and a body where it is a POST. */
export type Question = Pick<HttpRequest, 'method' | 'body'> & {
  readonly url: URL;
  /** Carries this one; the exchange's own unless given. */
  readonly transport?: Transport;
};

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
    const token = await exchange.tokens.get(signal);
    const response = await send(exchange, question, token.value, attempt, signal);
    if (response.status !== 401 || !token.cached)
      return read(accepted(exchange, question, response, token.value));
    const renewed = await exchange.tokens.renew(token.value, signal);
    const second = await send(exchange, question, renewed.value, attempt, signal);
    return read(accepted(exchange, question, second, renewed.value));
  });
}

async function send(
  exchange: Exchange,
  { url, method, body, transport = exchange.transport }: Question,
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
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const told = { method, path: url.pathname, attempt, clientRequestId };
  try {
    const response = await transport({
      method,
      url: url.href,
      headers,
      timeout: exchange.timeout,
      signal,
      ...(body === undefined ? {} : { body }),
    });
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
    throw unanswered(asked(url, method), error);
  }
}

/** An error is told in the service's own words, and those may repeat what it was sent. */
function accepted(
  { clock }: Exchange,
  { url, method }: Question,
  response: HttpResponse,
  token: string,
): HttpResponse {
  if (response.status >= 200 && response.status < 300) return response;
  const body = response.body.replaceAll(token, '***');
  throw graphError(asked(url, method), { ...response, body }, clock.now());
}

/** The request line as it is told to people: no origin, no query. */
export function asked(url: URL, method: Question['method'] = 'GET'): string {
  return `${method} ${url.pathname}`;
}

const HINTS: Readonly<Record<TransportError['fault'], string>> = {
  refused: 'Check that the address is right and that a firewall or proxy lets it through.',
  unresolved: 'Check the name, DNS, and whether a proxy is needed (parameter proxy).',
  reset: 'Ask again; if it stays so, something between here and there cuts connections.',
  timeout: 'Ask again, or raise the parameter request_timeout.',
  untrusted:
    'Make the issuing authority known by NODE_EXTRA_CA_CERTS, or check what answers in the place of the service.',
  'too-large': 'Ask for less: a lower limit, or fewer properties by $select.',
  cancelled: 'Run the command again.',
  unreachable: 'Check the network and whether a proxy is needed (parameter proxy).',
  proxy:
    'Check HTTPS_PROXY and NO_PROXY in the environment; a user and password stand before the name: http://user:password@proxy.contoso.com:8080.',
};

/** The error for a request that got no answer. */
export function unanswered(attempt: string, error: TransportError): PluginError {
  const code =
    error.fault === 'cancelled' ? 'CANCELLED' : error.fault === 'timeout' ? 'TIMED_OUT' : 'NETWORK_FAILED';
  const told =
    error.fault === 'too-large'
      ? `${attempt} got an answer from ${error.origin} that was refused: ${error.reason}.`
      : `${attempt} got no answer from ${error.origin}: ${error.reason}.`;
  return new PluginError(code, told, {
    hint: HINTS[error.fault],
    cause: error,
  });
}
