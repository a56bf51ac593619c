import { openEngine } from '../../src/engine/engine';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { APPLICATION } from '../../src/sandbox/options';
import { memoryStore } from '../../src/state/store';
import { WORLD } from '../support/case';
import { makeRegistered, type Registered } from '../support/identity';
import { type IdentityEndpoint, startIdentityEndpoint } from '../support/managed-identity';
import { withoutWaits } from '../support/without-waits';

/*
 * What Graph says about access, in one process and with each sign-in method: consent that is granted while the process runs, and
 * conditional access that demands a new token.
 */

let registered: Registered;
let sandbox: Sandbox;
let endpoint: IdentityEndpoint;
beforeAll(async () => {
  registered = await makeRegistered();
  const certificates = [registered.certificate];
  sandbox = await startSandbox({ world: WORLD, deviceCode: { interval: 0 }, certificates });
  endpoint = await startIdentityEndpoint(sandbox);
});
afterAll(async () => {
  await sandbox.close();
  await endpoint.close();
});

const VARIABLES = [
  'IDENTITY_ENDPOINT',
  'IDENTITY_HEADER',
  'AZURE_TOKEN_CREDENTIALS',
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_FEDERATED_TOKEN_FILE',
];
const clearVariables = () => {
  for (const name of VARIABLES) delete process.env[name];
};
beforeEach(() => {
  clearVariables();
  sandbox.reset();
  sandbox.login.consent(['ThreatIntelligence.Read.All']);
});
afterEach(clearVariables);

const HOST = 'msg-defender-threat-intel-host';
const AUTH = 'msg-defender-threat-intel-auth-';
const CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';

function engine(params: object = {}) {
  const all = { ...sandbox.params, ...params };
  const ports = { ca: sandbox.ca, store: memoryStore(), clock: withoutWaits };
  return openEngine({ params: all, ...ports, allowEndpoints: [sandbox.origin] });
}

async function signedIn() {
  const person = engine({ client_credentials: false, credentials: null });
  const { entries } = await person.execute(`${AUTH}start`);
  const [, code = ''] = /code \*\*([A-Z0-9-]+)\*\*/.exec(String(entries[0]?.Contents)) ?? [];
  sandbox.login.approve(code);
  await person.execute(`${AUTH}complete`);
  return person;
}

const withCertificate = () =>
  engine({
    credentials: null,
    creds_certificate: { identifier: registered.sha1, password: registered.pkcs8 },
  });

const NO_APPLICATION = { client_credentials: false, app_id: null, tenant_id: null, credentials: null };

function managed() {
  process.env.IDENTITY_ENDPOINT = `${endpoint.origin}/msi/token`;
  process.env.IDENTITY_HEADER = 'a-header-secret';
  return engine({ ...NO_APPLICATION, use_managed_identities: true });
}

function ambient() {
  process.env.AZURE_TOKEN_CREDENTIALS = 'EnvironmentCredential';
  process.env.AZURE_TENANT_ID = APPLICATION.tenant;
  process.env.AZURE_CLIENT_ID = APPLICATION.id;
  process.env.AZURE_CLIENT_SECRET = APPLICATION.secret;
  process.env.AZURE_FEDERATED_TOKEN_FILE = '';
  return engine({ ...NO_APPLICATION, use_ambient_identity: true });
}

const FLOWS = [
  [
    'a client secret',
    () => engine(),
    /Add the application permission ThreatIntelligence.Read.All .* grant admin consent/,
  ],
  ['a client certificate', withCertificate, /Add the application permission .* grant admin consent/],
  [
    'a signed-in user',
    signedIn,
    /Add the delegated permission .* grant admin consent.* directory role Security Reader/,
  ],
  [
    'a managed identity',
    managed,
    /Assign the application permission .* caches managed identity tokens for up to 24 hours/,
  ],
  [
    'the ambient identity',
    ambient,
    /Grant ThreatIntelligence.Read.All .* up to 24 hours|keeps tokens for up to 24 hours/,
  ],
] as const;

test.each(FLOWS)('for %s, consent works in the same process without a new sign-in', async (_, open, hint) => {
  sandbox.login.consent(['User.Read']);
  const running = await open();
  const before = await running.execute(HOST, { host_id: 'contoso.com' });
  expect(before.errors).toMatchObject([{ code: 'GRAPH_FORBIDDEN', status: 403 }]);
  expect(before.entries[0]?.Contents).toMatch(hint);
  sandbox.login.consent(['ThreatIntelligence.Read.All']);
  expect((await running.execute(HOST, { host_id: 'contoso.com' })).errors).toEqual([]);
});

test.each(FLOWS)('for %s, a 403 costs one token, not one for each request', async (_, open) => {
  sandbox.login.consent(['User.Read']);
  const running = await open();
  await running.execute(HOST, { host_id: 'contoso.com' });
  const tokens = () =>
    sandbox.requests.filter(({ path }) => path.includes('/oauth2/v2.0/token')).length +
    endpoint.requested.length;
  const before = tokens();
  await running.execute(HOST, { host_id: 'contoso.com,example.org,192.0.2.1' });
  expect(tokens() - before).toBe(1);
});

const WITH_CLAIMS = FLOWS.filter(([name]) => name !== 'a managed identity');

test.each(WITH_CLAIMS)('for %s, a claims challenge is met by a token with those claims', async (_, open) => {
  const running = await open();
  sandbox.faults.claims = CLAIMS;
  expect((await running.execute(HOST, { host_id: 'contoso.com' })).errors).toEqual([]);
  const forms = sandbox.requests.flatMap(({ form }) => (form?.claims?.includes('nbf') ? [form.claims] : []));
  expect(forms).toEqual([expect.stringContaining(CLAIMS.slice(1, -1))]);
});

test('requires a new sign-in if a token cannot satisfy the claims', async () => {
  const person = await signedIn();
  sandbox.faults.claims = CLAIMS;
  sandbox.login.revoke();
  const { entries } = await person.execute(HOST, { host_id: 'contoso.com' });
  expect(entries[0]?.Contents).toContain(
    'Conditional access requires a new sign-in: run !msg-defender-threat-intel-auth-start.',
  );
});

test('a managed identity cannot meet the claims, so the hint names the policies to check', async () => {
  const running = await managed();
  sandbox.faults.claims = CLAIMS;
  const { errors, entries } = await running.execute(HOST, { host_id: 'contoso.com' });
  expect(errors).toMatchObject([{ code: 'GRAPH_UNAUTHORIZED', status: 401 }]);
  expect(entries[0]?.Contents).toContain('Check the conditional access policies for this workload identity');
});

test.each(['none', 'unverified'] as const)(
  'for a tenant whose entitlement is %s, the hint names the causes in their order',
  async (entitlement) => {
    sandbox.faults.entitlement = entitlement;
    const { entries } = await engine().execute(HOST, { host_id: 'contoso.com' });
    expect(entries[0]?.Contents).toMatch(
      /no Defender XDR or Microsoft Sentinel entitlement; .* not verified .*; or a temporary fault/,
    );
  },
);

test('one 500 is a passing fault: the retry succeeds', async () => {
  sandbox.faults.rules = [{ kind: 'error', status: 500, times: 1 }];
  expect((await engine().execute(HOST, { host_id: 'contoso.com' })).errors).toEqual([]);
});
