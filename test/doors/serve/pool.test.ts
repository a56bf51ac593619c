import { silentLog } from '../../../src/base/log';
import { countedValues } from '../../../src/doors/serve/counted-values';
import { pool, tenantOf } from '../../../src/doors/serve/pool';
import { openBudget } from '../../../src/engine/open-budget';

jest.mock('../../../src/doors/serve/counted-values', () => {
  const real = jest.requireActual('../../../src/doors/serve/counted-values');
  return { countedValues: jest.fn((...given) => real.countedValues(...given)) };
});

const closed = jest.fn();
/** Whether budgets have something to close, as those that are shared with other processes. */
let isShared = true;
jest.mock('../../../src/engine/open-budget', () => {
  const real = jest.requireActual('../../../src/engine/open-budget');
  const openBudget = jest.fn((...given: unknown[]) => {
    const budget = real.openBudget(...given);
    return isShared ? { ...budget, close: () => closed() } : { ...budget, close: undefined };
  });
  return { ...real, openBudget };
});

beforeEach(() => jest.clearAllMocks());

test('the budget of a tenant that is dropped is closed', () => {
  const shared = pool({ log: silentLog, override: undefined });
  for (let tenant = 0; tenant < 260; tenant++) shared({ tenant_id: `tenant-${tenant}.example` }, undefined);
  expect(closed).toHaveBeenCalledTimes(4);
});

test('each request of a document is taken from the budget of its tenant', async () => {
  const { traffic } = opened()(SECRET, undefined);
  const budget = jest.mocked(openBudget).mock.results[0]?.value;
  const taken = new Error('taken');
  const take = jest.spyOn(budget as ReturnType<typeof openBudget>, 'take').mockRejectedValue(taken);
  const request = { url: 'https://graph.microsoft.com/v1.0/', method: 'GET', headers: {} } as never;
  await expect(traffic?.send(request, { batched: false } as never)).rejects.toThrow();
  expect(take).toHaveBeenCalledWith(1, 'interactive', expect.anything());
});

test('other processes of this machine can take from the budget of mdti serve', () => {
  pool({ log: silentLog, override: undefined })({ tenant_id: 'contoso.com' }, undefined);
  expect(jest.mocked(openBudget).mock.lastCall).toMatchObject([
    { tenant_id: 'contoso.com' },
    { serves: true },
  ]);
});

test('a budget that has nothing to close is dropped like any other', () => {
  isShared = false;
  const shared = pool({ log: silentLog, override: undefined });
  for (let tenant = 0; tenant < 260; tenant++) shared({ tenant_id: `tenant-${tenant}.example` }, undefined);
  isShared = true;
  expect(jest.mocked(countedValues).mock.results[0]?.value.size()).toBe(256);
});

test('a thousand tenants leave one budget per cached instance', () => {
  const shared = pool({ log: silentLog, override: undefined });
  for (let tenant = 0; tenant < 1_000; tenant++) shared({ tenant_id: `tenant-${tenant}.example` }, undefined);
  const budgets = jest.mocked(countedValues).mock.results[0]?.value;
  expect(budgets.size()).toBe(256);
});

test('instances of one tenant share a budget', () => {
  const shared = pool({ log: silentLog, override: undefined });
  for (let limit = 1; limit <= 10; limit++)
    shared({ tenant_id: 'contoso.com', max_results: limit }, undefined);
  expect(jest.mocked(countedValues).mock.results[0]?.value.size()).toBe(1);
});

const SECRET = {
  app_id: 'app',
  tenant_id: 'contoso.com',
  client_credentials: true,
  credentials: { identifier: '', password: 'a secret' },
};
const PERSON = { app_id: 'app', tenant_id: 'contoso.com' };

/** A pool of `mdti serve`. */
const opened = (override?: NonNullable<Parameters<typeof pool>[0]['override']>) =>
  pool({ log: silentLog, override });

test('documents with the same parameters in any order share connections, traffic and sign-ins', async () => {
  const shared = opened();
  const first = shared(SECRET, undefined);
  const second = shared(Object.fromEntries(Object.entries(SECRET).reverse()), null);
  expect(second.transport).toBe(first.transport);
  expect(second.traffic).toBe(first.traffic);
  await first.store.update((state) => ({ ...state, tokens: {} }));
  expect(second.store.current()).toEqual({ tokens: {} });
});

