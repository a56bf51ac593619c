import { silentLog } from '../../../src/base/log';
import { type ServeOptions, serve } from '../../../src/doors/serve/serve';
import { type Sandbox, startSandbox } from '../../../src/sandbox';
import { WORLD } from '../../support/case';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

interface ServeResponse {
  readonly id: unknown;
  readonly entries: readonly { readonly Type: number; readonly Contents: { readonly id?: string } }[];
  readonly integrationContext?: { readonly tokens?: object };
}

async function served(...lines: (object | string)[]): Promise<ServeResponse[]> {
  const responses: ServeResponse[] = [];
  await serve(input(lines), (line) => void responses.push(JSON.parse(line)), options());
  return responses;
}

async function* input(lines: readonly (object | string)[]) {
  for (const line of lines) yield { text: typeof line === 'string' ? line : JSON.stringify(line) };
}

function options(more: Partial<ServeOptions> = {}): ServeOptions {
  return { log: silentLog, override: { params: sandbox.params, ca: sandbox.ca }, ...more };
}

function host(id: unknown, host_id: string, more: object = {}) {
  return { id, command: 'msg-defender-threat-intel-host', args: { host_id }, ...more };
}

function logins(): number {
  return sandbox.requests.filter(({ path }) => path.includes('/oauth2/')).length;
}

test('responds to every line under its id, whatever its type', async () => {
  const responses = await served(
    host(1, 'contoso.com'),
    host('b', 'example.org'),
    host({ n: 1 }, 'contoso.com'),
  );
  const byId = new Map(
    responses.map((response) => [JSON.stringify(response.id), response.entries[0]?.Contents.id]),
  );
  expect(Object.fromEntries(byId)).toEqual({
    1: 'contoso.com',
    '"b"': 'example.org',
    '{"n":1}': 'contoso.com',
  });
});

test('signs in once for a hundred documents', async () => {
  const responses = await served(...Array.from({ length: 100 }, (_, id) => host(id, 'contoso.com')));
  expect(responses.map(({ id }) => id).sort((one, other) => Number(one) - Number(other))).toEqual(
    Array.from({ length: 100 }, (_, id) => id),
  );
  expect(responses.every(({ entries }) => entries[0]?.Contents.id === 'contoso.com')).toBe(true);
  expect(logins()).toBe(1);
});

test('uses the integrationContext that a document brings', async () => {
  await served(host(1, 'contoso.com'), host(2, 'contoso.com', { integrationContext: {} }));
  expect(logins()).toBe(2);
});

test('a quick document does not wait for a slow one', async () => {
  const [first, second] = await served(host('slow', 'contoso.com'), { id: 'quick', command: 'nothing' });
  expect([first?.id, second?.id]).toEqual(['quick', 'slow']);
});

test('responds to unreadable lines and continues', async () => {
  const responses = await served('{', '', { id: 7 }, host(8, 'contoso.com'));
  expect(responses.map(({ id, entries }) => [id, entries[0]?.Type])).toEqual([
    [null, 4],
    [7, 4],
    [8, 1],
  ]);
});

