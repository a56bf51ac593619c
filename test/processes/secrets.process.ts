import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { statePaths } from '../../src/base/user-paths';
import { type FaultRule, type Sandbox, startSandbox } from '../../src/sandbox';
import { APPLICATION } from '../../src/sandbox/options';
import { fileStore } from '../../src/state/file-store';
import { WORLD } from '../support/case';
import { makeRegistered, type Registered } from '../support/identity';
import { mdti } from '../support/mdti';
import { startProxy, type TestProxy } from '../support/proxy';

/*
 * Every failure of a sign-in at the most talkative level, in separate processes: what is on stdout, on stderr and in
 * the state file is searched for everything that is a secret. Codes that a user types are meant to be read.
 */

const SECRET = 'a-secret~that.is_Nowhere+to/be=found';
const HEADER = 'an-identity-header-secret';
const PROXY_PASSWORD = 'a-proxy-password';
const REFRESH = '1.a-refresh-token-of-old';

let sandbox: Sandbox;
let registered: Registered;
let stranger: Registered;
let proxy: TestProxy;
let folder: string;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  [registered, stranger] = [await makeRegistered(), await makeRegistered()];
  sandbox = await startSandbox({ world: WORLD, certificates: [registered.certificate] });
  proxy = await startProxy(() => 407);
});
afterAll(() => Promise.all([sandbox.close(), proxy.close()]));
beforeEach(() => {
  sandbox.reset();
  folder = mkdtempSync(join(tmpdir(), 'mdti-secrets-'));
  writeFileSync(join(folder, 'ca.pem'), sandbox.ca);
  environment = {
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    MDTI_LOG: 'debug',
    MDTI_STATE_FILE: join(folder, 'state'),
  };
});

/** The secret lines of a key: those of the armour are the same in every key. */
function keyLines(pem: string): string[] {
  return pem.split('\n').filter((line) => line.length > 20 && !line.startsWith('-----'));
}

/** Everything in a state that must not be seen in the clear: its tokens and device codes. */
function secretsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    ['value', 'refreshToken', 'deviceCode'].includes(name) ? [String(inner)] : secretsIn(inner),
  );
}

/** Runs a command for a user. @returns all that could be read of it, and its status. */
async function seen(
  command: string,
  params: object,
  variables: NodeJS.ProcessEnv = {},
): Promise<{ text: string; status: number | null }> {
  const paramsFile = join(folder, 'params.json');
  writeFileSync(paramsFile, JSON.stringify({ ...sandbox.params, ...params }));
  const words = command === 'doctor' ? ['doctor'] : [`!${command}`];
  const { stdout, stderr, status } = await mdti([...words, '--params', paramsFile], '', {
    ...environment,
    ...variables,
  });
  return { text: `${stdout}${stderr}${stateFile()}`, status };
}

function stateFile(): string {
  try {
    return readFileSync(join(folder, 'state'), 'utf8');
  } catch {
    return '';
  }
}

/** The state file: random letters, among which any short run may come up by chance. */
const SEALED = /^mdti-state-\d+ [\w+/=-]+$/m;

async function expectSilence(text: string): Promise<void> {
  const kept = secretsIn(await fileStore(statePaths(environment), { log: () => {} }).read());
  const secrets = [
    SECRET,
    APPLICATION.secret,
    HEADER,
    PROXY_PASSWORD,
    REFRESH,
    ...keyLines(registered.pkcs8),
    ...keyLines(registered.pkcs1),
    ...keyLines(stranger.pkcs8),
    ...keyLines(registered.protectedPkcs8),
    ...kept,
  ];
  for (const secret of secrets) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(encodeURIComponent(secret));
    expect(text).not.toContain(Buffer.from(secret).toString('base64'));
  }
  const outcome = text.replace(SEALED, '');
  expect(outcome).not.toMatch(/eyJ[\w-]{20}/);
  expect(outcome).not.toMatch(/set-cookie|-----BEGIN/i);
}

const TEST = 'msg-defender-threat-intel-auth-test';
const DEVICE = { client_credentials: false, credentials: null };

function certificate(identifier: string, password: string): object {
  return { credentials: null, creds_certificate: { identifier, password } };
}

type Failure = [
  string,
  () => { params: object; variables?: NodeJS.ProcessEnv; rules?: FaultRule[]; command?: string },
];