test.each([
  ['another secret', { ...SECRET, credentials: { identifier: '', password: 'another secret' } }],
  ['another tenant', { ...SECRET, tenant_id: 'fabrikam.com' }],
  ['one parameter more', { ...SECRET, limit: 1 }],
])('a document with %s shares neither connections nor sign-ins', async (_, params) => {
  const shared = opened();
  const first = shared(SECRET, undefined);
  await first.store.update((state) => ({ ...state, tokens: {} }));
  const other = shared(params, undefined);
  expect(other.transport).not.toBe(first.transport);
  expect(other.store.current()).toEqual({});
});

test('a document that brings its integrationContext uses it, and gives it to no other', async () => {
  const shared = opened();
  const own = shared(SECRET, { theirs: 1 });
  expect(own.store.current()).toEqual({ theirs: 1 });
  await own.store.update((state) => ({ ...state, tokens: {} }));
  expect(shared(SECRET, undefined).store.current()).toEqual({});
  expect(shared(SECRET, {}).store.current()).toEqual({});
});

test.each([
  ['a secret', SECRET, true],
  ['a refresh token', { ...PERSON, app_id: 'app@a-refresh-token-of-some-length' }, true],
  ['the identity of this machine', { use_managed_identities: true }, true],
  ['nothing, for a sign-in by device code', PERSON, false],
  ['nothing, where the secret is missing', { ...SECRET, credentials: undefined }, false],
])('sign-ins of documents without integrationContext that prove %s', async (_, params, isShared) => {
  const shared = opened();
  const { store } = shared(params, undefined);
  await store.update((state) => ({ ...state, tokens: {} }));
  expect(shared(params, undefined).store.current()).toEqual(isShared ? { tokens: {} } : {});
});

test('an endpoint of this process is allowed for the documents of a sandbox only', async () => {
  const graph_endpoint = 'https://localhost:4711';
  const params = { ...SECRET, graph_endpoint };
  for (const [override, isAllowed] of [
    [undefined, false],
    [{ params: { graph_endpoint }, ca: '' }, true],
  ] as const) {
    const shared = opened(override);
    const { readConfig, store } = shared(params, undefined);
    if (isAllowed) expect(readConfig?.()).toBe(shared(params, undefined).readConfig?.());
    else expect(readConfig).toThrow('is not a known Microsoft cloud');
    await store.update((state) => ({ ...state, tokens: {} }));
    expect(shared(params, undefined).store.current()).toEqual(isAllowed ? { tokens: {} } : {});
  }
});

test('what was used last is kept open', () => {
  const shared = opened();
  const transportOf = (limit: number) => shared({ ...SECRET, limit }, undefined).transport;
  const [first, second] = [transportOf(0), transportOf(1)];
  for (let limit = 2; limit < 256; limit++) transportOf(limit);
  expect(transportOf(0)).toBe(first);
  transportOf(256);
  expect(transportOf(0)).toBe(first);
  expect(transportOf(1)).not.toBe(second);
});

test('the connections of a document are opened when it sends its first request', async () => {
  const shared = opened();
  const { transport } = shared({ ...SECRET, proxy: 'not a URL' }, undefined);
  const request = { url: 'https://graph.microsoft.com/v1.0/', method: 'GET', headers: {} } as never;
  await expect((async () => transport?.(request))()).rejects.toThrow();
});

test.each([
  [{}, {}, true],
  [{ app_id: 'a' }, { app_id: 'a', limit: 1 }, true],
  [{ app_id: 'a' }, { app_id: 'b' }, false],
  [{ tenant_id: 'a' }, { tenant_id: 'b' }, false],
  [{ azure_ad_endpoint: 'a' }, { azure_ad_endpoint: 'b' }, false],
  [{ graph_endpoint: 'a' }, { graph_endpoint: 'b' }, false],
  [{ app_id: 'a' }, { tenant_id: 'a' }, false],
])('documents with %j and %j are of one tenant: %j', (one, other, isSame) => {
  expect(tenantOf({ params: one }) === tenantOf({ params: other })).toBe(isSame);
});

test.each([[null], ['x'], [{}], [{ params: null }], [{ params: [] }]])(
  'a document %j without parameters is of the tenant without a name',
  (document) => {
    expect(tenantOf(document)).toBe(tenantOf({ params: {} }));
  },
);
