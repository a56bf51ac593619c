import { Agent, type RequestOptions } from 'node:https';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import axios, { AxiosHeaders, type AxiosResponse, CanceledError } from 'axios';
import { BOUNDS } from '../base/bounds';
import { type Clock, systemClock } from '../base/clock';
import { isPluginError } from '../base/errors';
import type { MemoryBudget } from '../base/memory-budget';
import { PlainAbort } from '../base/plain-abort';
import { classifyFailure } from './classify-failure';
import type { ProxyFor } from './proxy';
import type { HttpRequest, HttpResponse, Transport } from './transport';
import { TunnelAgent } from './tunnel';

interface TransportOptions {
  /** Accept any certificate (the parameter `insecure`). */
  readonly insecure: boolean;
  /** A certificate to trust in addition to Node's own, PEM. */
  readonly ca?: string | undefined;
  /** The proxy for an address; no proxy by default. */
  readonly proxyFor?: ProxyFor | undefined;
  /** Measures the time of an exchange; the system clock by default. */
  readonly clock?: Clock;
}

/** Milliseconds without data after which a connection is probed: as axios sets them, or they are set twice for each exchange. */
const KEEP_ALIVE = 60_000;

/** Names connections by their service alone: Node's name contains every TLS option, so each request would hash a whole certificate. */
class DirectAgent extends Agent {
  override getName({ host, port }: RequestOptions): string {
    return `${host}:${port}`;
  }
}

/** The transport of the product: axios over one keep-alive pool, and one for each proxy. */
export function axiosTransport({ insecure, ca, proxyFor, clock }: TransportOptions): Transport {
  const tls = {
    keepAlive: true,
    keepAliveMsecs: KEEP_ALIVE,
    rejectUnauthorized: !insecure,
    ...(ca === undefined ? {} : { ca }),
  };
  const direct = new DirectAgent(tls);
  const tunnels = new Map<string, Agent>();

  function agentFor(request: HttpRequest): Agent {
    const proxy = request.direct ? undefined : proxyFor?.(new URL(request.url));
    if (proxy === undefined) return direct;
    const tunnel = tunnels.get(proxy.href) ?? new TunnelAgent(proxy, tls);
    tunnels.set(proxy.href, tunnel);
    return tunnel;
  }

  return (request) => sendWithAxios(request, agentFor(request), clock ?? systemClock);
}

/** The adapter itself: `axios.request` adds defaults, interceptors and transformations, and takes twice as long. */
const sendOverHttp = axios.getAdapter('http');

async function sendWithAxios(
  request: HttpRequest,
  httpsAgent: Agent,
  clock: Clock,
  again = false,
): Promise<HttpResponse> {
  const ending = new PlainAbort();
  const end = () => ending.abort();
  const stop = clock.after(request.timeout, end);
  request.signal?.addEventListener('abort', end);
  try {
    if (request.signal?.aborted) throw new CanceledError();
    const { status, headers, data } = await sendOverHttp({
      url: request.url,
      method: request.method,
      headers: axiosHeaders(request.headers),
      data: request.body,
      signal: ending,
      httpsAgent,
      proxy: false,
      maxRedirects: 0,
      responseType: 'stream',
    });
    const body = await readBody(data, request.memory);
    return { status, headers: headersOf(headers), body };
  } catch (error) {
    if (isPluginError(error)) throw error;
    const fault = request.signal?.aborted ? 'cancelled' : ending.aborted ? 'timeout' : undefined;
    const proxy = httpsAgent instanceof TunnelAgent ? httpsAgent.proxyName : undefined;
    const failure = classifyFailure(error, new URL(request.url).origin, fault, proxy);
    if (again || failure.fault !== 'reset' || !isStale(error) || !isRepeatable(request)) throw failure;
  } finally {
    stop();
    request.signal?.removeEventListener('abort', end);
  }
  // The service closed an idle connection at the moment of its use: a new connection is needed, not a wait.
  for (const sockets of Object.values(httpsAgent.freeSockets))
    for (const socket of sockets ?? []) socket.destroy();
  return sendWithAxios(request, httpsAgent, clock, true);
}

/** Whether a connection failed that was used before. */
function isStale(error: unknown): boolean {
  const request = axios.isAxiosError(error)
    ? (error.request as { reusedSocket?: boolean } | undefined)
    : undefined;
  return request?.reusedSocket === true;
}

/** Whether sending it twice does no harm: a batch contains nothing but GET requests. */
function isRepeatable({ method, url }: HttpRequest): boolean {
  return method === 'GET' || url.endsWith('/$batch');
}

/** Matches printable ASCII, which all our header values are. */
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** Skips axios' check of each header, which takes 2% of a warm request, unless a value is not plain ASCII. */
function axiosHeaders(headers: HttpRequest['headers']): AxiosHeaders {
  for (const value of Object.values(headers))
    if (!PRINTABLE_ASCII.test(value)) return new AxiosHeaders(headers);
  return Object.assign(new AxiosHeaders(), headers);
}

function headersOf(headers: AxiosResponse['headers']): HttpResponse['headers'] {
  return AxiosHeaders.from(headers as AxiosHeaders).toJSON(true) as Record<string, string>;
}

/** Thrown when a response is cut for its size. */
class TooLarge extends Error {
  readonly code = 'RESPONSE_TOO_LARGE';
}

/** Thrown when a response ends without its end. */
class Truncated extends Error {
  readonly code = 'ERR_STREAM_PREMATURE_CLOSE';
}

/**
 * Reads the text of a body (UTF-8). Bytes are counted as they arrive, so that a rejected body is never kept.
 * @throws TooLarge above `BOUNDS.responseBytes`; PluginError TOO_LARGE above the budget; the stream's own error where it breaks
 * off or cannot be decompressed.
 */
export function readBody(stream: Readable, memory?: MemoryBudget): Promise<string> {
  return new Promise((resolve, reject) => {
    const decoder = new StringDecoder('utf8');
    let text = '';
    let bytes = 0;
    stream.on('data', (chunk: Buffer) => {
      try {
        bytes += chunk.length;
        if (bytes > BOUNDS.responseBytes) throw new TooLarge();
        memory?.take(chunk.length);
        text += decoder.write(chunk);
      } catch (error) {
        reject(error);
        stream.destroy();
      }
    });
    stream.on('end', () => resolve((text + decoder.end()).replace(/^\uFEFF/, '')));
    stream.on('error', reject);
    stream.on('close', () => {
      if (!stream.readableEnded) reject(new Truncated());
    });
  });
}
