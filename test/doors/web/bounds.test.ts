import { once } from 'node:events';
import { type IncomingMessage, request as send } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { WebServer } from '../../../src/doors/web/server';
import { type Sandbox, startSandbox } from '../../../src/sandbox';
import { WORLD } from '../../support/case';
import { servicesOf, startWeb, type Web } from './web-server';

let sandbox: Sandbox;
let web: Web;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
});
beforeEach(async () => {
  web = await startWeb(servicesOf(sandbox), sandbox);
});
afterEach(() => web.server.close());
afterAll(() => sandbox.close());

/** Trades the token of an address; returns the status and the cookie. */
async function signIn(server: WebServer, address = server.newAddress()) {
  const { status, headers } = await web.raw('/api/session', {
    method: 'POST',
    headers: { origin: `http://127.0.0.1:${server.port}`, 'content-type': 'application/json' },
    body: JSON.stringify({ token: new URL(address).hash.slice(1) }),
  });
  return { status, cookie: String(headers['set-cookie']).split(';')[0] ?? '' };
}

const statusWith = async (cookie: string) => (await web.raw('/api/setup', { headers: { cookie } })).status;

/** An open event stream whose data is not read until `resume`. */
async function listen(): Promise<IncomingMessage> {
  const { port } = web.server;
  const headers = { cookie: web.cookie };
  const request = send({ host: '127.0.0.1', port, path: '/api/events', headers, agent: false });
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.on('error', () => {});
  return response;
}

function lineOf(id: string, entries: readonly object[] = []) {
  return { id, at: '2026-01-01T00:00:00.000Z', line: `host ${id}.example`, entries };
}

test('of 17 browsers that sign in, the first one is signed out', async () => {
  const cookies: string[] = [];
  // The helper of these tests is the first one.
  for (let count = 0; count < 16; count++) cookies.push((await signIn(web.server)).cookie);
  expect(await statusWith(web.cookie)).toBe(401);
  expect(await statusWith(cookies[0] ?? '')).toBe(200);
  expect(await statusWith(cookies.at(-1) ?? '')).toBe(200);
});

test('of five addresses that were not opened, the first one is void', async () => {
  const addresses = Array.from({ length: 5 }, () => web.server.newAddress());
  expect((await signIn(web.server, addresses[0])).status).toBe(401);
  expect((await signIn(web.server, addresses[1])).status).toBe(200);
});

test('16 pages listen at once; one that closes makes room', async () => {
  // One listens in the helper of these tests.
  const listeners: IncomingMessage[] = [];
  for (let count = 0; count < 15; count++) listeners.push(await listen());
  expect(listeners.map(({ statusCode }) => statusCode)).toEqual(Array(15).fill(200));
  expect(await web.get('/api/events')).toMatchObject({
    status: 503,
    json: { message: 'Too many pages are open (maximum 16). Close one and reload.' },
  });
  listeners[0]?.destroy();
  let next = await listen();
  // The server sees the end of a connection when it arrives.
  while (next.statusCode === 503) next = await listen();
  expect(next.statusCode).toBe(200);
});

test('a page that does not read is cut off, and the others continue', async () => {
  const stuck = await listen();
  stuck.pause();
  const closed = new Promise((resolve) => stuck.on('close', resolve));
  const entry = { Type: 1, ContentsFormat: 'text', Contents: 'x'.repeat(390_000), EntryContext: null };
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const seen = web.until(({ type }) => type === 'lines');
    await web.post('/api/import', { context: {}, happened: [lineOf(id, Array(10).fill(entry))] });
    await seen;
  }
  stuck.resume();
  await closed;
  expect((await web.get('/api/setup')).status).toBe(200);
});

test('a page receives 300 lines and 5,000 nodes, and the numbers of the rest', async () => {
  const happened = Array.from({ length: 310 }, (_, at) => lineOf(`line-${at}`));
  const Host = Array.from({ length: 5_200 }, (_, at) => ({ id: `host-${at}.example` }));
  await web.post('/api/import', { context: { MSGDefenderThreatIntel: { Host } }, happened });
  const { json: state } = await web.get('/api/state');
  expect(state.lines).toHaveLength(300);
  expect(state.earlier).toBe(10);
  const { json: graph } = await web.get('/api/graph');
  expect(graph.nodes).toHaveLength(5_000);
  expect(graph.omitted).toBe(200);
});

test('limits open connections to 64', async () => {
  const sockets: Socket[] = [];
  let dropped = 0;
  const refused = new Promise<void>((resolve) => {
    for (let count = 0; count < 70; count++) {
      const socket = connect(web.server.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.on('close', () => {
        dropped += 1;
        // One connection is the event stream of the helper of these tests.
        if (dropped === 7) resolve();
      });
      sockets.push(socket);
    }
  });
  await refused;
  for (const socket of sockets) socket.destroy();
});

test('two servers that write at once lose no line', async () => {
  const other = await startWeb(servicesOf(sandbox), sandbox, web.stateFile);
  const names = Array.from({ length: 10 }, (_, at) => `line-${at}`);
  await Promise.all([
    ...names.map((id) => web.post('/api/import', { context: {}, happened: [lineOf(`one-${id}`)] })),
    ...names.map((id) => other.post('/api/import', { context: {}, happened: [lineOf(`two-${id}`)] })),
  ]);
  const { json } = await web.get('/api/state');
  expect(json.lines).toHaveLength(20);
  expect((await other.get('/api/state')).json.lines).toEqual(json.lines);
  await other.server.close();
});

test('a server that stops cancels what runs and ends the event streams', async () => {
  sandbox.faults = { ...sandbox.faults, latency: 600_000 };
  const listener = await listen();
  const ended = once(listener.resume(), 'close');
  await web.post('/api/run', { line: 'host contoso.com' });
  await web.server.close();
  await ended;
  sandbox.reset();
  const again = await startWeb(servicesOf(sandbox), sandbox, web.stateFile);
  expect((await again.get('/api/state')).json).toMatchObject({
    jobs: [],
    lines: [{ line: 'host contoso.com', entries: [{ kind: 'error' }] }],
  });
  await again.server.close();
});
