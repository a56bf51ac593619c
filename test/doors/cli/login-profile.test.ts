import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type LoginInput,
  parametersOf,
  removeProfile,
  saveProfile,
  withSignIn,
} from '../../../src/doors/cli/login/profile';

let file: string;
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'mdti-profile-')), 'config.json');
});

test.each<[string, LoginInput, object]>([
  [
    'a client secret',
    { method: 'secret', appId: 'app', tenantId: 'contoso.com', secret: 's' },
    {
      app_id: 'app',
      tenant_id: 'contoso.com',
      client_credentials: true,
      credentials: { password: 's' },
    },
  ],
  [
    'a certificate',
    {
      method: 'certificate',
      appId: 'app',
      tenantId: 'contoso.com',
      thumbprint: 'AB',
      privateKey: 'key',
    },
    {
      app_id: 'app',
      tenant_id: 'contoso.com',
      client_credentials: true,
      creds_certificate: { identifier: 'AB', password: 'key' },
    },
  ],
  ['a user account', { method: 'device-code', appId: 'app' }, { app_id: 'app' }],
  [
    'a user account of a tenant',
    { method: 'device-code', appId: 'app', tenantId: 'contoso.com' },
    { app_id: 'app', tenant_id: 'contoso.com' },
  ],
  ['a managed identity', { method: 'managed-identity' }, { use_managed_identities: true }],
  [
    'a user-assigned managed identity',
    { method: 'managed-identity', appId: 'app' },
    { use_managed_identities: true, managed_identities_client_id: { password: 'app' } },
  ],
  ['an ambient identity', { method: 'ambient' }, { use_ambient_identity: true }],
])('the parameters of %s', (_, input, params) => {
  expect(parametersOf(input)).toEqual(params);
  // They replace those of any other method, and nothing else.
  const before = {
    app_id: 'old',
    tenant_id: 'old.example',
    client_credentials: true,
    credentials: { password: 'old' },
    creds_certificate: { password: 'old' },
    use_managed_identities: true,
    managed_identities_client_id: { password: 'old' },
    use_ambient_identity: true,
    insecure: true,
    max_results: 5,
  };
  writeFileSync(file, JSON.stringify({ profiles: { lab: before } }));
  expect(withSignIn(file, 'lab', parametersOf(input))).toEqual({ insecure: true, max_results: 5, ...params });
  expect(withSignIn(file, 'new', parametersOf(input))).toEqual(params);
});

test('a saved file is indented and ends with a line feed', () => {
  saveProfile(file, 'lab', { app_id: 'app' });
  expect(readFileSync(file, 'utf8')).toBe(
    '{\n  "profiles": {\n    "lab": {\n      "app_id": "app"\n    }\n  }\n}\n',
  );
});

test('removing a profile keeps the others', () => {
  saveProfile(file, 'lab', { app_id: 'one' });
  saveProfile(file, 'default', { app_id: 'two' });
  expect(removeProfile(file, 'lab')).toBe(true);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ profiles: { default: { app_id: 'two' } } });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('the error names a file that cannot be written, and says what to do', () => {
  writeFileSync(file, '');
  const below = join(file, 'config.json');
  expect(() => saveProfile(below, 'lab', {})).toThrow(
    expect.objectContaining({
      code: 'STATE_UNAVAILABLE',
      message: expect.stringContaining(`${below} cannot be written`),
      hint: expect.stringContaining('name another file in MDTI_CONFIG'),
    }),
  );
});

test('removing an unknown profile changes nothing', () => {
  expect(removeProfile(file, 'lab')).toBe(false);
  expect(existsSync(file)).toBe(false);
});
