import { type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from '../support/case';
import type { Instance } from '../support/instance';
import { type IdentityEndpoint, startIdentityEndpoint } from '../support/managed-identity';
import { startProxy, type TestProxy } from '../support/proxy';

const VARIABLES = [
  'IDENTITY_ENDPOINT',
  'IDENTITY_HEADER',
  'AZURE_POD_IDENTITY_AUTHORITY_HOST',
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'ALL_PROXY',
];

let sandbox: Sandbox;
let endpoint: IdentityEndpoint;
let proxy: TestProxy | undefined;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  for (const name of VARIABLES) delete process.env[name];
  sandbox.reset();
  endpoint = await startIdentityEndpoint(sandbox);
});
afterEach(async () => {
  for (const name of VARIABLES) delete process.env[name];
  await endpoint.close();
  await proxy?.close();
  proxy = undefined;
});

/** An instance in a separate process, as far as MSAL can tell: it keeps the first endpoint that it finds. */
async function machine(params: object = {}): Promise<Instance> {
  jest.resetModules();
  const { instance } = await import('../support/instance');
  return instance(sandbox, {
    client_credentials: false,
    use_managed_identities: true,
    app_id: null,
    tenant_id: null,
    ...params,
  });
}

function appService(): void {
  process.env.IDENTITY_ENDPOINT = `${endpoint.origin}/msi/token`;
  process.env.IDENTITY_HEADER = 'a-header-secret';
}

test('the system-assigned identity is requested for Graph', async () => {
  process.env.AZURE_POD_IDENTITY_AUTHORITY_HOST = endpoint.origin;
  const { says } = await machine();
  expect(await says('test-module')).toBe('ok');
  expect(await says('test')).toBe(
    'Success: the sign-in with the managed identity of this machine works, and Graph responds.',
  );
  // The test of the sign-in always takes a fresh token.
  expect(endpoint.requested).toHaveLength(2);
  expect(endpoint.requested.slice(0, 1)).toMatchObject([
    {
      path: expect.stringMatching(/^\/metadata\/identity\/oauth2\/token\/?$/),
      query: { resource: 'https://graph.microsoft.com' },
      headers: { metadata: 'true' },
    },
  ]);
  expect(endpoint.requested[0]?.query).not.toHaveProperty('client_id');
  expect(sandbox.requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
});

test('a user-assigned identity is requested by its client id', async () => {
  appService();
  const { says } = await machine({ managed_identities_client_id: { password: 'user-assigned-id' } });
  expect(await says('test-module')).toBe('ok');
  expect(endpoint.requested).toMatchObject([
    {
      path: '/msi/token',
      query: { resource: 'https://graph.microsoft.com', client_id: 'user-assigned-id' },
      headers: { 'x-identity-header': 'a-header-secret' },
    },
  ]);
});

test('a token that Graph rejects is replaced by a new one', async () => {
  appService();
  const { says } = await machine();
  await says('test-module');
  sandbox.reset();
  expect(await says('test-module')).toBe('ok');
  expect(endpoint.requested).toHaveLength(2);
});

test('never sends managed identity requests through a proxy', async () => {
  appService();
  proxy = await startProxy();
  for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'])
    process.env[name] = `http://${proxy.address}`;
  expect(await (await machine({ proxy: true })).says('test-module')).toBe('ok');
  expect(proxy.tunnels.map(({ authority }) => authority)).toEqual([new URL(sandbox.origin).host]);
  expect(endpoint.requested).toHaveLength(1);
});

test.each([
  [{}, 'the system-assigned identity: Identity not found', 'Enable the system-assigned identity'],
  [
    { managed_identities_client_id: { password: 'another-id' } },
    'the identity another-id: Identity not found',
    'Check managed_identities_client_id',
  ],
])('an endpoint that knows no such identity is quoted (%j)', async (params, words, hint) => {
  appService();
  endpoint.refuse = {
    status: 400,
    body: { error: 'invalid_request', error_description: 'Identity not found' },
  };
  const text = await (await machine(params)).fails('test-module');
  expect(text).toContain(`The managed identity endpoint returned no token for ${words}`);
  expect(text).toContain(hint);
  expect(endpoint.requested).toHaveLength(1);
});

test('reports a missing endpoint once, without a retry', async () => {
  appService();
  await endpoint.close();
  const text = await (await machine()).fails('test-module');
  expect(text).toContain(
    `No managed identity endpoint responds at ${endpoint.origin}: the connection was refused.`,
  );
  expect(text).toContain('clear use_managed_identities and use client_credentials');
});

test('an endpoint that is silent is given five seconds', async () => {
  appService();
  endpoint.silent = true;
  jest.resetModules();
  const { instance } = await import('../support/instance');
  const waits: number[] = [];
  const clock = {
    now: Date.now,
    monotonic: () => performance.now(),
    after(milliseconds: number, call: () => void) {
      waits.push(milliseconds);
      if (milliseconds < 10_000) setTimeout(call, 20);
      return () => {};
    },
  };
  const params = { client_credentials: false, use_managed_identities: true };
  const text = await instance(sandbox, params, { clock }).fails('test-module');
  expect(text).toContain(
    `No managed identity endpoint responds at ${endpoint.origin}: no response arrived in time.`,
  );
  expect(waits.filter((wait) => wait !== 240_000)).toEqual([5_000]);
});
