import { systemClock } from '../../src/base/clock';
import { PluginError } from '../../src/base/errors';
import { silentLog } from '../../src/base/log';
import type { CachedResponse, ResponseCache } from '../../src/cache/response-cache';
import { TIMES_TO_LIVE } from '../../src/config/times-to-live';
import { type ClientCache, cachedClient } from '../../src/graph/cached-client';
import type { GraphClient } from '../../src/graph/client';
import type { GraphRequest, GraphResult } from '../../src/graph/request';
import type { Token } from '../../src/http/token-source';

const DAY = 86_400_000;
const { signal } = new AbortController();
const budget = { clock: systemClock, log: silentLog, backoffState: {}, deadline: Number.POSITIVE_INFINITY };

function memoryCache(): ResponseCache & { readonly stored: Map<string, CachedResponse> } {
  const stored = new Map<string, CachedResponse>();
  return {
    stored,
    getMany: async (keys) => keys.map((key) => stored.get(key)),
    setMany: async (responses) => {
      for (const [key, response] of responses) stored.set(key, response);
    },
  };
}

function tokenOf(tid: string | undefined, cached = false): Token {
  const claims = Buffer.from(JSON.stringify({ tid })).toString('base64url');
  return { value: `e30.${claims}.c2ln`, cached };
}

function reputation(host: string): GraphRequest {
  return {
    method: 'GET',
    path: `/security/threatIntelligence/hosts/${host}/reputation`,
    query: [],
    returns: 'entity',
    rows: { most: 1, by: 'limit' },
  };
}

interface Setup extends Partial<ClientCache> {
  readonly token?: Token;
  readonly worked?: ReadonlySet<string>;
  readonly respond?: (request: GraphRequest) => GraphResult;
}

