import { Agent } from 'node:https';
import axios, { type AxiosResponse } from 'axios';
import { faultOf } from './fault';
import type { HttpRequest, HttpResponse, Transport } from './transport';

/** An answer larger than this is refused. */
const MAX_BYTES = 64 * 1024 * 1024;

export interface TransportOptions {
  /** Accept any certificate (the parameter `insecure`). */
  readonly insecure: boolean;
  /** A certificate to trust beside Node's own, PEM. */
  readonly ca?: string | undefined;
}

/** The transport of the product: axios over one keep-alive pool. */
export function axiosTransport(options: TransportOptions): Transport {
  const httpsAgent = new Agent({
    keepAlive: true,
    rejectUnauthorized: !options.insecure,
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  });
  return (request) => exchange(request, httpsAgent);
}

async function exchange(request: HttpRequest, httpsAgent: Agent): Promise<HttpResponse> {
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(), request.timeout);
  const signals = request.signal === undefined ? [timer.signal] : [timer.signal, request.signal];
  try {
    return fromAxios(
      await axios.request<string>({
        url: request.url,
        method: request.method,
        headers: { ...request.headers },
        data: request.body,
        signal: AbortSignal.any(signals),
        adapter: 'http',
        httpsAgent,
        proxy: false,
        maxRedirects: 0,
        maxContentLength: MAX_BYTES,
        maxBodyLength: MAX_BYTES,
        responseType: 'text',
        transformResponse: [],
        validateStatus: () => true,
      }),
    );
  } catch (error) {
    const fault = request.signal?.aborted ? 'cancelled' : timer.signal.aborted ? 'timeout' : undefined;
    throw faultOf(error, new URL(request.url).origin, fault);
  } finally {
    clearTimeout(timeout);
  }
}

function fromAxios(response: AxiosResponse<string>): HttpResponse {
  const headers = Object.entries(response.headers).map(
    ([name, value]) => [name.toLowerCase(), [value].flat().join(', ')] as const,
  );
  return { status: response.status, headers: Object.fromEntries(headers), body: response.data ?? '' };
}
