import { Server } from 'node:net';
import { PluginError } from '../../../src/base/errors';
import type { Log } from '../../../src/base/log';
import { openWeb } from '../../../src/doors/web/open-web';
import { type Asked, servicesOf, startWeb, webOfEachTest } from './web-server';

const on = webOfEachTest();
afterEach(() => jest.restoreAllMocks());

const origin = () => ({
  origin: `http://127.0.0.1:${on.web.server.port}`,
  'content-type': 'application/json',
});

test('a page that cannot be served gets a message', async () => {
  const signedIn = { cookie: on.web.cookie };
  const used = {
    message:
      'This link was already used or belongs to another server. Press Enter in the terminal for a new link.',
  };
  const cases: readonly (readonly [path: string, request: Asked, status: number, problem: object])[] = [
    ['/api/state', {}, 401, { message: 'This browser is not signed in.' }],
    ['/app.js', { method: 'POST', headers: origin() }, 401, { message: 'This browser is not signed in.' }],
    ['/app.js', { method: 'POST', headers: { ...origin(), ...signedIn } }, 404, { message: 'Not found.' }],
    ['/leave?to=x', { headers: signedIn }, 400, { message: 'This link cannot be opened.' }],
    ['/api/session', { method: 'POST', headers: origin(), body: '{"token":"used"}' }, 401, used],
    [
      '/',
      { headers: { host: 'attacker.example' } },
      403,
      { message: 'This Host header is not allowed. Open the address that `mdti web` printed.' },
    ],
  ];
  for (const [path, request, status, problem] of cases) {
    const reply = await on.web.raw(path, request);
    expect([path, reply.status, reply.json]).toEqual([path, status, problem]);
  }
});

test('the page and its files are served without a sign-in, by their type', async () => {
  const types = await Promise.all(
    ['/', '/app.js', '/app.css'].map(async (path) => {
      const { status, headers } = await on.web.raw(path);
      return [path, status, headers['content-type']];
    }),
  );
  expect(types).toEqual([
    ['/', 200, 'text/html; charset=utf-8'],
    ['/app.js', 200, 'text/javascript; charset=utf-8'],
    ['/app.css', 200, 'text/css; charset=utf-8'],
  ]);
  const { headers } = await on.web.get('/leave?to=https%3A%2F%2Fa.example');
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
});

test('a sign-in gets a cookie and no data', async () => {
  const token = new URL(on.web.server.newAddress()).hash.slice(1);
  const reply = await on.web.raw('/api/session', {
    method: 'POST',
    headers: origin(),
    body: JSON.stringify({ token }),
  });
  expect([reply.status, reply.json]).toEqual([200, {}]);
});

test('a request of another site and a fault are logged; the page gets no stack', async () => {
  const logged: unknown[] = [];
  const log: Log = (...line) => logged.push(line);
  const startSandbox = async () => {
    throw new Error('no port');
  };
  const services = { ...servicesOf(on.sandbox), params: {}, log };
  const web = await startWeb(services, on.sandbox, undefined, 'logged', startSandbox);
  await web.raw('/', { headers: { host: 'attacker.example' } });
  const failed = await web.post('/api/sandbox');
  await web.server.close();
  expect([failed.status, JSON.stringify(failed.json)]).toEqual([
    500,
    expect.not.stringMatching(/ at .*:\d+/),
  ]);
  expect(logged).toEqual([
    [
      'info',
      'request refused',
      {
        method: 'GET',
        reason: 'This Host header is not allowed. Open the address that `mdti web` printed.',
      },
    ],
    ['error', 'internal fault', { fault: expect.stringContaining('no port') }],
  ]);
});

test.each([
  [new PluginError('CONFIG_INVALID', 'No port is free.'), { message: 'No port is free.' }],
  [
    new PluginError('CONFIG_INVALID', 'secret-app has no port.', { hint: 'Free a port of secret-app.' }),
    { message: expect.not.stringContaining('secret-app'), hint: expect.not.stringContaining('secret-app') },
  ],
])('an error is shown with its hint, without values of parameters', async (error, problem) => {
  const services = { ...servicesOf(on.sandbox), params: { app_id: 'secret-app' } };
  const web = await startWeb(services, on.sandbox, undefined, 'errors', () => Promise.reject(error));
  const { status, json } = await web.post('/api/sandbox');
  expect([status, json]).toEqual([400, problem]);
  await web.server.close();
});

test.each([
  ['EADDRINUSE', 'is in use'],
  ['EACCES', 'cannot be used'],
])('a port that fails with %s is an error that names it', async (code, reason) => {
  jest.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server) {
    this.emit('error', Object.assign(new Error(code), { code }));
    return this;
  } as never);
  const opened = openWeb({
    name: 'case',
    port: 8_080,
    services: servicesOf(on.sandbox),
    sandbox: true,
    environment: { MDTI_STATE_FILE: on.web.stateFile },
    startSandbox: () => Promise.reject(new Error()),
  });
  await expect(opened).rejects.toMatchObject({
    code: 'INVOCATION_UNREADABLE',
    message: `--port 8080 ${reason}.`,
    hint: 'Leave --port out to use a free one.',
  });
});

test('a sandbox that the page started is one, whatever its parameters are', async () => {
  const services = { ...servicesOf(on.sandbox), params: {} };
  const close = async () => {};
  const web = await startWeb(services, on.sandbox, undefined, 'own', async () => ({ services, close }));
  await web.post('/api/sandbox');
  expect((await web.get('/api/state')).json.target).toBe('sandbox');
  await web.server.close();
});

test.each([
  [{}, false],
  [{ app_id: ' ' }, false],
  [{ app_id: 7 }, false],
  [{ app_id: 'a' }, true],
  [{ use_managed_identities: true }, true],
  [{ use_managed_identities: 'true' }, true],
  [{ use_managed_identities: 'false', use_ambient_identity: false }, false],
  [{ use_ambient_identity: true }, true],
])('the page offers a sandbox where no sign-in is configured: %j', async (params, login) => {
  const web = await startWeb({ ...servicesOf(on.sandbox), params }, on.sandbox);
  expect((await web.get('/api/state')).json.login).toBe(login);
  await web.server.close();
});
