import { type ClientRequest, request as requestPlainly } from 'node:http';
import { Agent, type AgentOptions, type RequestOptions, request as requestSecurely } from 'node:https';
import type { Duplex } from 'node:stream';
import { proxyName } from './proxy';

/** Milliseconds that a proxy may take to open a tunnel. */
const CONNECT_TIMEOUT = 20_000;

/** Reports why a proxy opened no tunnel: its status, or the failure of the connection to it (`cause`). */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';
  constructor(
    readonly proxy: string,
    readonly status: number | undefined,
    cause?: unknown,
  ) {
    super('the proxy opened no tunnel', { cause });
  }
}

type Connected = (error: Error | null, socket: Duplex) => void;

/**
 * An agent whose connections go through a tunnel that a proxy opens (RFC 9110, 9.3.6): TLS is spoken with the service, and
 * the proxy sees its name and port only.
 */
export class TunnelAgent extends Agent {
  readonly #proxy: URL;

  constructor(proxy: URL, options: AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  /** The address of the proxy without credentials. */
  get proxyName(): string {
    return proxyName(this.#proxy);
  }

  override createConnection(options: RequestOptions, connected: Connected): undefined {
    const fail = (status?: number, cause?: unknown) =>
      connected(new ProxyFailure(this.proxyName, status, cause), undefined as never);
    const request = connect(this.#proxy, `${bracketed(options.host ?? '')}:${options.port}`, this.options);
    request.on('error', (cause) => fail(undefined, cause));
    request.on('timeout', () => request.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
    request.on('connect', ({ statusCode = 0 }, socket) => {
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        fail(statusCode);
        return;
      }
      socket.setTimeout(0);
      socket.ref();
      const secured = super.createConnection({ ...options, socket } as RequestOptions, connected);
      if (secured) connected(null, secured);
    });
    request.end();
    return undefined;
  }
}

/** The request for a tunnel. Its socket keeps no process alive: the caller that waits for the tunnel does. */
function connect(proxy: URL, authority: string, tls: AgentOptions): ClientRequest {
  const secure = proxy.protocol === 'https:';
  const credentials = `${decoded(proxy.username)}:${decoded(proxy.password)}`;
  const request = (secure ? requestSecurely : requestPlainly)({
    ...(secure ? { ca: tls.ca, rejectUnauthorized: tls.rejectUnauthorized } : {}),
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (secure ? 443 : 80),
    method: 'CONNECT',
    path: authority,
    agent: false,
    timeout: CONNECT_TIMEOUT,
    headers: {
      host: authority,
      ...(credentials === ':'
        ? {}
        : { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }),
    },
  });
  return request.on('socket', (socket) => socket.unref());
}

function bracketed(name: string): string {
  return name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
}

/** Decodes percent-encoding; a percent sign that encodes nothing stays. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
