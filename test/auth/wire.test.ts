import type { HttpRequest } from '../../src/http/transport';
import { makeRegistered } from '../support/identity';
import { recordedPlugin } from '../support/recorder';
import { jsonResponse, loginStage, TOKEN } from './login-stage';

const on = loginStage();
const SCOPE = 'https://graph.microsoft.com/ThreatIntelligence.Read.All openid profile offline_access';

/** Which page of the login service was requested, and with what. */
function requested({ url, method, body = '' }: HttpRequest) {
  const { origin, pathname } = new URL(url);
  return { method, page: `${origin}${pathname}`, form: Object.fromEntries(new URLSearchParams(body)) };
}

test('an application with a secret is signed in by one request to its tenant', async () => {
  on.play(TOKEN);
  const { sent } = await on.run('auth-test', { params: { request_timeout: '20' } });
  expect(sent.map(requested)).toMatchObject([
    {
      method: 'POST',
      page: 'https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token',
      form: {
        client_id: '00001111-aaaa-2222-bbbb-3333cccc4444',
        client_secret: 'a-secret',
        grant_type: 'client_credentials',
        scope: 'https://graph.microsoft.com/.default',
      },
    },
  ]);
  expect(sent[0]).toMatchObject({ timeout: 20_000, direct: false, signal: { aborted: false } });
  expect(sent[0]?.headers).toMatchObject({
    'user-agent': expect.stringMatching(/^msg-defender-threat-intel\//),
    'Content-Type': expect.stringContaining('application/x-www-form-urlencoded'),
  });
});

test('caches a token for its expires_in, by the clock of the command', async () => {
  on.play(TOKEN);
  const { state } = await on.run('auth-test');
  const [token] = Object.values(state.tokens ?? {}) as { expiresAt: number }[];
  expect(Math.round(((token?.expiresAt ?? 0) - on.clock.now()) / 60_000)).toBe(60);
});

test.each([
  ['sha1', 'RS256', 'x5t'],
  ['sha256', 'PS256', 'x5t#S256'],
] as const)(
  'an application with a certificate named by its %s signs an assertion',
  async (hash, alg, name) => {
    const registered = await makeRegistered();
    const creds_certificate = { identifier: registered[hash], password: registered.pkcs8 };
    on.play(TOKEN);
    const { sent, text } = await on.run('auth-test', { params: { credentials: null, creds_certificate } });
    expect(text).toBe(
      'Success: the sign-in with client credentials with a certificate works, and Graph responds.',
    );
    const { form } = requested(sent[0] as HttpRequest);
    expect(form).toMatchObject({
      grant_type: 'client_credentials',
      scope: 'https://graph.microsoft.com/.default',
    });
    expect(form).not.toHaveProperty('client_secret');
    const [header = '', claims = ''] = (form.client_assertion ?? '')
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString());
    const thumbprint = Buffer.from(registered[hash], 'hex').toString('base64url');
    expect(JSON.parse(header)).toEqual({ alg, typ: 'JWT', [name]: thumbprint });
    expect(JSON.parse(claims)).toMatchObject({
      aud: 'https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token',
      iss: '00001111-aaaa-2222-bbbb-3333cccc4444',
    });
  },
);

test('tests the sign-in by reading one article', async () => {
  const page = { value: [{ id: '1' }, { id: '2' }], '@odata.nextLink': 'https://graph.microsoft.com/v1.0/x' };
  const { plugin, requested: questions } = recordedPlugin(() => jsonResponse(page));
  expect((await plugin.execute('test-module')).entries).toMatchObject([{ Contents: 'ok' }]);
  expect(questions.map(decodeURIComponent)).toEqual([
    'GET https://graph.microsoft.com/v1.0/security/threatIntelligence/articles?$select=id&$top=1',
  ]);
});

