import type { Sandbox } from '../../src/sandbox';
import { APPLICATION } from '../../src/sandbox/options';
import { API, post, SECRET_FORM, send, signIn, start } from './client';

let now = Date.parse('2025-03-01T12:00:00Z');
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await start({ clock: () => now });
});
afterAll(() => sandbox.close());

describe('the client secret', () => {
  test('is exchanged for a token that Graph takes until it expires', async () => {
    const { status, json } = await post(sandbox, 'token', SECRET_FORM);
    expect(status).toBe(200);
    expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    const headers = { authorization: `Bearer ${json.access_token}` };
    expect((await send(sandbox, `${API}/hosts/contoso.com`, { headers })).status).toBe(200);
    now += 3_600_000;
    const late = await send(sandbox, `${API}/hosts/contoso.com`, { headers });
    expect(late.status).toBe(401);
    expect(late.json.error).toMatchObject({
      code: 'InvalidAuthenticationToken',
      message: 'Lifetime validation failed, the token is expired.',
    });
  });

  test.each([
    ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client', 7000215],
    ['no secret', { client_secret: '' }, 401, 'invalid_client', 7000218],
    ['an unknown application', { client_id: 'ffff' }, 400, 'unauthorized_client', 700016],
    [
      'a scope without /.default',
      { scope: 'https://graph.microsoft.com/User.Read' },
      400,
      'invalid_scope',
      1002012,
    ],
    ['a foreign resource', { scope: 'https://vault.example/.default' }, 400, 'invalid_resource', 500011],
    ['an unknown grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
    ['no grant type', { grant_type: '' }, 400, 'invalid_request', 900144],
  ])('is rejected with %s', async (_, change, status, error, code) => {
    const reply = await post(sandbox, 'token', { ...SECRET_FORM, ...change });
    expect(reply.status).toBe(status);
    expect(reply.json).toMatchObject({ error, error_codes: [code] });
    expect(reply.json.error_description).toMatch(
      new RegExp(
        `^AADSTS${code}: .+ Trace ID: ${reply.json.trace_id} Correlation ID: ${reply.json.correlation_id} `,
      ),
    );
    expect(reply.json.timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
  });

  test.each([
    ['nowhere.example', 90002],
    ['organizations', 50059],
  ])('is rejected in the tenant %s', async (tenant, code) => {
    expect((await post(sandbox, 'token', SECRET_FORM, tenant)).json.error_codes).toEqual([code]);
  });
});

describe('a device code', () => {
  const redeem = (code: string) =>
    post(
      sandbox,
      'token',
      { grant_type: 'device_code', client_id: APPLICATION.id, device_code: code },
      'organizations',
    );
  const begin = async () =>
    (await post(sandbox, 'devicecode', { client_id: APPLICATION.id, scope: 'openid' }, 'organizations')).json;

  test('waits, is approved once, and gives tokens for a user', async () => {
    const { device_code, user_code, message, verification_uri, interval } = await begin();
    expect(message).toContain(user_code);
    expect(message).toContain(verification_uri);
    expect((await redeem(device_code)).json.error).toBe('authorization_pending');
    expect((await redeem(device_code)).json.error).toBe('slow_down');
    now += interval * 1000;
    expect((await redeem(device_code)).json.error).toBe('authorization_pending');
    expect(sandbox.login.approve(user_code)).toBe(true);
    const { json } = await redeem(device_code);
    expect(Object.keys(json)).toEqual(
      expect.arrayContaining(['access_token', 'refresh_token', 'id_token', 'client_info']),
    );
    expect((await redeem(device_code)).json.error).toBe('invalid_grant');
  });

  test('is approved or declined on the page that a user opens', async () => {
    const one = await begin();
    expect((await send(sandbox, `/device?code=${one.user_code}`)).text).toContain('Approve');
    expect((await send(sandbox, `/device?code=${one.user_code}&approve`)).status).toBe(200);
    expect((await redeem(one.device_code)).status).toBe(200);
    const other = await begin();
    expect((await send(sandbox, `/device?code=${other.user_code}&decline=`)).status).toBe(200);
    expect((await redeem(other.device_code)).json.error).toBe('authorization_declined');
    expect((await send(sandbox, `/device?code=${other.user_code}&approve`)).status).toBe(404);
  });

  test('expires, and an unknown one is rejected', async () => {
    const { device_code, user_code, expires_in } = await begin();
    now += expires_in * 1000;
    expect((await redeem(device_code)).json.error).toBe('expired_token');
    expect(sandbox.login.approve(user_code)).toBe(false);
    expect((await redeem('made-up')).json.error).toBe('bad_verification_code');
  });

  test('issues a refresh token that works once, and never after a revocation', async () => {
    const { device_code, user_code } = await begin();
    sandbox.login.approve(user_code);
    const first = (await redeem(device_code)).json.refresh_token;
    const renew = (token: string) =>
      post(sandbox, 'token', {
        grant_type: 'refresh_token',
        client_id: APPLICATION.id,
        refresh_token: token,
      });
    const second = await renew(first);
    expect(second.status).toBe(200);
    expect((await renew(first)).json.error_codes).toEqual([70000]);
    sandbox.login.revoke();
    expect((await renew(second.json.refresh_token)).json).toMatchObject({
      error: 'invalid_grant',
      error_codes: [50173],
    });
  });
});

test('discovery names endpoints of the same origin', async () => {
  const configuration = (await send(sandbox, `/${APPLICATION.tenant}/v2.0/.well-known/openid-configuration`))
    .json;
  expect(configuration.token_endpoint).toBe(`${sandbox.origin}/${APPLICATION.tenant}/oauth2/v2.0/token`);
  const { metadata } = (await send(sandbox, '/common/discovery/instance?api-version=1.1')).json;
  expect(metadata[0].aliases).toEqual([new URL(sandbox.origin).host]);
});

test('requests are recorded without their secrets', async () => {
  sandbox.reset();
  const token = await signIn(sandbox);
  await send(sandbox, `${API}/hosts/contoso.com?$select=id`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(sandbox.requests).toMatchObject([
    { method: 'POST', form: { client_secret: '(hidden)', client_id: APPLICATION.id } },
    { method: 'GET', path: `${API}/hosts/contoso.com?$select=id`, headers: { authorization: 'Bearer' } },
  ]);
  expect(JSON.stringify(sandbox.requests)).not.toContain(token);
});