test.each<Failure>([
  ['a wrong secret', () => ({ params: { credentials: { password: SECRET } } })],
  [
    'a secret beside a certificate that is not registered',
    () => ({ params: { creds_certificate: { identifier: stranger.sha1, password: stranger.pkcs8 } } }),
  ],
  [
    'a certificate that the tenant does not have',
    () => ({ params: certificate(stranger.sha1, stranger.pkcs8) }),
  ],
  [
    'a key in the place of the thumbprint',
    () => ({ params: certificate(registered.pkcs8, registered.sha1) }),
  ],
  ['a protected key', () => ({ params: certificate(registered.sha1, registered.protectedPkcs8) })],
  ['half a key', () => ({ params: certificate(registered.sha1, registered.pkcs8.slice(0, 700)) })],
  [
    'a damaged key',
    () => ({ params: certificate(registered.sha1, registered.pkcs1.replace(/\n.{64}\n/, '\n')) }),
  ],
  ['a refresh token of old', () => ({ params: { ...DEVICE, app_id: `${APPLICATION.id}@${REFRESH}` } })],
  ['a user who has not signed in', () => ({ params: DEVICE })],
  [
    'an unavailable login service',
    () => ({ params: { command_timeout: 2 }, rules: [{ kind: 'error', match: '/', times: 99 }] }),
  ],
  [
    'a login service that talks nonsense',
    () => ({ params: { command_timeout: 2 }, rules: [{ kind: 'garble', match: '/', times: 99 }] }),
  ],
  [
    'a Graph that rejects every token',
    () => ({ params: {}, rules: [{ kind: 'error', status: 401, times: 99 }] }),
  ],
  ['a Graph without permission', () => ({ params: {}, rules: [{ kind: 'error', status: 403, times: 99 }] })],
  [
    'a proxy that rejects',
    () => ({
      params: { proxy: true },
      variables: { HTTPS_PROXY: `http://alex:${PROXY_PASSWORD}@${proxy.address}` },
    }),
  ],
  [
    'a proxy that is none',
    () => ({
      params: { proxy: true },
      variables: { HTTPS_PROXY: `socks://alex:${PROXY_PASSWORD}@${proxy.address}` },
    }),
  ],
  [
    'a login service with a password in it',
    () => ({ params: { azure_ad_endpoint: `https://alex:${PROXY_PASSWORD}@localhost` } }),
  ],
  [
    'no managed identity',
    () => ({
      params: { ...DEVICE, use_managed_identities: true },
      variables: { IDENTITY_ENDPOINT: 'http://127.0.0.1:9/msi', IDENTITY_HEADER: HEADER },
    }),
  ],
  [
    'an ambient identity that is rejected',
    () => ({
      params: { ...DEVICE, use_ambient_identity: true },
      variables: {
        AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential',
        AZURE_TENANT_ID: APPLICATION.tenant,
        AZURE_CLIENT_ID: APPLICATION.id,
        AZURE_CLIENT_SECRET: SECRET,
      },
    }),
  ],
  ['a doctor who finds it', () => ({ params: { credentials: { password: SECRET } }, command: 'doctor' })],
])('%s gives no secret away', async (_, failure) => {
  const { params, variables, rules = [], command = TEST } = failure();
  sandbox.faults.rules = rules;
  const { text, status } = await seen(command, params, variables);
  expect(status).toBe(1);
  await expectSilence(text);
});

test('logs no secret when the sign-in succeeds', async () => {
  for (const params of [{}, certificate(registered.sha256, registered.pkcs8)]) {
    for (const command of [TEST, TEST, 'doctor']) {
      const { text, status } = await seen(command, params);
      expect(status).toBe(0);
      await expectSilence(text);
    }
  }
});

test('stores a device code encrypted from start to end', async () => {
  const command = (name: string) => seen(`msg-defender-threat-intel-auth-${name}`, DEVICE);
  const started = await command('start');
  await expectSilence(started.text);
  await expectSilence((await command('complete')).text);
  sandbox.login.approve(/code \W*([A-Z0-9]{9})\b/.exec(started.text)?.[1] ?? '');
  const completed = await command('complete');
  expect(completed.status).toBe(0);
  await expectSilence(completed.text);
  await expectSilence((await command('test')).text);
});