test('encodes a tenant as one path segment', async () => {
  on.play(TOKEN);
  const { sent } = await on.run('auth-test', { params: { tenant_id: 'contoso.com/../evil?x' } });
  expect(sent.map(({ url }) => new URL(url).pathname)).toEqual([
    '/contoso.com%2F..%2Fevil%3Fx/oauth2/v2.0/token',
  ]);
});

test('a sign-in by device code requests the permission and for a refresh token, and sends the code back', async () => {
  const params = { client_credentials: false, app_id: 'an-app' };
  const code = {
    user_code: 'C6JVTK8Z9',
    device_code: 'the-code-of-the-device',
    expires_in: 900,
    interval: 5,
  };
  on.play(jsonResponse({ ...code, verification_uri: 'https://microsoft.com/devicelogin' }), TOKEN);
  const { state } = await on.run('auth-start', { params });
  const { sent, state: done } = await on.run('auth-complete', { params, state });
  expect(sent.map(requested)).toMatchObject([
    {
      method: 'POST',
      page: 'https://login.microsoftonline.com/contoso.com/oauth2/v2.0/devicecode',
      form: { client_id: 'an-app', scope: SCOPE },
    },
    {
      method: 'POST',
      page: 'https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token',
      form: {
        client_id: 'an-app',
        grant_type: 'device_code',
        device_code: 'the-code-of-the-device',
        scope: SCOPE,
      },
    },
  ]);
  const key = 'https://login.microsoftonline.com https://graph.microsoft.com contoso.com an-app device-code';
  expect(done).toEqual({
    tokens: { [key]: { value: 'a-token', expiresAt: expect.any(Number) } },
    logins: { [key]: { refreshToken: 'the-next-refresh-token' } },
  });
});

test('sends a refresh token once and stores its replacement', async () => {
  const params = { client_credentials: false, app_id: 'an-app@1.of-the-parameters', tenant_id: null };
  on.play(TOKEN);
  const { sent, state } = await on.run('auth-test', { params });
  expect(sent.map(requested)).toMatchObject([
    {
      page: 'https://login.microsoftonline.com/organizations/oauth2/v2.0/token',
      form: {
        client_id: 'an-app',
        grant_type: 'refresh_token',
        refresh_token: '1.of-the-parameters',
        scope: SCOPE,
      },
    },
  ]);
  const key =
    'https://login.microsoftonline.com https://graph.microsoft.com organizations an-app device-code';
  expect(state).toEqual({
    tokens: { [key]: { value: 'a-token', expiresAt: expect.any(Number) } },
    logins: { [key]: { refreshToken: 'the-next-refresh-token' } },
    usedSeeds: { [key]: expect.stringMatching(/^[\w-]{43}$/) },
  });
});

describe('a refresh token of the parameters', () => {
  const params = { client_credentials: false, app_id: 'an-app@1.of-the-parameters' };
  const key = 'https://login.microsoftonline.com https://graph.microsoft.com contoso.com an-app device-code';

  test('makes no second login, also after a reset', async () => {
    on.play(TOKEN);
    const { state } = await on.run('auth-test', { params });
    const reset = await on.run('auth-reset', { params, state });
    expect(Object.keys(reset.state)).toEqual(['usedSeeds', 'resets']);
    const outcome = await on.run('auth-test', { params, state: reset.state });
    expect(outcome).toMatchObject({ code: 'AUTH_FAILED', logins: 1 });
    expect(outcome.text).toContain('This instance has no sign-in yet.');
  });

  test('is not used while a saved sign-in exists', async () => {
    on.play(TOKEN);
    const kept = { logins: { [key]: { refreshToken: 'of-the-login' } } };
    const { sent, state } = await on.run('auth-test', { params, state: kept });
    expect(sent.map((one) => requested(one).form.refresh_token)).toEqual(['of-the-login']);
    expect(Object.keys(state).sort()).toEqual(['logins', 'tokens']);
  });
});

