// cspell:ignore clientcert clientid clientsecret clientcertificate maxresults privatekey directoryid
import { nearestParameter } from '../../../src/config/nearest-parameter';
import { flagParams, howToSet, refuseRefreshToken } from '../../../src/doors/cli/config/flags';
import { raised } from '../../support/raised';

test('values may contain any character, including equals signs and line breaks', () => {
  expect(flagParams(['tenant_id=a=b', 'app_id=', 'cache_ttl=1h\n2h'])).toEqual({
    tenant_id: 'a=b',
    app_id: '',
    cache_ttl: '1h\n2h',
  });
});

test.each([
  [
    'credentials',
    ['client_secret', 'ClientSecret', 'app_password', 'application_secret', 'secret', 'password'],
  ],
  ['app_id', ['client', 'client_id', 'clientid', 'application', 'application_id', 'appid']],
  ['tenant_id', ['tenant', 'directory', 'directory_id', 'directoryid', 'tenantid']],
  [
    'creds_certificate',
    [
      'cert',
      'certificate',
      'client_cert',
      'clientcert',
      'clientcertificate',
      'thumbprint',
      'key',
      'private_key',
      'privatekey',
    ],
  ],
  ['max_results', ['max_result', 'maxresults']],
  [
    undefined,
    [
      'my_secret',
      'secret_of_the_app',
      'secrets',
      'the_old_client_secret',
      'client_secret_of_the_app',
      'the_other_client',
      'client_of_contoso',
      'the_first_tenant',
      'tenant_of_contoso',
      'the_whole_directory',
      'directory_of_users',
      'my_own_certificate',
      'certificate_of_contoso',
      'the_first_thumbprint',
      'thumbprint_of_the_key',
      'a_key',
      'key_of_contoso',
      'zzzzzz',
    ],
  ],
])('%s is meant by %j', (parameter, names) => {
  for (const name of names) expect([name, nearestParameter(name)]).toEqual([name, parameter]);
});

test.each([
  ['app_id', 'write --param app_id=VALUE.'],
  ['credentials', 'run `mdti login`, or set MDTI_CREDENTIALS_PASSWORD.'],
  ['managed_identities_client_id', 'run `mdti login`, or set MDTI_MANAGED_IDENTITIES_CLIENT_ID_PASSWORD.'],
])('how to set %s', (name, text) => {
  expect(howToSet(name)).toBe(text);
});

test.each([
  [
    ['credentials=x'],
    '--param credentials: a parameter with a secret cannot be given on the command line.',
    'Run `mdti login`, or set MDTI_CREDENTIALS_PASSWORD.',
  ],
  [['app_id'], '--param: "app_id" has no "=".', 'Write --param name=value.'],
  [['max-results=5'], '--param: "max-results=5" has no "=".', 'Write --param name=value.'],
  [['tenantid=x'], '--param: there is no parameter "tenantid".', 'Did you mean tenant_id?'],
  [
    ['max_results=5', 'app_id=one@token'],
    '--param app_id contains a refresh token, which is a secret.',
    'Put it into a profile, into MDTI_APP_ID, or sign in with `mdti login`.',
  ],
])('--param %j is rejected with what to do', async (flags, message, hint) => {
  expect(await raised(() => flagParams(flags))).toMatchObject({ code: 'CONFIG_INVALID', message, hint });
});

test('only an app_id with a refresh token is rejected', () => {
  expect(() => refuseRefreshToken('--app-id', 'one')).not.toThrow();
  expect(flagParams(['tenant_id=one@token'])).toEqual({ tenant_id: 'one@token' });
});
