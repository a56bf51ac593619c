import {
  ArgumentError,
  CancelledError,
  type Client,
  ConfigError,
  createClient,
  GraphRequestError,
  MdtiError,
  NetworkError,
  SignInError,
  type Transport,
  TransportError,
} from '../../src/index';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from '../support/case';

let sandbox: Sandbox;
let client: Client;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
  const { origin } = new URL(sandbox.origin);
  client = createClient({ params: sandbox.params, ca: sandbox.ca, allowEndpoints: [origin] });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

test('returns results by plain names, with missing and failed observables beside them', async () => {
  const { hosts, notFound, failures, more } = await client.run('host', {
    host_id: ['contoso.com', 'none.example', 'no host'],
  });
  expect(hosts.map(({ id }) => id)).toEqual(['contoso.com']);
  expect([notFound, more]).toEqual([['none.example'], false]);
  expect(failures).toEqual([{ id: 'no host', code: 'ARGUMENT_INVALID', message: expect.any(String) }]);
});

test('a summary and a graph name missing and failed observables', async () => {
  const hosts = { host_id: ['contoso.com', 'none.example', 'no host'] };
  const summary = await client.run('host-summary', hosts);
  expect(summary.contents).toMatchObject([{ Host: { id: 'contoso.com' } }, null, expect.any(String)]);
  expect([summary.notFound, summary.failures.map(({ id }) => id)]).toEqual([['none.example'], ['no host']]);
  const graph = await client.run('expand', { seeds: ['contoso.com', 'none.example'] });
  expect([graph.contents.Graph.seeds.length, graph.notFound]).toEqual([2, ['none.example']]);
});

test('children have the id of their parent, and a cut list is marked', async () => {
  const { hostPorts, more } = await client.run('host-ports', { host_id: 'contoso.com', limit: 1 });
  expect([hostPorts[0]?.hostId, hostPorts.length, more]).toEqual(['contoso.com', 1, true]);
});

test('verdicts have indicator, score and the Graph record', async () => {
  const { indicators } = await client.run('ip', { ip: ['192.0.2.1', '192.0.2.77'] });
  expect(indicators.map(({ indicator, score }) => [indicator, score])).toEqual([
    ['192.0.2.1', 3],
    ['192.0.2.77', 0],
  ]);
  expect(indicators[0]?.known?.Host?.id).toBe('192.0.2.1');
});

test('rows are read page by page, and a loop that is left early sends no more requests', async () => {
  sandbox.faults.pageSize = 5;
  const ids: string[] = [];
  for await (const article of client.rows('articles')) {
    ids.push(article.id ?? '');
    if (ids.length === 7) break;
  }
  const pages = sandbox.requests.filter(({ path }) => path.includes('skiptoken'));
  expect([ids.length, pages.length]).toEqual([7, 1]);
});

test('all rows come without a limit', async () => {
  sandbox.faults.pageSize = 5;
  const ids = new Set<string>();
  for await (const { id } of client.rows('articles')) ids.add(id ?? '');
  const { articles } = await client.run('articles', { all_results: true });
  expect(ids.size).toBe(articles.length);
  expect(ids.size).toBeGreaterThan(5);
});

test('errors have a class, a code and the facts of Graph', async () => {
  await expect(client.run('host', { host_id: 'no host' })).rejects.toBeInstanceOf(ArgumentError);
  await expect(createClient().run('articles')).rejects.toBeInstanceOf(ConfigError);
  sandbox.faults.rules = [{ kind: 'error', status: 403, times: 9 }];
  const error = await client.run('profiles').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(GraphRequestError);
  expect(error).toBeInstanceOf(MdtiError);
  expect(error).toMatchObject({ code: 'GRAPH_FORBIDDEN', status: 403, requestId: expect.any(String) });
});

test('maps each error code to an error class', async () => {
  const { params, ca } = sandbox;
  const wrong = { ...params, credentials: { password: 'wrong' } };
  const { origin } = new URL(sandbox.origin);
  const denied = createClient({ params: wrong, ca, allowEndpoints: [origin] }).run('articles');
  await expect(denied).rejects.toBeInstanceOf(SignInError);
  const transport: Transport = async () => {
    throw new TransportError('untrusted', origin, 'self-signed certificate');
  };
  const alone = createClient({ params, transport, allowEndpoints: [origin] }).run('articles');
  await expect(alone).rejects.toBeInstanceOf(NetworkError);
});

test('a signal that aborts between two pages ends the loop with the reason', async () => {
  sandbox.faults.pageSize = 2;
  const stop = new AbortController();
  const read = async () => {
    for await (const _ of client.rows('articles', {}, { signal: stop.signal })) stop.abort();
  };
  await expect(read()).rejects.toBeInstanceOf(CancelledError);
});

test('a signal ends a command and an iteration', async () => {
  const signal = AbortSignal.abort();
  const call = client.run('host', { host_id: 'contoso.com' }, { signal });
  await expect(call).rejects.toMatchObject({ name: 'CancelledError', code: 'CANCELLED' });
  const rows = client.rows('articles', {}, { signal });
  await expect(rows.next()).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('a signal of a program that runs for months keeps nothing of the lists that were read with it', async () => {
  const { signal } = new AbortController();
  const added = jest.spyOn(signal, 'addEventListener');
  const removed = jest.spyOn(signal, 'removeEventListener');
  for (let time = 0; time < 3; time++)
    for await (const _ of client.rows('articles', { limit: 1 }, { signal }));
  const listeners = added.mock.calls.map(([, listener]) => listener);
  expect(listeners).toHaveLength(3);
  expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(listeners);
});

test('what is not a signal is an ArgumentError of a command and of an iteration', async () => {
  const signal = { aborted: false } as never;
  const error = { name: 'ArgumentError', message: expect.stringContaining('is not an AbortSignal') };
  await expect(client.run('host', { host_id: 'contoso.com' }, { signal })).rejects.toMatchObject(error);
  await expect(client.rows('articles', {}, { signal }).next()).rejects.toMatchObject(error);
});

test('options that are null are none', async () => {
  const { hosts } = await client.run('host', { host_id: 'contoso.com' }, null as never);
  expect(hosts).toHaveLength(1);
});

test('a loop over rows that ends early is a cancelled command in the log, not an internal fault', async () => {
  const { origin } = new URL(sandbox.origin);
  const codes: unknown[] = [];
  const ended = new Promise<void>((resolve) => {
    const log = (_: string, event: string, fields: { readonly code?: unknown } = {}) => {
      if (event !== 'command failed' && event !== 'internal fault') return;
      codes.push(fields.code);
      resolve();
    };
    const logged = createClient({ params: sandbox.params, ca: sandbox.ca, allowEndpoints: [origin], log });
    void (async () => {
      for await (const _ of logged.rows('articles')) break;
    })();
  });
  await ended;
  expect(codes).toEqual(['CANCELLED']);
});
