import { type Act, failing, jsonResponse, loginStage, TOKEN } from './login-stage';

const on = loginStage();
beforeAll(() => {
  for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'AZURE_POD_IDENTITY_AUTHORITY_HOST'])
    delete process.env[name];
});

const MACHINE = { client_credentials: false, use_managed_identities: true };
const DEVICE = { client_credentials: false, app_id: 'an-app@a-refresh-token' };
const MACHINE_TOKEN = jsonResponse({
  access_token: 'a-token',
  expires_on: String(Math.floor(Date.now() / 1000) + 86_400),
  token_type: 'Bearer',
});
const FLOWS = [
  ['a secret', {}, TOKEN],
  ['a refresh token', DEVICE, TOKEN],
  ['a managed identity', MACHINE, MACHINE_TOKEN],
] as const;

const GATEWAY = jsonResponse('<h1>Bad Gateway</h1>', 502, {
  'content-type': 'text/html',
  'retry-after': '7',
});

describe.each(FLOWS)('the sign-in with %s', (_, params, token) => {
  const run = () => on.run('auth-test', { params });

  test.each<[string, Act]>([
    ['408', failing(408)],
    ['429', failing(429)],
    ['502', failing(502)],
    ['503', failing(503)],
    ['504', failing(504)],
    ['a connection that is cut', 'reset'],
  ])('is done at the third attempt, after %s twice', async (_what, act) => {
    on.play(act, act, token);
    const { text, logins, seconds } = await run();
    expect(text).toMatch(/^Success: the sign-in with .* works, and Graph responds\.$/);
    expect(logins).toBe(3);
    expect(seconds).toBeGreaterThanOrEqual(1.5);
    expect(seconds).toBeLessThanOrEqual(3);
  });

  test.each<[string, Act, number]>([
    ['429', failing(429, { 'retry-after': '17' }), 17],
    ['503', failing(503, { 'retry-after': '17' }), 17],
    ['a page of a gateway', GATEWAY, 7],
  ])('waits as long as %s wishes', async (_what, act, wished) => {
    on.play(act, token);
    const outcome = await run();
    expect(outcome).toMatchObject({ code: undefined, logins: 2 });
    expect(outcome.seconds).toBeGreaterThanOrEqual(wished);
    expect(outcome.seconds).toBeLessThanOrEqual(wished + 0.25);
  });

  test('waits until the date that the service names', async () => {
    const date = new Date(Math.floor(on.clock.now() / 1000) * 1000 + 20_000).toUTCString();
    on.play(failing(503, { 'retry-after': date }), token);
    const outcome = await run();
    expect(outcome).toMatchObject({ code: undefined, logins: 2 });
    expect(Math.abs(outcome.seconds - 20)).toBeLessThanOrEqual(1);
  });

  test('is not waited for where the command has no time for it', async () => {
    on.play(failing(429, { 'retry-after': '3600' }), token);
    const outcome = await run();
    expect(outcome).toMatchObject({
      code: 'AUTH_FAILED',
      status: 429,
      retryAfter: 3600,
      logins: 1,
      seconds: 0,
    });
    expect(outcome.text).toContain('Retry-After is 3,600 seconds, but the command has only 240 seconds left');
  });

  test('ends after outage_timeout where the service stays unavailable', async () => {
    on.play(failing(503));
    const outcome = await run();
    expect(outcome).toMatchObject({ code: 'AUTH_FAILED', status: 503 });
    expect(outcome.logins).toBeGreaterThan(5);
    expect(outcome.seconds).toBeLessThanOrEqual(240);
    expect(outcome.text).toContain('AADSTS90033: A transient error has occurred. Please try again.');
    expect(outcome.text).toContain(`It was sent ${outcome.logins} times (parameter outage_timeout)`);
    expect(outcome.text).toContain('\nRetry in a few minutes.');
  });

  test('is tried twice on a 500 response', async () => {
    on.play(failing(500));
    const outcome = await run();
    expect(outcome).toMatchObject({ code: 'AUTH_FAILED', status: 500, logins: 2 });
    expect(outcome.text).toContain('It was sent twice.\nRetry in a few minutes.');
  });

  test.each([400, 401, 403, 405])('is not tried again after %d', async (status) => {
    on.play(failing(status), token);
    expect(await run()).toMatchObject({ code: 'AUTH_FAILED', status, logins: 1, seconds: 0 });
  });
});

