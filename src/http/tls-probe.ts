import { Agent, request as httpsRequest } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { AbortSignalLike } from '../base/plain-abort';
import { classifyFailure } from './classify-failure';
import type { ProxyFor } from './proxy';
import { TunnelAgent } from './tunnel';

/** The clock and the TLS certificate of a service. */
export interface TlsProbe {
  /** Its clock, in milliseconds since the epoch; undefined if the response has no date. */
  readonly date: number | undefined;
  /** The issuer of its certificate, and the end of its validity as written in the certificate. */
  readonly issuer: string;
  readonly validTo: string;
  /** Whether the certificate would be accepted; without `insecure` no other is. */
  readonly trusted: boolean;
}

interface TlsProbeOptions {
  readonly insecure: boolean;
  readonly ca?: string | undefined;
  readonly proxyFor?: ProxyFor | undefined;
  /** Milliseconds for the whole exchange. */
  readonly timeout: number;
  readonly signal: AbortSignalLike;
}

/**
 * Looks at a service by one HEAD request for its root, without credentials.
 * @throws TransportError if it cannot be reached in time or its certificate is not trusted; the signal's reason.
 */
export function probeTls(origin: string, options: TlsProbeOptions): Promise<TlsProbe> {
  const url = new URL(origin);
  const { insecure, ca, timeout, signal } = options;
  const tls = { rejectUnauthorized: !insecure, ...(ca === undefined ? {} : { ca }) };
  const proxy = options.proxyFor?.(url);
  const agent = proxy === undefined ? new Agent(tls) : new TunnelAgent(proxy, tls);
  let release = () => {};
  return new Promise<TlsProbe>((seen, failed) => {
    signal.throwIfAborted();
    const fail = (error: unknown): void =>
      failed(signal.aborted ? signal.reason : classifyFailure(error, origin));
    const request = httpsRequest(url, { method: 'HEAD', agent }, (response) => {
      const socket = response.socket as TLSSocket;
      const { issuer, valid_to } = socket.getPeerCertificate();
      const date = Date.parse(response.headers.date ?? '');
      response.resume();
      seen({
        date: Number.isNaN(date) ? undefined : date,
        issuer: [issuer?.O ?? issuer?.CN ?? 'unknown'].flat().join(', '),
        validTo: valid_to,
        trusted: socket.authorized,
      });
    });
    const stop = () => request.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }));
    const timer = setTimeout(stop, timeout);
    signal.addEventListener('abort', stop);
    release = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    };
    request.on('error', fail);
    request.end();
  }).finally(() => {
    release();
    agent.destroy();
  });
}
