import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { APPLICATION } from '../../src/sandbox/options';
import { WORLD } from '../support/case';
import { makeRegistered, type Registered } from '../support/identity';
import { instance } from '../support/instance';
import { startIdentityEndpoint } from '../support/managed-identity';
import { startProxy } from '../support/proxy';

const VARIABLES = [
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_TOKEN_CREDENTIALS',
  'IDENTITY_ENDPOINT',
  'IDENTITY_HEADER',
  'HTTPS_PROXY',
];

let sandbox: Sandbox;
let registered: Registered;
const open: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  registered = await makeRegistered();
  sandbox = await startSandbox({ world: WORLD, certificates: [registered.certificate] });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  for (const name of VARIABLES) delete process.env[name];
  sandbox.reset();
});
afterEach(async () => {
  for (const name of VARIABLES) delete process.env[name];
  for (const service of open.splice(0)) await service.close();
});

function ambient(params: object = {}) {
  return instance(sandbox, {
    client_credentials: false,
    use_ambient_identity: true,
    app_id: null,
    tenant_id: null,
    ...params,
  });
}

function environment(variables: Record<string, string>): void {
  Object.assign(
    process.env,
    { AZURE_TENANT_ID: APPLICATION.tenant, AZURE_CLIENT_ID: APPLICATION.id },
    variables,
  );
}

test("an application of the environment's signs in over our transport, once", async () => {
  environment({ AZURE_CLIENT_SECRET: APPLICATION.secret });
  const { says } = ambient();
  expect(await says('test-module')).toBe('ok');
  const logins = sandbox.requests.filter(({ path }) => path.includes('/oauth2/v2.0/token'));
  expect(logins).toMatchObject([
    {
      form: {
        grant_type: 'client_credentials',
        client_id: APPLICATION.id,
        scope: expect.stringContaining('https://graph.microsoft.com/.default'),
      },
    },
  ]);
  expect(await says('test')).toContain('the identity of this machine works');
});

test('a certificate of the environment signs an assertion', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'mdti-ambient-')), 'certificate.pem');
  writeFileSync(file, `${registered.pkcs8}\n${registered.certificate}`);
  environment({ AZURE_CLIENT_CERTIFICATE_PATH: file });
  expect(await ambient().says('test-module')).toBe('ok');
  expect(sandbox.requests.find(({ assertion }) => assertion !== undefined)).toBeDefined();
});

test('the proxy is used where the parameter says so, and only there', async () => {
  environment({ AZURE_CLIENT_SECRET: APPLICATION.secret });
  const proxy = await startProxy();
  open.push(proxy);
  process.env.HTTPS_PROXY = `http://${proxy.address}`;
  expect(await ambient().says('test-module')).toBe('ok');
  expect(proxy.tunnels).toEqual([]);
  expect(await ambient({ proxy: true }).says('test-module')).toBe('ok');
  expect(proxy.tunnels).toHaveLength(1);
});

test('a managed identity is one of the links, and is requested directly', async () => {
  const endpoint = await startIdentityEndpoint(sandbox);
  const proxy = await startProxy();
  open.push(endpoint, proxy);
  Object.assign(process.env, {
    HTTPS_PROXY: `http://${proxy.address}`,
    AZURE_TOKEN_CREDENTIALS: 'prod',
    IDENTITY_ENDPOINT: `${endpoint.origin}/msi/token`,
    IDENTITY_HEADER: 'a-header-secret',
  });
  expect(await ambient({ proxy: true }).says('test-module')).toBe('ok');
  expect(endpoint.requested).toHaveLength(1);
});

test('the login service is quoted where it rejects', async () => {
  environment({ AZURE_CLIENT_SECRET: 'wrong', AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential' });
  const text = await ambient().fails('test-module');
  expect(text).toContain('No identity of this machine returned a token: ');
  expect(text).toContain('AADSTS7000215');
  expect(text).toContain('clear use_ambient_identity');
});

test('lists the credentials it tried if none was found', async () => {
  process.env.AZURE_TOKEN_CREDENTIALS = 'EnvironmentCredential';
  const text = await ambient().fails('test-module');
  expect(text).toContain('EnvironmentCredential');
  expect(text.split('\n')).toHaveLength(2);
});