describe.each(FLOWS.slice(0, 2))('the sign-in with %s', (_, params, token) => {
  test.each([404, 410])('is not tried again after %d', async (status) => {
    on.play(failing(status), token);
    expect(await on.run('auth-test', { params })).toMatchObject({ status, logins: 1, seconds: 0 });
  });

  test.each(['timeout', 'refused', 'unreachable'] as const)('is tried again after %s', async (fault) => {
    on.play(fault, token);
    expect(await on.run('auth-test', { params })).toMatchObject({ code: undefined, logins: 2 });
  });
});

describe('the endpoint of a managed identity', () => {
  test('is retried for a minute on 410', async () => {
    on.play(...Array.from({ length: 6 }, () => failing(410)), MACHINE_TOKEN);
    const { code, logins, seconds } = await on.run('auth-test', { params: MACHINE });
    expect({ code, logins }).toEqual({ code: undefined, logins: 7 });
    expect(seconds).toBeGreaterThan(30);
  });

  test('is requested three times on 404, because it may be restarting', async () => {
    on.play(jsonResponse('', 404));
    const outcome = await on.run('auth-test', { params: MACHINE });
    expect(outcome).toMatchObject({ code: 'AUTH_FAILED', status: 404, logins: 3 });
    expect(outcome.text).toBe(
      'The managed identity endpoint returned no token for the system-assigned identity: status 404. It was sent 3 times.\nEnable the system-assigned identity of this machine, or set managed_identities_client_id to one that is assigned to it.',
    );
  });

  test.each(['refused', 'unreachable', 'unresolved', 'timeout'] as const)(
    'that does not exist (%s) gets no retry',
    async (fault) => {
      on.play(fault);
      const outcome = await on.run('auth-test', { params: MACHINE });
      expect(outcome).toMatchObject({ code: 'AUTH_FAILED', logins: 1, seconds: 0 });
      expect(outcome.text).toBe(
        `No managed identity endpoint responds at http://169.254.169.254: it was ${fault}.\nManaged identities exist on machines in Azure, and on others that Azure Arc manages. Elsewhere, clear use_managed_identities and use client_credentials.`,
      );
    },
  );
});

describe('a command of many requests sends a failing login service no more requests than a command of one:', () => {
  const host_id = Array.from({ length: 30 }, (_, index) => `host${index}.contoso.com`);

  test.each<[string, Act[], object]>([
    ['one that responds with 500', [failing(500)], { code: 'AUTH_FAILED', logins: 2 }],
    ['one that is temporarily unavailable', [failing(503), TOKEN], { code: undefined, logins: 2 }],
  ])('%s', async (_what, acts, outcome) => {
    on.play(...acts);
    expect(await on.run('host', { args: { host_id } })).toMatchObject(outcome);
  });

  test('one that cuts connections, with the waits between', async () => {
    on.play('reset', 'reset', 'reset', 'reset', TOKEN);
    const outcome = await on.run('host', { args: { host_id } });
    expect(outcome).toMatchObject({ code: undefined, logins: 5 });
    expect(outcome.seconds).toBeGreaterThanOrEqual(0.5 + 1 + 2 + 4);
  });
});

describe('a sign-in by device code', () => {
  const CODE = jsonResponse({
    device_code: 'the-code-of-the-device',
    user_code: 'C6JVTK8Z9',
    verification_uri: 'https://microsoft.com/devicelogin',
    expires_in: 900,
    interval: 5,
  });
  const params = { client_credentials: false };

  test('starts although the login service is temporarily unavailable', async () => {
    on.play(failing(503), 'reset', CODE);
    const outcome = await on.run('auth-start', { params });
    expect(outcome.text).toContain('Enter the code **C6JVTK8Z9**');
    expect(outcome.logins).toBe(3);
  });

  test('is not started again where the login service rejects it', async () => {
    on.play(failing(400), CODE);
    expect(await on.run('auth-start', { params })).toMatchObject({ code: 'AUTH_FAILED', logins: 1 });
  });
});
