import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPipelineRequest, type PipelineRequestOptions } from '@azure/core-rest-pipeline';
import { acquireByAmbientIdentity, pipelineClient } from '../../src/auth/ambient/acquire';
import { PluginError } from '../../src/base/errors';
import { type HttpRequest, type Transport, TransportError } from '../../src/http/transport';
import { failing, jsonResponse, loginStage, TOKEN } from './login-stage';

const on = loginStage();
const VARIABLES = {
  AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential',
  AZURE_TENANT_ID: 'contoso.com',
  AZURE_CLIENT_ID: 'an-app',
  AZURE_CLIENT_SECRET: 'a-secret',
  AZURE_FEDERATED_TOKEN_FILE: '',
};
const HINT =
  'Sign in with az login, or give this machine a workload or managed identity; https://aka.ms/azsdk/js/identity/credential-chains lists what is tried. To use another sign-in method, clear use_ambient_identity.';

beforeEach(() => {
  Object.assign(process.env, VARIABLES);
});
afterAll(() => {
  for (const name of Object.keys(VARIABLES)) delete process.env[name];
});

const params = { client_credentials: false, use_ambient_identity: true, tenant_id: null };

test('the identity of the environment is signed in at our login service, for Graph', async () => {
  on.play(TOKEN);
  const { sent, text, state } = await on.run('auth-test', { params });
  expect(text).toBe('Success: the sign-in with the identity of this machine works, and Graph responds.');
  expect(sent.map(({ method, url }) => `${method} ${url.split('?')[0]}`)).toEqual([
    'POST https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token',
  ]);
  const form = new URLSearchParams(sent[0]?.body);
  expect(form.get('client_secret')).toBe('a-secret');
  expect(form.get('scope')).toContain('https://graph.microsoft.com/.default');
  const [token] = Object.values(state.tokens ?? {}) as { value: string; expiresAt: number }[];
  expect(token?.value).toBe('a-token');
  const lives = ((token?.expiresAt ?? 0) - on.clock.now()) / 1000;
  expect(Math.round(lives / 60)).toBe(60);
});

test('reports a refused login once, with the message of each link of the chain', async () => {
  on.play(jsonResponse({ error: 'invalid_client', error_description: 'AADSTS7000215: Wrong secret.' }, 401));
  const outcome = await on.run('auth-test', { params });
  expect(outcome).toMatchObject({ code: 'AUTH_FAILED', logins: 1 });
  expect(outcome.text).toMatch(
    /^No identity of this machine returned a token: .*AADSTS7000215: Wrong secret\./,
  );
  expect(outcome.text.endsWith(`\n${HINT}`)).toBe(true);
});

test('reports an unavailable login service at once', async () => {
  on.play(failing(503), TOKEN);
  expect(await on.run('auth-test', { params })).toMatchObject({ code: 'AUTH_FAILED', logins: 1 });
});

test('sends requests to the configured login service only', async () => {
  on.play(TOKEN);
  const origins = {
    azure_ad_endpoint: 'https://login.contoso.com',
    graph_endpoint: 'https://graph.contoso.com',
  };
  process.env.MDTI_ALLOW_ENDPOINTS = Object.values(origins).join();
  const { sent } = await on.run('auth-test', { params: { ...params, ...origins } });
  expect(sent.map(({ url }) => new URL(url).origin)).toEqual(['https://login.contoso.com']);
});

test('tenant_id is the tenant of a workload', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'mdti-workload-')), 'token');
  writeFileSync(file, 'an-assertion');
  process.env.AZURE_TOKEN_CREDENTIALS = 'WorkloadIdentityCredential';
  process.env.AZURE_FEDERATED_TOKEN_FILE = file;
  on.play(TOKEN);
  await on.run('auth-test', { params });
  const { sent } = await on.run('auth-test', { params: { ...params, tenant_id: 'another.example' } });
  expect(sent.map(({ url }) => new URL(url).pathname.split('/')[1])).toEqual([
    'contoso.com',
    'another.example',
  ]);
});

test('a cancelled command stops the search and reports the reason', async () => {
  const over = new AbortController();
  const transport: Transport = async ({ url }) => {
    over.abort(new PluginError('TIMED_OUT', 'It was given up after 240 seconds.'));
    throw new TransportError('cancelled', new URL(url).origin, 'the command was cancelled');
  };
  const target = {
    authority: 'https://login.microsoftonline.com',
    resource: 'https://graph.microsoft.com',
    line: { transport, timeout: 1_000, signal: over.signal, now: Date.now },
  };
  await expect(
    acquireByAmbientIdentity({ flow: 'ambient', tenant: undefined }, target),
  ).rejects.toMatchObject({
    code: 'TIMED_OUT',
    message: 'It was given up after 240 seconds.',
  });
});

describe("Azure's pipeline over our transport", () => {
  const signal = new AbortController().signal;

  /** What our transport is requested to send for a request of Azure's. */
  async function carried(request: Partial<PipelineRequestOptions>) {
    let sent: HttpRequest | undefined;
    const client = pipelineClient({
      transport: async (one) => {
        sent = one;
        return { status: 418, headers: { 'x-made-by': 'test' }, body: 'I am a teapot' };
      },
      timeout: 30_000,
      signal,
      now: Date.now,
    });
    const whole = createPipelineRequest({ url: 'https://login.contoso.com/x', ...request });
    whole.headers.set('X-Mixed-Case', 'kept');
    const response = await client.sendRequest(whole);
    return { sent, response, whole };
  }

  test('sends the request and returns the response unchanged', async () => {
    const { sent, response, whole } = await carried({ method: 'POST', body: 'a=b' });
    expect(sent).toEqual({
      method: 'POST',
      url: 'https://login.contoso.com/x',
      headers: { 'X-Mixed-Case': 'kept' },
      memory: expect.anything(),
      timeout: 30_000,
      signal,
      body: 'a=b',
    });
    expect(response).toMatchObject({ request: whole, status: 418, bodyAsText: 'I am a teapot' });
    expect(response.headers.get('X-Made-By')).toBe('test');
  });

  test.each([
    [0, 30_000],
    [300, 300],
    [60_000, 30_000],
  ])('a timeout of %d is %d: never longer than request_timeout', async (timeout, taken) => {
    expect((await carried({ timeout })).sent?.timeout).toBe(taken);
  });

  test('sends no body with a GET request', async () => {
    const { sent } = await carried({ method: 'GET' });
    expect(sent).not.toHaveProperty('body');
    expect(sent?.method).toBe('GET');
  });
});
