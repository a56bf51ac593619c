import { createHash, sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { APPLICATION } from '../../src/sandbox/options';
import { WORLD } from '../support/case';
import { makeRegistered, type Registered } from '../support/identity';
import { instance } from '../support/instance';
import { mdti } from '../support/mdti';

/* What @azure/identity gets from other programs, in the built command line: its credentials run there on the msal-node of the bundle. */

const folder = mkdtempSync(join(tmpdir(), 'mdti-ambient-'));
let sandbox: Sandbox;
let registered: Registered;
beforeAll(async () => {
  registered = await makeRegistered();
  sandbox = await startSandbox({ world: WORLD, certificates: [registered.certificate] });
  writeFileSync(join(folder, 'ca.pem'), sandbox.ca);
});
afterAll(() => sandbox.close());

/** The response of `mdti run` to `test-module` with the identity of this machine, in this environment. */
async function testModule(environment: Readonly<Record<string, string>>): Promise<string> {
  const { app_id, tenant_id, credentials, ...params } = sandbox.params;
  const document = {
    command: 'test-module',
    params: { ...params, client_credentials: false, use_ambient_identity: true },
  };
  const { stdout } = await mdti(['run'], JSON.stringify(document), {
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    MDTI_ALLOW_ENDPOINTS: sandbox.origin,
    ...environment,
  });
  return JSON.parse(stdout).entries[0].Contents;
}

/** Puts a program on PATH that writes down its arguments and prints this text; returns PATH. */
function fakeProgram(name: string, output: object): string {
  const script = `#!/bin/sh\necho "$*" > '${join(folder, name)}.args'\ncat <<'END'\n${JSON.stringify(output)}\nEND\n`;
  writeFileSync(join(folder, name), script, { mode: 0o755 });
  return `${folder}${delimiter}${process.env.PATH}`;
}

/** A token that the sandbox issued, as a program that is signed in would have one. */
async function issuedToken(): Promise<string> {
  const own = instance(sandbox);
  await own.says('test-module');
  const [token] = Object.values(own.state().tokens ?? {}) as { value: string }[];
  return token?.value ?? '';
}

test('the Azure CLI is requested a token of Graph', async () => {
  const soon = Math.floor(Date.now() / 1000) + 3_000;
  const PATH = fakeProgram('az', {
    accessToken: await issuedToken(),
    expires_on: soon,
    expiresOn: '2030-01-01 00:00:00.000000',
    tokenType: 'Bearer',
  });
  expect(await testModule({ PATH, AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential' })).toBe('ok');
  expect(readFileSync(join(folder, 'az.args'), 'utf8').trim()).toBe(
    'account get-access-token --output json --resource https://graph.microsoft.com',
  );
});

test('the Azure Developer CLI is requested a token of Graph', async () => {
  const PATH = fakeProgram('azd', { token: await issuedToken(), expiresOn: '2030-01-01T00:00:00Z' });
  expect(await testModule({ PATH, AZURE_TOKEN_CREDENTIALS: 'AzureDeveloperCliCredential' })).toBe('ok');
  expect(readFileSync(join(folder, 'azd.args'), 'utf8').trim()).toBe(
    'auth token --output json --no-prompt --scope https://graph.microsoft.com/.default',
  );
});

test('a workload identity trades the token of its file for one of Graph', async () => {
  const file = join(folder, 'federated-token');
  writeFileSync(file, assertion());
  sandbox.reset();
  const result = await testModule({
    AZURE_TOKEN_CREDENTIALS: 'WorkloadIdentityCredential',
    AZURE_TENANT_ID: APPLICATION.tenant,
    AZURE_CLIENT_ID: APPLICATION.id,
    AZURE_FEDERATED_TOKEN_FILE: file,
  });
  expect(result).toBe('ok');
  expect(sandbox.requests.filter(({ assertion }) => assertion !== undefined)).toMatchObject([
    { form: { grant_type: 'client_credentials', client_id: APPLICATION.id } },
  ]);
});

/** A token that the sandbox accepts from this application. */
function assertion(): string {
  const { raw } = new X509Certificate(registered.certificate);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const header = {
    alg: 'RS256',
    typ: 'JWT',
    'x5t#S256': createHash('sha256').update(raw).digest('base64url'),
  };
  const claims = {
    aud: `${sandbox.origin}/${APPLICATION.tenant}/oauth2/v2.0/token`,
    iss: APPLICATION.id,
    sub: APPLICATION.id,
    exp: Math.floor(Date.now() / 1000) + 600,
  };
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), registered.pkcs8).toString('base64url')}`;
}
