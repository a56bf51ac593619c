import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { axiosTransport } from '../../src/http/axios-transport';
import type { HttpRequest } from '../../src/http/transport';
import { makeCertificate, type TlsCredentials } from '../../src/sandbox/tls';

let certificate: TlsCredentials;
beforeAll(async () => {
  certificate = makeCertificate();
});

/** A server that cuts a connection as soon as a second request comes in on it. */
async function forgetfulServer(): Promise<{ server: Server; origin: string; requests: () => number }> {
  const used = new WeakSet<Socket>();
  let requests = 0;
  const server = createServer(certificate, (request, response) => {
    requests += 1;
    if (used.has(request.socket)) request.socket.destroy();
    else response.end('{}');
    used.add(request.socket);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return { server, origin: `https://localhost:${port}`, requests: () => requests };
}

function request(url: string, method: HttpRequest['method']): HttpRequest {
  return { method, url, headers: {}, timeout: 5_000 };
}

test('a request on an idle connection that was closed is sent again on a new one', async () => {
  const { server, origin } = await forgetfulServer();
  const send = axiosTransport({ insecure: false, ca: certificate.cert });
  await Promise.all([1, 2, 3, 4].map(() => send(request(origin, 'GET'))));
  for (const [url, method] of [
    [origin, 'GET'],
    [origin, 'GET'],
    [`${origin}/v1.0/$batch`, 'POST'],
  ] as const)
    expect((await send(request(url, method))).status).toBe(200);
  server.closeAllConnections();
  server.close();
});

test('a POST that may change something is not repeated', async () => {
  const { server, origin, requests } = await forgetfulServer();
  const send = axiosTransport({ insecure: false, ca: certificate.cert });
  await send(request(origin, 'GET'));
  await expect(send(request(`${origin}/token`, 'POST'))).rejects.toMatchObject({ fault: 'reset' });
  expect(requests()).toBe(2);
  server.closeAllConnections();
  server.close();
});
