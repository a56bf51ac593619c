import { type Act, failing, jsonResponse, loginStage, TOKEN } from './login-stage';

const on = loginStage();

function refused(error: string, error_description: string, status = 400): Act {
  return jsonResponse({ error, error_description }, status);
}

const AT = 'The sign-in at https://login.microsoftonline.com';
const CONFIGURATION =
  'Check the tenant, the application and its credential in the configuration of the integration instance.';
const ENDPOINT =
  'Check that the parameter azure_ad_endpoint names a Microsoft login service, and that no proxy responds in its place.';
const AGAIN = 'Sign in again: run !msg-defender-threat-intel-auth-start.';

describe('a refusal of the login service is reported with its message and a hint', () => {
  test.each([
    ['AADSTS50059', 'Set tenant_id to the tenant in which the application is registered.'],
    ['AADSTS50173', AGAIN],
    [
      'AADSTS65001',
      'Ask an administrator to grant consent for ThreatIntelligence.Read.All to this application.',
    ],
    ['AADSTS70000', AGAIN],
    ['AADSTS70008', AGAIN],
    ['AADSTS90002', 'Check tenant_id, and that azure_ad_endpoint is the cloud of that tenant.'],
    ['AADSTS700016', 'Check app_id, and that tenant_id is the tenant in which it is registered.'],
    ['AADSTS700027', 'Register the certificate with the application, or use one that is registered.'],
    ['AADSTS700082', AGAIN],
    ['AADSTS7000215', "Give the secret's value in credentials, not its id."],
    ['AADSTS7000218', 'Turn on *Allow public client flows* (App registrations, Authentication).'],
    ['AADSTS7000222', 'Create a new secret for the application and enter its value in credentials.'],
    ['AADSTS53003', CONFIGURATION],
    ['No number', CONFIGURATION],
  ])('%s', async (code, hint) => {
    on.play(refused('invalid_client', `${code}: So it is. Trace ID: 1`, 401));
    const outcome = await on.run('auth-test');
    expect(outcome).toMatchObject({ code: 'AUTH_FAILED', status: 401, logins: 1 });
    expect(outcome.text).toBe(`${AT} was rejected: ${code}: So it is. Trace ID: 1\n${hint}`);
  });
});

describe('a response that is not from a sign-in endpoint', () => {
  test.each<[string, Act, string]>([
    [
      'an OAuth error without words',
      jsonResponse({ error: 'invalid_scope' }, 400),
      `was rejected: invalid_scope\n${CONFIGURATION}`,
    ],
    [
      'blank words',
      jsonResponse({ error: 'invalid_scope', error_description: ' ' }, 400),
      `was rejected: invalid_scope\n${CONFIGURATION}`,
    ],
    [
      'an unreadable body',
      jsonResponse({ error: 'invalid_scope', error_description: '\u0001\u200b' }, 400),
      `was rejected: invalid_scope\n${CONFIGURATION}`,
    ],
    [
      'an error with status 200',
      jsonResponse({ error: 'invalid_scope', error_description: 'No.' }),
      `was rejected: No.\n${CONFIGURATION}`,
    ],
    [
      'an error object',
      jsonResponse({ error: { code: 'BadRequest', message: 'Not so.' } }, 400),
      `was rejected: Not so.\n${CONFIGURATION}`,
    ],
    [
      'an error object without words',
      jsonResponse({ error: { code: 'BadRequest' } }, 400),
      `was rejected: BadRequest\n${CONFIGURATION}`,
    ],
    [
      'a message alone',
      jsonResponse({ message: 'No such page' }, 400),
      `was rejected: No such page\n${CONFIGURATION}`,
    ],
    [
      'a page',
      jsonResponse('<h1>Blocked</h1>', 403, { 'content-type': 'text/html' }),
      `returned no token and no readable reason. The response had status 403.\n${ENDPOINT}`,
    ],
    [
      'a list',
      jsonResponse([], 400),
      `returned no token and no readable reason. The response had status 400.\n${ENDPOINT}`,
    ],
    [
      'a good page',
      jsonResponse('<h1>Welcome</h1>', 200, { 'content-type': 'text/html' }),
      `returned no token and no readable reason.\n${ENDPOINT}`,
    ],
    [
      'a token that is empty',
      jsonResponse({ token_type: 'Bearer', expires_in: 3599, access_token: '' }),
      `returned no token and no readable reason.\n${ENDPOINT}`,
    ],
    [
      'a redirect',
      jsonResponse('', 302, { location: 'https://example.org' }),
      `returned no token and no readable reason.\n${ENDPOINT}`,
    ],
  ])('%s', async (_, act, words) => {
    on.play(act);
    const outcome = await on.run('auth-test');
    expect(outcome).toMatchObject({ code: 'AUTH_FAILED', logins: 1 });
    expect(outcome.text).toBe(`${AT} ${words}`);
  });

  test.each([408, 429, 500, 503])('and is unavailable (%d) has the hint to try later', async (status) => {
    on.play(failing(status, { 'retry-after': '3600' }));
    const { text } = await on.run('auth-test');
    expect(text.endsWith('\nRetry in a few minutes.')).toBe(true);
  });

  test('is reported by its status alone if the body is empty', async () => {
    on.play(jsonResponse('<h1>Bad Gateway</h1>', 500, { 'content-type': 'text/html' }));
    expect((await on.run('auth-test')).text).toBe(
      `${AT} returned no token and no readable reason. The response had status 500. It was sent twice.\nRetry in a few minutes.`,
    );
  });
});

test.each(['soon', '', '-3', '1.5', 'in 5'])(
  'Retry-After %j of the login service is not a time: the usual waits',
  async (value) => {
    on.play(failing(429, { 'retry-after': value }), TOKEN);
    const { seconds, code } = await on.run('auth-test');
    expect(code).toBeUndefined();
    expect(seconds).toBeGreaterThanOrEqual(0.5);
    expect(seconds).toBeLessThanOrEqual(1);
  },
);

test('a login service that cannot be reached is named, with what to check', async () => {
  on.play('untrusted');
  const outcome = await on.run('auth-test');
  expect(outcome).toMatchObject({ code: 'NETWORK_FAILED', logins: 1 });
  expect(outcome.text).toBe(
    'No response from https://login.microsoftonline.com to the sign-in request: it was untrusted.\nAdd the issuing authority with NODE_EXTRA_CA_CERTS, or check which server responds in its place.',
  );
});
