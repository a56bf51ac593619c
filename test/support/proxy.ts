import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** A CONNECT proxy on loopback. */
export interface TestProxy {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  /** The requests since the start: the authority of each CONNECT, and its credentials. */
  readonly tunnels: { authority: string; credentials: string | undefined }[];
  close(): Promise<void>;
}

/** @param refuse gives the status for what is not let through. */
export async function startProxy(
  refuse: (request: IncomingMessage) => number | undefined = () => undefined,
): Promise<TestProxy> {
  const tunnels: TestProxy['tunnels'] = [];
  const clients = new Set<Duplex>();
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on('connect', (request, client) => {
    const authority = request.url ?? '';
    const [, encoded] = request.headers['proxy-authorization']?.split(' ') ?? [];
    const credentials = encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString();
    tunnels.push({ authority, credentials });
    clients.add(client);
    client.on('error', () => {});
    const status = refuse(request);
    if (status !== undefined) {
      client.end(`HTTP/1.1 ${status} Refused\r\nproxy-authenticate: Basic realm="test"\r\n\r\n`);
      return;
    }
    const { hostname, port } = new URL(`tcp://${authority}`);
    const upstream = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const client of clients) client.destroy();
      }),
  };
}
