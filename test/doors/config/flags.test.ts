// cspell:ignore tenantid
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
