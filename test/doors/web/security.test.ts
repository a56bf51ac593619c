import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type Sandbox, startSandbox } from '../../../src/sandbox';
import { WORLD } from '../../support/case';
import { servicesOf, startWeb, type Web } from './web-server';

let sandbox: Sandbox;
let web: Web;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
  web = await startWeb(servicesOf(sandbox), sandbox);
});
afterAll(async () => {
  await web.server.close();
  await sandbox.close();
});

const JSON_TYPE = { 'content-type': 'application/json' };
const own = () => `http://127.0.0.1:${web.server.port}`;

test('listens on 127.0.0.1 only', async () => {
  const others = Object.values(networkInterfaces())
    .flat()
    .flatMap((one) => (one === undefined || one.internal || one.family !== 'IPv4' ? [] : [one.address]));
  for (const host of [...others, '127.0.0.2']) {
    await expect(
      new Promise((resolve, reject) => {
        connect(web.server.port, host).on('connect', resolve).on('error', reject);
      }),
    ).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  }
});

test.each([
  ['a name that resolves to this machine (DNS rebinding)', { host: 'attacker.example' }],
  ['that name with the right port', { host: 'attacker.example:PORT' }],
  ['another port', { host: '127.0.0.1:1' }],
  ['the page of another site', { origin: 'https://attacker.example' }],
  ['the page of another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ['a sandboxed page', { origin: 'null' }],
  ['a cross-site request', { 'sec-fetch-site': 'cross-site' }],
  ['a request of another port (same site)', { 'sec-fetch-site': 'same-site' }],
])('rejects %s, also with the cookie', async (_, headers) => {
  const sent = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', String(web.server.port))]),
  );
  for (const path of ['/api/state', '/api/events', '/app.js']) {
    const { status, text } = await web.raw(path, { headers: { cookie: web.cookie, ...sent } });
    expect(status).toBe(403);
    expect(text).not.toMatch('"lines"');
  }
});

