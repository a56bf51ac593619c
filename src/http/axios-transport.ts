import { Agent } from 'node:https';
import { addAbortSignal, type Readable } from 'node:stream';
import axios, { type AxiosResponse } from 'axios';
import { type Clock, systemClock } from '../clock';
import { faultOf } from './fault';
import { readBody } from './read-body';
import type { HttpRequest, HttpResponse, Transport } from './transport';

export interface TransportOptions {
  /** Accept any certificate (the parameter `insecure`). */
  readonly insecure: boolean;
  /** A certificate to trust beside Node's own, PEM. */
  readonly ca?: string | undefined;
  /** Tells when the time of an exchange is over; the system's unless given. */
  readonly clock?: Clock;
}

/** The transport of the product: axios over one keep-alive pool. */
export function axiosTransport(options: TransportOptions): Transport {
  const httpsAgent = new Agent({
    keepAlive: true,
    rejectUnauthorized: !options.insecure,
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  });
  return (request) => exchange(request, httpsAgent, options.clock ?? systemClock);
}

async function exchange(request: HttpRequest, httpsAgent: Agent, clock: Clock): Promise<HttpResponse> {
  const timer = new AbortController();
  const stop = clock.after(request.timeout, () => timer.abort());
  const signal = AbortSignal.any([timer.signal, ...(request.signal === undefined ? [] : [request.signal])]);
  try {
    const response = await axios.request<Readable>({
      url: request.url,
      method: request.method,
      headers: { ...request.headers },
      data: request.body,
      signal,
      adapter: 'http',
      httpsAgent,
      proxy: false,
      maxRedirects: 0,
      responseType: 'stream',
      validateStatus: () => true,
    });
    const body = await readBody(addAbortSignal(signal, response.data));
    return { status: response.status, headers: headersOf(response), body };
  } catch (error) {
    const fault = request.signal?.aborted ? 'cancelled' : timer.signal.aborted ? 'timeout' : undefined;
    throw faultOf(error, new URL(request.url).origin, fault);
  } finally {
    stop();
  }
}

function headersOf({ headers }: AxiosResponse): HttpResponse['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat().join(', ')]),
  );
}
