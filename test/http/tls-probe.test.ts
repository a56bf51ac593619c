import { createServer, type Server } from 'node:net';
import { PluginError } from '../../src/base/errors';
import { probeTls } from '../../src/http/tls-probe';
import { listen } from '../../src/sandbox/server';
import { raised } from '../support/raised';

/** Accepts connections and never responds, not even to the handshake. */
let silent: Server;
let origin: string;
let connected: Promise<unknown>;
beforeEach(async () => {
  silent = createServer();
  connected = new Promise((resolve) => {
    silent.on('connection', (socket) => {
      socket.on('error', () => {});
      socket.resume();
      resolve(undefined);
    });
  });
  origin = `https://localhost:${await listen(silent as never, 0)}`;
});
afterEach(() => new Promise((closed) => silent.close(closed)));

const never = new AbortController().signal;

test('a service that never responds fails after request_timeout', async () => {
  const failure = probeTls(origin, { insecure: true, timeout: 50, signal: never });
  await expect(failure).rejects.toMatchObject({ fault: 'timeout', origin });
});

test('a signal ends the wait with its reason', async () => {
  const interrupted = new AbortController();
  const reason = new PluginError('CANCELLED', 'Interrupted by SIGTERM.');
  const failure = raised(() =>
    probeTls(origin, { insecure: true, timeout: 600_000, signal: interrupted.signal }),
  );
  await connected;
  interrupted.abort(reason);
  expect(await failure).toBe(reason);
});

test('nothing is sent after a signal', async () => {
  const signal = AbortSignal.abort(new PluginError('CANCELLED', 'Interrupted.'));
  await expect(probeTls(origin, { insecure: true, timeout: 50, signal })).rejects.toThrow('Interrupted.');
});
