import { createServer } from 'node:http';
import { connect, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { axiosTransport } from '../../src/http/axios-transport';
import { closeServer, listen } from '../../src/sandbox/server';
import { json, startHostile } from '../faults/hostile';

test('an open tunnel has no idle timeout: slow responses and idle connections are not cut', async () => {
  const service = await startHostile();
  service.play(json({ ok: true }));
  const proxy = createServer();
  const sockets: Duplex[] = [];
  proxy.on('connect', (request, client) => {
    const [host = '', port] = (request.url ?? '').split(':');
    const upstream = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [upstream, client]) sockets.push(socket.on('error', () => socket.destroy()));
  });
  const address = `http://127.0.0.1:${await listen(proxy as never, 0)}`;
  const timeouts = new Map<Socket, number>();
  const { setTimeout: original } = Socket.prototype;
  const spy = jest.spyOn(Socket.prototype, 'setTimeout').mockImplementation(function (
    this: Socket,
    ...args: Parameters<Socket['setTimeout']>
  ) {
    timeouts.set(this, args[0]);
    return original.apply(this, args);
  });
  const transport = axiosTransport({ insecure: false, ca: service.ca, proxyFor: () => new URL(address) });
  const request = { method: 'GET', url: `${service.origin}/x`, headers: {}, timeout: 5_000 } as const;
  const { status } = await transport(request);
  spy.mockRestore();
  for (const socket of sockets) socket.destroy();
  await Promise.all([service.close(), closeServer(proxy as never)]);
  expect(status).toBe(200);
  // The proxy had 20 seconds to open the tunnel; after that the last word must be 0.
  expect([...timeouts.values()]).not.toContain(20_000);
  expect([...timeouts.values()]).toContain(0);
});