function setup(
  cache: ResponseCache,
  { token = tokenOf('t1'), worked = new Set(), respond, ...more }: Setup = {},
) {
  const sent: string[] = [];
  let now = 1_700_000_000_000;
  const client: GraphClient = {
    async execute(requests) {
      sent.push(...requests.map(({ path }) => path));
      return requests.map(
        (request) => respond?.(request) ?? { kind: 'entity', request, value: { classification: 'neutral' } },
      );
    },
  };
  const cached = cachedClient(client, {
    cache,
    times: TIMES_TO_LIVE,
    trustsState: true,
    origin: 'https://graph.microsoft.com',
    tokens: { get: async () => token, renew: async () => token, forget: async () => {} },
    retry: { ...budget },
    now: () => now,
    acceptedTokens: worked,
    ...more,
  });
  return {
    sent,
    send: (...requests: GraphRequest[]) => cached.execute(requests, signal),
    later: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

test('a response that was saved while a clock was ahead is not reused', async () => {
  const cache = memoryCache();
  const on = setup(cache);
  on.later(24 * 3_600_000);
  await on.send(reputation('contoso.com'));
  on.later(-60_000);
  await on.send(reputation('contoso.com'));
  expect(on.sent).toHaveLength(1);
  on.later(-24 * 3_600_000);
  await on.send(reputation('contoso.com'));
  expect(on.sent).toHaveLength(2);
});

test('sends an equal request once and reports when the reused response was requested', async () => {
  const cache = memoryCache();
  const on = setup(cache);
  const [first] = await on.send(reputation('contoso.com'));
  on.later(5_000);
  const [second, third] = await on.send(reputation('contoso.com'), reputation('example.org'));
  expect(on.sent).toHaveLength(2);
  expect([first?.requestedAt, second?.requestedAt, third?.requestedAt]).toEqual([
    undefined,
    1_700_000_000_000,
    undefined,
  ]);
  expect(second).toMatchObject({ kind: 'entity', value: { classification: 'neutral' } });
});

test.each<[string, Setup]>([
  ['another tenant', { token: tokenOf('t2') }],
  ['a token without a tenant', { token: tokenOf(undefined) }],
  [
    'a token that a caller brought along and Graph has not accepted',
    { token: tokenOf('t1', true), trustsState: false },
  ],
])('%s gets no response of the first one', async (_, other) => {
  const cache = memoryCache();
  await setup(cache).send(reputation('contoso.com'));
  const on = setup(cache, other);
  await on.send(reputation('contoso.com'));
  expect(on.sent).toHaveLength(1);
});

test('a token that a caller brought along counts once Graph has accepted it', async () => {
  const cache = memoryCache();
  await setup(cache).send(reputation('contoso.com'));
  const token = tokenOf('t1', true);
  const on = setup(cache, { token, trustsState: false, worked: new Set([token.value]) });
  await on.send(reputation('contoso.com'));
  expect(on.sent).toEqual([]);
});

test('reads and requests nothing when the sign-in of the caller fails', async () => {
  const cache = memoryCache();
  await setup(cache).send(reputation('contoso.com'));
  const read = jest.spyOn(cache, 'getMany');
  const error = new PluginError('AUTH_FAILED', 'No.');
  const failing = { get: jest.fn(() => Promise.reject(error)), renew: jest.fn(), forget: jest.fn() };
  const execute = jest.fn(async () => []);
  const results = await cachedClient(
    { execute },
    {
      cache,
      times: TIMES_TO_LIVE,
      trustsState: true,
      origin: 'https://graph.microsoft.com',
      retry: { ...budget },
      tokens: failing,
      now: Date.now,
      acceptedTokens: new Set(),
    },
  ).execute([reputation('contoso.com'), reputation('example.org')], signal);
  expect(results.map((result) => result.kind === 'failed' && result.error)).toEqual([error, error]);
  expect(failing.get).toHaveBeenCalledTimes(1);
  expect(read).not.toHaveBeenCalled();
  expect(execute).not.toHaveBeenCalled();
});

test('never stores a failure', async () => {
  const cache = memoryCache();
  const error = new PluginError('GRAPH_UNAVAILABLE', 'Away.');
  const on = setup(cache, { respond: (request) => ({ kind: 'failed', request, error }) });
  await on.send(reputation('contoso.com'));
  expect(cache.stored.size).toBe(0);
});

test.each<[string, GraphResult['kind'], unknown, string, number]>([
  ['malicious', 'entity', { classification: 'malicious' }, '/hosts/a/reputation', 1],
  ['suspicious', 'entity', { classification: 'suspicious' }, '/hosts/a/reputation', 1],
  ['neutral', 'entity', { classification: 'neutral' }, '/hosts/a/reputation', 7],
  ['unclassified', 'entity', {}, '/hosts/a/reputation', 7],
  ['a CVE', 'entity', {}, '/vulnerabilities/CVE-2099-1', 1],
  ['not found', 'missing', undefined, '/hosts/a/reputation', 1],
  ['a list', 'collection', undefined, '/articles', 1 / 24],
])('%s is kept for its time, give or take a fifth', async (_, kind, value, path, days) => {
  const cache = memoryCache();
  const on = setup(cache, {
    respond: (request) =>
      (kind === 'collection'
        ? { kind, request, rows: [{ id: 'a' }], more: false }
        : { kind, request, value }) as GraphResult,
  });
  await on.send({ ...reputation('x'), path, returns: kind === 'collection' ? 'collection' : 'entity' });
  const [stored] = [...cache.stored.values()];
  const lives = (stored?.expiresAt ?? 0) - (stored?.requestedAt ?? 0);
  expect(lives).toBeGreaterThanOrEqual(days * DAY * 0.8);
  expect(lives).toBeLessThanOrEqual(days * DAY * 1.2);
});

test('returns a list unchanged', async () => {
  const cache = memoryCache();
  const list: GraphRequest = { ...reputation('x'), path: '/articles', returns: 'collection' };
  const on = setup(cache, {
    respond: (request) => ({ kind: 'collection', request, rows: [{ id: 'a' }], more: true, total: 7 }),
  });
  await on.send(list);
  expect(await on.send(list)).toMatchObject([
    { kind: 'collection', rows: [{ id: 'a' }], more: true, total: 7 },
  ]);
  expect(on.sent).toHaveLength(1);
});

test('an age limit and a start time exclude older responses', async () => {
  const cache = memoryCache();
  await setup(cache).send(reputation('contoso.com'));
  const aged = setup(cache, { maxAge: 1_000 });
  aged.later(2_000);
  await aged.send(reputation('contoso.com'));
  const fresh = setup(cache, { notBefore: 1_700_000_100_000 });
  await fresh.send(reputation('contoso.com'));
  expect([aged.sent.length, fresh.sent.length]).toEqual([1, 1]);
});