test('a change needs our Origin and JSON', async () => {
  const body = JSON.stringify({ line: 'host contoso.com' });
  const post = (headers: Record<string, string>) =>
    web.raw('/api/run', { method: 'POST', headers: { cookie: web.cookie, ...headers }, body });
  expect((await post(JSON_TYPE)).status).toBe(403);
  expect((await post({ origin: own(), 'content-type': 'text/plain' })).status).toBe(403);
  expect((await post({ origin: own(), 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(
    403,
  );
  expect(
    (
      await web.raw('/api/run', {
        method: 'PUT',
        headers: { cookie: web.cookie, origin: own(), ...JSON_TYPE },
      })
    ).status,
  ).toBe(404);
});

test('a token is traded once, for a cookie that scripts and other sites do not get', async () => {
  const token = new URL(web.server.newAddress()).hash.slice(1);
  const trade = () =>
    web.raw('/api/session', {
      method: 'POST',
      headers: { origin: own(), ...JSON_TYPE },
      body: JSON.stringify({ token }),
    });
  const first = await trade();
  expect(first.status).toBe(200);
  expect(String(first.headers['set-cookie'])).toMatch(/; HttpOnly; SameSite=Strict; Path=\//);
  expect((await trade()).status).toBe(401);
});

test.each([
  ['no cookie', {}],
  ['a wrong cookie', { cookie: 'mdti=x' }],
  ['a cookie of the right name', { cookie: 'mdti_PORT=guessed' }],
])('with %s nothing of the investigation is served', async (_, headers) => {
  const sent = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', String(web.server.port))]),
  );
  for (const path of [
    '/api/state',
    '/api/graph',
    '/api/events',
    '/api/export',
    '/leave?to=https://a.example',
  ])
    expect((await web.raw(path, { headers: sent })).status).toBe(401);
  const run = {
    method: 'POST',
    headers: { ...sent, origin: own(), ...JSON_TYPE },
    body: '{"line":"host a.example"}',
  };
  expect((await web.raw('/api/run', run)).status).toBe(401);
});

test('every response forbids inline code, eval, framing and guessing of types', async () => {
  const paths = ['/', '/app.js', '/api/state', '/nothing', '/leave?to=https%3A%2F%2Fa.example'];
  for (const path of paths) {
    const { headers } = await web.get(path);
    expect(String(headers['content-security-policy']).split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' blob: data:",
      "connect-src 'self'",
      "worker-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
});

test('the page has no inline script or style', async () => {
  const { text } = await web.get('/');
  expect(text).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=/i);
});

test.each([
  '/../package.json',
  '/..%2f..%2fpackage.json',
  '/app.js/../../mdti.cjs',
  '/%00',
  '/api/../app.css',
  '//attacker.example/',
])('no file outside the page is served: %s', async (path) => {
  const { status, text } = await web.get(path);
  expect(text).not.toMatch('"version"');
  expect([200, 400, 404]).toContain(status);
  if (status === 200) expect(text).toMatch(/^(?:<!doctype html>|"use strict"|:root|\(\(\)=>)/);
});

test('no token, secret or parameter value reaches the page, not even in an error', async () => {
  const secret = 'tenant-and-secret-are-not-shown';
  const broken = await startWeb(
    servicesOf(sandbox, { tenant_id: secret, graph_endpoint: 'https://leaky-endpoint.example/path' }),
    sandbox,
  );
  await broken.run('host contoso.com');
  const seen = [
    await broken.get('/api/state'),
    await broken.get('/api/export'),
    await broken.get('/api/setup'),
  ];
  const report = await broken.post('/api/report', { format: 'html' });
  for (const { text } of [...seen, report]) {
    for (const value of [secret, 'leaky-endpoint', String(sandbox.params.app_id)])
      expect(text).not.toMatch(value);
    expect(text).not.toMatch(JSON.stringify(sandbox.params.credentials).slice(30, 50));
  }
  expect(seen[0]?.json.lines[0].entries[0]).toMatchObject({ kind: 'error' });
  await broken.server.close();
});

test('a body that is too long, no JSON or too deep is rejected with a sentence', async () => {
  const post = (body: string) =>
    web.raw('/api/run', {
      method: 'POST',
      headers: { cookie: web.cookie, origin: own(), ...JSON_TYPE },
      body,
    });
  expect(await post('{')).toMatchObject({
    status: 400,
    json: { message: 'The request is not a JSON object.' },
  });
  expect((await post(`${'['.repeat(30_000)}`)).status).toBe(400);
  expect((await post('{"line":{"toString":null,"valueOf":null}}')).status).toBe(400);
  const long = await post(JSON.stringify({ line: 'x'.repeat(70_000) })).catch(() => ({ status: 400 }));
  expect(long.status).toBe(400);
  expect((await web.post('/api/run', { line: 'x'.repeat(20_000) })).status).toBe(400);
  expect((await web.get('/api/state')).status).toBe(200);
});

test('commands, pages and sign-ins are bounded', async () => {
  const slow = await startWeb(servicesOf(sandbox), sandbox);
  sandbox.faults = { ...sandbox.faults, latency: 600_000 };
  const replies = [];
  for (let count = 0; count < 8; count++)
    replies.push(await slow.post('/api/run', { line: 'host contoso.com' }));
  expect(replies.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202, 202, 400, 400]);
  expect(replies.at(-1)?.json.message).toMatch('commands are running already');
  const { jobs } = (await slow.get('/api/state')).json;
  const ended = slow.until(({ type }) => type === 'job-ended');
  expect((await slow.post('/api/cancel', { id: jobs[0].id })).json).toEqual({ cancelled: true });
  await ended;
  await slow.server.close();
  sandbox.reset();
});

test('a link opens a warning page, which links to http and https only', async () => {
  const hostile = 'https://a.example/"><script>alert(1)</script>';
  const { text, status } = await web.get(`/leave?to=${encodeURIComponent(hostile)}`);
  expect(status).toBe(200);
  expect(text).toMatch('rel="noopener noreferrer external"');
  expect(text).not.toMatch(/<script/);
  for (const address of [
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'https://u:p@a.example/',
    'x',
    '',
  ])
    expect((await web.get(`/leave?to=${encodeURIComponent(address)}`)).status).toBe(400);
});
