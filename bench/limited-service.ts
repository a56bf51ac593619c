import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service that grants a number of requests in each window of ten seconds, and responds to after a latency. */
export interface LimitedService {
  readonly origin: string;
  /** When each request was granted, and when each was rejected: milliseconds since the epoch. */
  readonly granted: readonly number[];
  readonly refused: readonly number[];
  close(): Promise<void>;
}

const WINDOW = 10_000;

/** @param rate requests per second @param latency milliseconds */
export async function limitedService(rate: number, latency: number): Promise<LimitedService> {
  const granted: number[] = [];
  const refused: number[] = [];
  const limit = (rate * WINDOW) / 1000;
  let windowStart = 0;
  let used = 0;
  const server = createServer((_, response) => {
    const now = Date.now();
    if (now >= windowStart + WINDOW) {
      windowStart = now;
      used = 0;
    }
    used += 1;
    const isGranted = used <= limit;
    (isGranted ? granted : refused).push(now);
    const wait = Math.ceil((windowStart + WINDOW - now) / 1000);
    setTimeout(() => {
      if (isGranted) response.writeHead(200).end();
      else response.writeHead(429, { 'retry-after': String(wait) }).end();
    }, latency);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    granted,
    refused,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