test('keeps a refresh token that was not replaced', async () => {
  const params = { client_credentials: false, app_id: 'an-app@1.of-the-parameters' };
  on.play(jsonResponse({ token_type: 'Bearer', expires_in: 3599, access_token: 'a-token' }));
  const { state } = await on.run('auth-test', { params });
  expect(Object.values(state.logins ?? {})).toEqual([{ refreshToken: '1.of-the-parameters' }]);
});

describe('a managed identity', () => {
  const MACHINE = { client_credentials: false, use_managed_identities: true };
  const ISSUED = jsonResponse({ access_token: 'a-token', expires_in: '3599', token_type: 'Bearer' });
  beforeAll(() => {
    for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'AZURE_POD_IDENTITY_AUTHORITY_HOST'])
      delete process.env[name];
  });

  test.each([
    [undefined, null],
    [{ password: 'user-assigned-id' }, 'user-assigned-id'],
  ])(
    'is requested from the local endpoint, without a proxy and with a short deadline (%j)',
    async (id, client) => {
      on.play(ISSUED);
      const { sent, text } = await on.run('auth-test', {
        params: { ...MACHINE, managed_identities_client_id: id },
      });
      expect(text).toBe(
        'Success: the sign-in with the managed identity of this machine works, and Graph responds.',
      );
      expect(sent.slice(0, 1)).toMatchObject([
        { method: 'GET', direct: true, timeout: 5_000, headers: { Metadata: 'true' } },
      ]);
      const { origin, searchParams } = new URL(sent[0]?.url ?? '');
      expect(origin).toBe('http://169.254.169.254');
      expect(searchParams.get('resource')).toBe('https://graph.microsoft.com');
      expect(searchParams.get('client_id')).toBe(client);
    },
  );

  test('times out after request_timeout at the latest', async () => {
    on.play(ISSUED);
    const { sent } = await on.run('auth-test', { params: { ...MACHINE, request_timeout: '2' } });
    expect(new Set(sent.map(({ timeout }) => timeout))).toEqual(new Set([2_000]));
  });

  test.each([
    [
      undefined,
      'system-assigned identity',
      'Enable the system-assigned identity of this machine, or set managed_identities_client_id to one that is assigned to it.',
    ],
    [
      { password: 'an-id' },
      'identity an-id',
      'Check managed_identities_client_id, and that this identity is assigned to this machine.',
    ],
  ])('that does not exist is reported with the message of the endpoint (%j)', async (id, which, hint) => {
    on.play(jsonResponse({ error: 'invalid_request', error_description: 'Identity not found' }, 400));
    const params = { ...MACHINE, managed_identities_client_id: id };
    const outcome = await on.run('auth-test', { params });
    expect(outcome).toMatchObject({ code: 'AUTH_FAILED', status: 400, logins: 1 });
    expect(outcome.text).toBe(
      `The managed identity endpoint returned no token for the ${which}: Identity not found\n${hint}`,
    );
  });

  test('is requested again, after a wait, when the endpoint is unavailable', async () => {
    on.play(jsonResponse({ error: 'throttled' }, 429, { 'retry-after': '600' }));
    const outcome = await on.run('auth-test', { params: MACHINE });
    expect(outcome).toMatchObject({ code: 'AUTH_FAILED', status: 429, retryAfter: 600 });
    expect(outcome.text).toBe(
      'The managed identity endpoint returned no token for the system-assigned identity: throttled. Retry-After is 600 seconds, but the command has only 240 seconds left (parameter command_timeout).\nRetry in a few minutes.',
    );
  });

  test('whose endpoint responds with a web page is reported as a sign-in without a token', async () => {
    on.play(jsonResponse('<h1>Welcome</h1>'));
    const outcome = await on.run('auth-test', { params: MACHINE });
    expect(outcome).toMatchObject({ code: 'AUTH_FAILED', logins: 1 });
    expect(outcome.text).toContain('returned no token and no readable reason.');
  });
});
