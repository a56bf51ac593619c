import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { PluginError } from '../base/errors';
import { quoted } from '../base/sanitize';
import type { Metrics } from './metrics';

/** Serves `/metrics` for Prometheus and `/healthz` for probes. */
interface MetricsServer {
  readonly address: string;
  close(): Promise<void>;
}

/**
 * @param where `PORT` on loopback, or `HOST:PORT`
 * @throws PluginError INVOCATION_UNREADABLE for an address that is not one, or that is in use
 */
export async function serveMetrics(metrics: Metrics, where: string): Promise<MetricsServer> {
  const [, host = '127.0.0.1', digits = ''] = /^(?:\[?([^\]]+)\]?:)?(\d{1,5})$/.exec(where) ?? [];
  const port = digits === '' ? Number.NaN : Number(digits);
  if (!(port <= 65_535))
    throw new PluginError(
      'INVOCATION_UNREADABLE',
      `--metrics: ${quoted(where)} is not a port or an address with a port.`,
      {
        hint: 'Give a port such as 9464, or an address and a port such as 0.0.0.0:9464.',
      },
    );
  const server = createServer((request, response) => {
    if (request.method !== 'GET') return void response.writeHead(405).end();
    if (request.url === '/healthz') return void response.writeHead(200).end('ok\n');
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    void metrics.text().then(
      (text) =>
        response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.unref();
  await listening(server, host, port);
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/metrics`,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function listening(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new PluginError('INVOCATION_UNREADABLE', `--metrics: cannot listen on ${host}:${port}.`, {
      hint: 'Choose another port: another process may use it.',
      cause,
    });
  }
}
