import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type Incoming, type SandboxResponse, split } from './http-message';

/** The outcome of a request: a response, complete or truncated, or a connection that closes without one. */
export type ServedOutcome =
  | { readonly kind: 'complete' | 'truncated'; readonly response: SandboxResponse }
  | { readonly kind: 'reset' };

/** Serves the requests of a server; `latency` returns the milliseconds to wait before each response. */
export function serveTls(
  server: Server,
  latency: () => number,
  handle: (incoming: Incoming) => ServedOutcome,
): void {
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    serve(request, response, latency, handle).catch((error: unknown) => response.destroy(asError(error)));
  });
}

/** Binds to 127.0.0.1. @returns the port @throws the system's error where the port is taken */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Closes at once, connections that are kept alive included. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  latency: () => number,
  handle: (incoming: Incoming) => ServedOutcome,
): Promise<void> {
  const outcome = handle(await read(request));
  const delay = latency();
  if (delay > 0) await wait(delay, undefined, { ref: false });
  if (!response.destroyed) send(response, outcome);
}

async function read(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers))
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  return {
    method: request.method ?? 'GET',
    ...split(request.url ?? '/'),
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function send(response: ServerResponse, outcome: ServedOutcome): void {
  if (outcome.kind === 'reset') {
    response.destroy();
    return;
  }
  const { status, headers, body } = outcome.response;
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  if (outcome.kind === 'complete') response.end(bytes);
  else response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