test('responds to documents with unserializable objects and continues', async () => {
  const params = { a: { toString: null, valueOf: null }, b: { toString: null } };
  const deep = `{"id":2,"command":"x","args":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
  const responses = await served(host(1, 'contoso.com', { params }), deep, host(3, 'contoso.com'));
  expect(responses.map(({ id }) => id).sort()).toEqual([1, 3, null]);
});

test.each([
  ['an object without a string', { toString: null, valueOf: null }],
  ['a list of them', [{ toString: null }]],
  ['null', null],
  ['a long text', 'x'.repeat(100_000)],
])('a command that is %s costs one response', async (_, command) => {
  const responses = await served({ id: 1, command }, host(2, 'contoso.com'));
  expect(responses.map(({ id, entries }) => [id, entries[0]?.Type]).sort()).toEqual([
    [1, 4],
    [2, 1],
  ]);
});

test('cancels one document by its id', async () => {
  sandbox.faults.latency = 5_000;
  const [first] = await served(host('slow', 'contoso.com'), { cancel: 'slow' });
  expect(first).toMatchObject({ id: 'slow', errors: [{ code: 'CANCELLED' }] });
});

test('a slow reader limits how many documents are worked on', async () => {
  let taken: () => void = () => {};
  const responses: string[] = [];
  const work = serve(
    input(Array.from({ length: 200 }, (_, id) => ({ id, command: 'nothing' }))),
    (line) => {
      responses.push(line);
      return new Promise<void>((resolve) => {
        taken = resolve;
      });
    },
    options(),
  );
  let over = false;
  void work.then(() => {
    over = true;
  });
  for (let turn = 0; turn < 50; turn++) await new Promise((later) => setImmediate(later));
  expect(responses).toHaveLength(1);
  while (!over) {
    taken();
    await new Promise((later) => setImmediate(later));
  }
  expect(responses).toHaveLength(200);
});

test('stops reading on the signal and cancels requests that do not finish in time', async () => {
  const ending = new AbortController();
  const responses: unknown[] = [];
  async function* endless() {
    yield { text: JSON.stringify(host('slow', 'contoso.com')) };
    await new Promise(() => {});
  }
  sandbox.faults.latency = 5_000;
  const work = serve(
    endless(),
    (line) => void responses.push(JSON.parse(line)),
    options({ signal: ending.signal, drain: 20 }),
  );
  setImmediate(() => ending.abort());
  await work;
  expect(responses).toMatchObject([{ id: 'slow', errors: [{ code: 'CANCELLED' }] }]);
});

test.each(['{"command":"nothing"}', '['.repeat(300)])(
  'ends after the signal although the reader takes no response to %s',
  async (text) => {
    const ending = new AbortController();
    const log = jest.fn();
    async function* endless() {
      for (;;) yield { text };
    }
    const stalled = (_: string, signal: AbortSignal) => {
      ending.abort();
      return new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    };
    await serve(endless(), stalled, options({ signal: ending.signal, drain: 20, log }));
    expect(log.mock.calls.filter(([level]) => level === 'error')).toEqual([
      ['error', 'the reader did not read all responses', { responses: expect.any(Number) }],
    ]);
  },
);

test('documents in progress finish after the signal', async () => {
  const ending = new AbortController();
  const responses: ServeResponse[] = [];
  async function* endless() {
    yield { text: JSON.stringify(host(1, 'contoso.com')) };
    setImmediate(() => ending.abort());
    await new Promise(() => {});
  }
  await serve(
    endless(),
    (line) => void responses.push(JSON.parse(line)),
    options({ signal: ending.signal, drain: 60_000 }),
  );
  expect(responses[0]?.entries[0]?.Contents.id).toBe('contoso.com');
});

describe('a sign-in by device code', () => {
  const person = { client_credentials: false };

  async function servedIn(params: object, ...lines: object[]): Promise<ServeResponse[]> {
    const responses: ServeResponse[] = [];
    const override = { params: { ...sandbox.params, ...params }, ca: sandbox.ca };
    await serve(input(lines), (line) => void responses.push(JSON.parse(line)), options({ override }));
    return responses;
  }

  test('is not shared with a document that has only app_id and tenant_id', async () => {
    const start = { id: 'a', command: 'msg-defender-threat-intel-auth-start' };
    const [started] = await servedIn(person, start);
    expect(Object.keys(started?.integrationContext ?? {})).toEqual(['pendingLogins']);
    const both = await servedIn(person, start, { id: 'b', command: 'test-module' });
    const other = both.find(({ id }) => id === 'b');
    expect(other?.integrationContext ?? {}).toEqual({});
  });

  test('is shared by documents whose app_id contains the refresh token', async () => {
    const seeded = { ...person, app_id: 'app@a-refresh-token-of-some-length' };
    const responses = await servedIn(seeded, { id: 1, command: 'msg-defender-threat-intel-auth-test' });
    expect(JSON.stringify(responses)).not.toContain('a-refresh-token-of-some-length');
  });
});

test('integrationContext null signs in once for all documents', async () => {
  await served(
    ...Array.from({ length: 5 }, (_, id) => host(id, 'contoso.com', { integrationContext: null })),
  );
  expect(logins()).toBe(1);
});
