import { randomUUID } from 'node:crypto';
import type { TokenSource } from '../auth/token-source';
import type { Clock } from '../clock';
import { PluginError } from '../errors';
import { type HttpResponse, isTransportError, type Transport, type TransportError } from '../http/transport';
import type { Log } from '../log';
import { USER_AGENT } from '../version';
import { graphError } from './error';

export interface Exchange {
  readonly transport: Transport;
  readonly tokens: TokenSource;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds for one HTTP exchange. */
  readonly timeout: number;
}

/**
 * One GET to Graph with a token, in one exchange; a cached token that Graph refuses is replaced once.
 * @throws PluginError for every answer that is not a 2xx, and where no answer came.
 */
export async function get(exchange: Exchange, url: URL, signal: AbortSignal): Promise<HttpResponse> {
  const token = await exchange.tokens.get(signal);
  const response = await send(exchange, url, token.value, signal);
  if (response.status !== 401 || !token.cached) return accepted(exchange, url, response);
  const renewed = await exchange.tokens.renew(token.value, signal);
  return accepted(exchange, url, await send(exchange, url, renewed.value, signal));
}

async function send(exchange: Exchange, url: URL, token: string, signal: AbortSignal): Promise<HttpResponse> {
  const requestId = randomUUID();
  const started = exchange.clock.now();
  const headers = {
    accept: 'application/json',
    authorization: `Bearer ${token}`,
    'client-request-id': requestId,
    'user-agent': USER_AGENT,
  };
  try {
    const response = await exchange.transport({
      method: 'GET',
      url: url.href,
      headers,
      timeout: exchange.timeout,
      signal,
    });
    exchange.log('info', 'graph answered', {
      path: url.pathname,
      status: response.status,
      milliseconds: exchange.clock.now() - started,
      clientRequestId: requestId,
      requestId: response.headers['request-id'],
    });
    return response;
  } catch (error) {
    if (!isTransportError(error)) throw error;
    exchange.log('warn', 'graph did not answer', {
      path: url.pathname,
      fault: error.fault,
      clientRequestId: requestId,
    });
    throw unanswered(asked(url), error);
  }
}

function accepted(exchange: Exchange, url: URL, response: HttpResponse): HttpResponse {
  if (response.status >= 200 && response.status < 300) return response;
  throw graphError(asked(url), response, exchange.clock.now());
}

/** The request line as it is told to people: no origin, no query. */
export function asked(url: URL): string {
  return `GET ${url.pathname}`;
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
};

/** The error for a request that got no answer. */
export function unanswered(attempt: string, error: TransportError): PluginError {
  const code =
    error.fault === 'cancelled' ? 'CANCELLED' : error.fault === 'timeout' ? 'TIMED_OUT' : 'NETWORK_FAILED';
  return new PluginError(code, `${attempt} got no answer from ${error.origin}: ${error.reason}.`, {
    hint: HINTS[error.fault],
    cause: error,
  });
}
