import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { printChecks } from '../../../src/doors/cli/doctor';
import { APPLICATION } from '../../../src/sandbox/options';
import { cli } from '../../support/run-cli';
import { SECRET, signInSandbox } from '../../support/sign-in-sandbox';

jest.mock('../../../src/doors/cli/doctor', () => ({ printChecks: jest.fn() }));

const signIn = signInSandbox();
const SIGNED_IN = [{ check: 'token', status: 'ok' }];
const APPLICATION_OPTIONS = SECRET.slice(3);
const { privateKey: KEY } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

beforeEach(
  () =>
    void jest
      .mocked(printChecks)
      .mockReset()
      .mockResolvedValue(SIGNED_IN as never),
);
afterEach(() => void jest.restoreAllMocks());

test.each<[method: string, options: string[], profile: Record<string, unknown>]>([
  [
    'secret',
    APPLICATION_OPTIONS,
    {
      app_id: APPLICATION.id,
      tenant_id: APPLICATION.domain,
      client_credentials: true,
      credentials: { password: APPLICATION.secret },
    },
  ],
  [
    'certificate',
    [...APPLICATION_OPTIONS, '--thumbprint', 'ab'.repeat(20), '--key-file', 'KEY'],
    {
      app_id: APPLICATION.id,
      tenant_id: APPLICATION.domain,
      client_credentials: true,
      creds_certificate: { identifier: 'ab'.repeat(20), password: KEY },
    },
  ],
  ['managed-identity', [], { use_managed_identities: true }],
  [
    'managed-identity',
    ['--app-id', APPLICATION.id],
    { use_managed_identities: true, managed_identities_client_id: { password: APPLICATION.id } },
  ],
  ['ambient', [], { use_ambient_identity: true }],
])('%s with %j: the sign-in is tested with what is then saved', async (method, options, profile) => {
  const keyFile = join(dirname(signIn.environment.MDTI_STATE_FILE ?? ''), 'key.pem');
  writeFileSync(keyFile, KEY);
  const words = options.map((word) => (word === 'KEY' ? keyFile : word));
  const environment =
    method === 'ambient' || method === 'managed-identity'
      ? { MDTI_CONFIG: signIn.config, MDTI_STATE_FILE: signIn.environment.MDTI_STATE_FILE }
      : signIn.environment;
  const { status, stderr } = await cli(
    ['login', '--method', method, ...words],
    APPLICATION.secret,
    environment,
  );
  expect([status, stderr]).toEqual([0, `Saved as profile default in ${signIn.config}.\n`]);
  expect(signIn.profiles()).toEqual({ default: profile });
  expect(jest.mocked(printChecks).mock.lastCall?.[0].params).toMatchObject(profile);
});

test.each([
  [{ app_id: 'my-app' }, '--app-id: the value is not an application (client) ID.'],
  [{ app_id: APPLICATION.id, tenant_id: 'contoso' }, '--tenant-id: the value is not a tenant.'],
  [{ app_id: APPLICATION.id, tenant_id: 5 }, 'mdti login needs --tenant-id.'],
  [{ app_id: '', tenant_id: 'contoso.com' }, 'mdti login needs --app-id.'],
])('what is configured is checked like what is typed: %j', async (profile, message) => {
  mkdirSync(dirname(signIn.config));
  writeFileSync(signIn.config, JSON.stringify({ profiles: { default: profile } }));
  const { status, stderr } = await cli(['login', '--method', 'secret'], '', { MDTI_CONFIG: signIn.config });
  expect([status, stderr]).toEqual([2, expect.stringContaining(`${message}\n`)]);
  expect(printChecks).not.toHaveBeenCalled();
});

test.each([['login', '--method', 'managed-identity'], ['logout']])(
  'mdti %s fails where a saved token cannot be deleted',
  async (...words) => {
    mkdirSync(dirname(signIn.config));
    writeFileSync(signIn.config, JSON.stringify({ profiles: { default: { use_managed_identities: true } } }));
    const file = join(dirname(signIn.config), 'config.json', 'state');
    const { status, stdout, stderr } = await cli(words, '', {
      MDTI_CONFIG: signIn.config,
      MDTI_STATE_FILE: file,
    });
    expect([status, stdout, stderr]).toEqual([2, '', expect.stringContaining(file)]);
    expect(existsSync(file)).toBe(false);
  },
);
