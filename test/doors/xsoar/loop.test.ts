import { silentLog } from '../../../src/base/log';
import { loop } from '../../../src/doors/xsoar-loop/loop';
import { openEngine } from '../../../src/engine/engine';
import type { Transport } from '../../../src/http/transport';
import { type Sandbox, startSandbox } from '../../../src/sandbox';
import { WORLD } from '../../support/case';
import { Platform } from './platform';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

function call(command: string, args: object = {}): object {
  return { script: '-', integration: true, command, args, params: sandbox.params, context: {} };
}

const host = (host_id: string) => call('msg-defender-threat-intel-host', { host_id });

async function run(platform: Platform): Promise<Platform> {
  await loop(platform.line, {
    log: () => silentLog,
    open: (options) => openEngine({ ...options, ca: sandbox.ca }),
  });
  return platform;
}

interface Result {
  readonly results: readonly {
    readonly Type: number;
    readonly Contents: unknown;
    readonly EntryContext?: object;
  }[];
}

function results(platform: Platform): Result['results'][] {
  return platform.ofType('result').map((message) => (message as unknown as Result).results);
}

test('ping is responded, and a command with its entries, then completed', async () => {
  const platform = await run(new Platform('ping', host('contoso.com'), 'ping'));
  expect(platform.messages.at(0)).toEqual({ type: 'pong' });
  expect(platform.messages.slice(-3).map(({ type }) => type)).toEqual(['result', 'completed', 'pong']);
  expect(results(platform)[0]?.[0]?.Contents).toMatchObject({ id: 'contoso.com' });
});

test('a process that runs for months keeps sixteen configurations open', async () => {
  const opened: unknown[] = [];
  const of = (limit: number) => ({ ...call('nope'), params: { max_results: limit } });
  const limits = [1, ...Array.from({ length: 16 }, (_, at) => at + 1), 17, 17, 2, 1];
  const platform = new Platform(...limits.map(of));
  await loop(platform.line, {
    log: () => silentLog,
    open: (options) => {
      opened.push(options.params?.max_results);
      return openEngine(options);
    },
  });
  // 17 takes the place of 1, which was used longest ago, and 1 that of 3.
  expect(opened).toEqual([...Array.from({ length: 17 }, (_, at) => at + 1), 1]);
});

test('a thousand commands on one process: one sign-in, one failing between changes nothing', async () => {
  const requested: string[] = [];
  const transport: Transport = async ({ url }) => {
    requested.push(url);
    const login = { access_token: 'token', token_type: 'Bearer', expires_in: 3600 };
    const body = JSON.stringify(url.includes('/oauth2/') ? login : { id: 'contoso.com' });
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  };
  const lines = Array.from({ length: 1000 }, (_, at) =>
    at === 500 ? call('no-such-command') : host('contoso.com'),
  );
  const platform = new Platform(...lines);
  await loop(platform.line, {
    log: () => silentLog,
    open: (options) => openEngine({ ...options, transport }),
  });
  const types = results(platform).map(([entry]) => entry?.Type);
  expect(types).toHaveLength(1000);
  expect(types[500]).toBe(4);
  expect(types.filter((type) => type === 1)).toHaveLength(999);
  expect(platform.ofType('completed')).toHaveLength(1000);
  expect(requested.filter((url) => url.includes('/oauth2/'))).toHaveLength(1);
});

test('stores the token in the integration context of the platform beside unknown keys', async () => {
  const platform = new Platform(host('contoso.com'));
  platform.context = { theirs: 1 };
  await run(platform);
  expect(platform.context).toMatchObject({ theirs: 1, tokens: expect.anything() });
  const second = new Platform(host('contoso.com'));
  second.context = platform.context;
  await run(second);
  expect(second.calls('setIntegrationContext')).toEqual([]);
});

test('test-module responds with its text and touches no state', async () => {
  const platform = await run(new Platform(call('test-module')));
  expect(results(platform)).toEqual([[{ Type: 1, ContentsFormat: 'text', Contents: 'ok' }]]);
  expect(platform.calls('getIntegrationContext')).toEqual([]);
});

test('fetch-incidents gives incidents before it moves the last run', async () => {
  const platform = await run(new Platform(call('fetch-incidents')));
  const [[entry] = []] = results(platform);
  const incidents = JSON.parse(String(entry?.Contents)) as { name: string }[];
  expect(Array.isArray(incidents)).toBe(true);
  const order = platform.messages.map(({ type, command }) => command ?? type);
  expect(order.indexOf('result')).toBeLessThan(order.indexOf('setLastRun'));
  expect(platform.lastRun).not.toEqual({});
});

test('a fetch that fails is an exception, and the last run stays', async () => {
  const platform = new Platform({
    ...call('fetch-incidents'),
    params: { ...sandbox.params, max_fetch: 'x' },
  });
  await run(platform);
  expect(platform.ofType('exception')).toHaveLength(1);
  expect(platform.calls('setLastRun')).toEqual([]);
});

test('a refusal of the platform is reported with its own message', async () => {
  const platform = new Platform(host('contoso.com'));
  platform.refuses.add('getIntegrationContext');
  await run(platform);
  expect(results(platform)[0]?.[0]?.Contents).toMatch('no getIntegrationContext here');
});

test('a line that is not a call ends nothing; native ends after one command', async () => {
  const platform = await run(
    new Platform('{', { ...host('contoso.com'), native: true }, host('example.org')),
  );
  expect(results(platform).map(([entry]) => entry?.Type)).toEqual([4, 1]);
});

test('a reset while a command requests a token wins, and the stale write is merged and repeated', async () => {
  const platform = new Platform(host('contoso.com'));
  platform.meanwhile = { theirs: 2, resets: 1 };
  await run(platform);
  expect(results(platform)[0]?.[0]?.Type).toBe(1);
  expect(platform.context).toEqual({ theirs: 2, resets: 1 });
  expect(platform.calls('setIntegrationContext')).toHaveLength(2);
});
