import type { Clock } from '../../src/base/clock';
import { openEngine } from '../../src/engine/engine';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { APPLICATION } from '../../src/sandbox/options';
import { memoryStore } from '../../src/state/store';
import { WORLD } from '../support/case';
import { instance } from '../support/instance';

let sandbox: Sandbox;
let now = Date.now();
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD, clock: () => now });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  now = Date.now();
  sandbox.reset();
});

/** Waits between attempts are over at once; the time for an exchange or a command never is. */
const clock: Clock = {
  now: () => now,
  monotonic: () => now,
  after(milliseconds, call) {
    if (milliseconds < 10_000) setImmediate(call);
    return () => {};
  },
};

function logins(): number {
  return sandbox.requests.filter(({ path }) => path.includes('/oauth2/')).length;
}

test('a token is kept for the commands that follow', async () => {
  const { run, says, state } = instance(sandbox);
  expect(await says('test-module')).toBe('ok');
  await run('msg-defender-threat-intel-host', { host_id: 'contoso.com' });
  expect(logins()).toBe(1);
  expect(await says('test')).toContain('client credentials with a secret works');
  expect(logins()).toBe(2);
  expect(Object.keys(state())).toEqual(['tokens']);
  expect(JSON.stringify(state())).not.toContain(APPLICATION.secret);
});

test('a changed secret is noticed at once, while the token of the former one is still valid', async () => {
  const store = memoryStore();
  const open = (password: string) =>
    openEngine({
      params: { ...sandbox.params, credentials: { identifier: '', password } },
      ca: sandbox.ca,
      store,
      allowEndpoints: [new URL(sandbox.origin).origin],
    });
  expect((await open(APPLICATION.secret).execute('test-module')).errors).toEqual([]);
  const { entries, errors } = await open('a-mistyped-secret').execute('test-module');
  expect(errors).toMatchObject([{ code: 'AUTH_FAILED' }]);
  expect(String(entries[0]?.Contents)).toContain('AADSTS7000215');
  expect(logins()).toBe(2);
  expect((await open(APPLICATION.secret).execute('test-module')).errors).toEqual([]);
  expect(logins()).toBe(2);
});

test('a command of many requests signs in once', async () => {
  const hosts = Array.from({ length: 30 }, (_, index) => `host${index}.contoso.com`).join(',');
  await instance(sandbox).run('msg-defender-threat-intel-host', { host_id: hosts });
  expect(logins()).toBe(1);
});

test('a command with many requests reads the saved token once', async () => {
  const store = memoryStore();
  const plugin = openEngine({ params: sandbox.params, ca: sandbox.ca, store });
  await plugin.execute('test-module');
  const read = jest.spyOn(store, 'read');
  const hosts = Array.from({ length: 30 }, (_, index) => `host${index}.contoso.com`).join(',');
  await plugin.execute('msg-defender-threat-intel-host', { host_id: hosts });
  expect(read).toHaveBeenCalledTimes(1);
  await plugin.execute('test-module');
  expect(read).toHaveBeenCalledTimes(2);
});

test('a token is replaced five minutes before it ends', async () => {
  const { says } = instance(sandbox, {}, { clock });
  await says('test-module');
  now += 3600_000 - 6 * 60_000;
  await says('test-module');
  expect(logins()).toBe(1);
  now += 2 * 60_000;
  await says('test-module');
  expect(logins()).toBe(2);
});

test.each<[string, (origin: string) => object]>([
  ['application', () => ({ app_id: 'another' })],
  ['tenant', () => ({ tenant_id: 'contoso.com' })],
  ['login service', (origin) => ({ azure_ad_endpoint: origin.replace('localhost', '127.0.0.1') })],
  ['Graph', (origin) => ({ graph_endpoint: origin.replace('localhost', '127.0.0.1') })],
  ['flow', () => ({ client_credentials: false })],
])('a changed %s does not meet the token of the one before', async (_, changed) => {
  const before = instance(sandbox);
  await before.says('test-module');
  sandbox.reset();
  await instance(sandbox, { ...changed(sandbox.origin) }, { state: before.state() }).run('test');
  expect(sandbox.requests[0]?.method).not.toBe('GET');
});

describe('a cached token that Graph rejects', () => {
  test('is replaced by one new token, and the request is sent once more', async () => {
    const { says, state } = instance(sandbox);
    await says('test-module');
    const [before] = Object.values(state().tokens as object);
    sandbox.reset();
    expect(await says('test-module')).toBe('ok');
    expect(sandbox.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
    const [after] = Object.values(state().tokens as object);
    expect(after.value).not.toBe(before.value);
  });

  test('is replaced once, also by a command of many requests', async () => {
    const { run, says } = instance(sandbox);
    await says('test-module');
    sandbox.reset();
    const hosts = Array.from({ length: 30 }, (_, index) => `host${index}.contoso.com`).join(',');
    await run('msg-defender-threat-intel-host', { host_id: hosts });
    expect(logins()).toBe(1);
  });

  test('is not replaced twice where Graph keeps refusing', async () => {
    const { fails, says } = instance(sandbox);
    await says('test-module');
    sandbox.reset();
    sandbox.faults.rules = [{ kind: 'error', status: 401, times: 100 }];
    expect(await fails('test-module')).toContain('Graph responded with 401');
    expect(sandbox.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
  });
});

test.each([
  ['no object', { tokens: 'x' }],
  ['entries of another kind', { tokens: { a: 1, b: null, c: { value: 5 } } }],
  ['a list', { tokens: [] }],
])('tokens that are %s count as none', async (_, state) => {
  const { says } = instance(sandbox, {}, { state });
  expect(await says('test-module')).toBe('ok');
  expect(logins()).toBe(1);
});

test('a reset deletes every sign-in and keeps unknown keys', async () => {
  const { says, state } = instance(sandbox, {}, { state: { theirs: 1 } });
  await says('test-module');
  expect(await says('reset')).toContain('The saved sign-in was deleted.');
  expect(state()).toEqual({ theirs: 1, resets: 1 });
  await says('test-module');
  expect(logins()).toBe(2);
});

test('a sign-in that fails is not tried again by the same command', async () => {
  const { run } = instance(sandbox, { credentials: { password: 'wrong' } });
  const hosts = Array.from({ length: 30 }, (_, index) => `host${index}.contoso.com`).join(',');
  const { entries } = await run('msg-defender-threat-intel-host', { host_id: hosts });
  expect(String(entries[0]?.Contents)).toContain('AADSTS7000215');
  expect(logins()).toBe(1);
});

test('retries a login service that is temporarily unavailable', async () => {
  const { says } = instance(sandbox, {}, { clock });
  sandbox.faults.rules = [{ kind: 'reset', match: '/', times: 1 }];
  expect(await says('test-module')).toBe('ok');
  expect(logins()).toBe(2);
});
