import type { Sandbox } from '../../src/sandbox';
import { post, type Reply, reader, SECRET_FORM, start } from './client';

let now = 0;
let sandbox: Sandbox;
let get: (path: string) => Promise<Reply>;

beforeAll(async () => {
  sandbox = await start({ clock: () => now });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  sandbox.reset();
  get = await reader(sandbox);
});

test('a throttle fault counts down and sends Retry-After', async () => {
  sandbox.faults.rules = [{ kind: 'throttle', times: 2, retryAfter: 17 }];
  for (let round = 0; round < 2; round += 1) {
    const { status, headers, json } = await get('/hosts/contoso.com');
    expect([status, headers['retry-after'], json.error.code]).toEqual([429, '17', 'TooManyRequests']);
  }
  expect((await get('/hosts/contoso.com')).status).toBe(200);
});

test('a budget is renewed with its window', async () => {
  sandbox.faults.budget = { requests: 1, window: 10 };
  now += 60_000;
  expect((await get('/hosts/contoso.com')).status).toBe(200);
  now += 3_000;
  const refused = await get('/hosts/contoso.com');
  expect([refused.status, refused.headers['retry-after']]).toEqual([429, '7']);
  now += 7_000;
  expect((await get('/hosts/contoso.com')).status).toBe(200);
});

test('a silent budget rejects without Retry-After, and counts what it refused', async () => {
  const budget = { requests: 1, window: 10, silent: true, refused: 0 };
  sandbox.faults.budget = budget;
  now += 60_000;
  await get('/hosts/contoso.com');
  const refused = await get('/hosts/contoso.com');
  expect([refused.status, refused.headers['retry-after'], budget.refused]).toEqual([429, undefined, 1]);
});

test('an error has the status that was requested', async () => {
  sandbox.faults.rules = [
    { kind: 'error', times: 1 },
    { kind: 'error', times: 1, status: 500 },
  ];
  expect((await get('/articles')).json.error.code).toBe('ServiceUnavailable');
  expect((await get('/articles')).status).toBe(500);
});

test('a reset sends no response, a truncation sends half of one', async () => {
  sandbox.faults.rules = [
    { kind: 'reset', times: 1 },
    { kind: 'truncate', times: 1 },
  ];
  await expect(get('/articles')).rejects.toThrow('socket hang up');
  await expect(get('/articles')).rejects.toThrow('aborted');
  expect((await get('/articles')).status).toBe(200);
});

test('sends garbled text with status 200', async () => {
  sandbox.faults.rules = [{ kind: 'garble', times: 1 }];
  const { status, headers, json } = await get('/articles');
  expect([status, json]).toEqual([200, undefined]);
  expect(headers['content-type']).toContain('application/json');
});

test('a single entity can come in value', async () => {
  sandbox.faults.rules = [{ kind: 'wrap', times: 1 }];
  expect((await get('/articles')).json.value).toHaveLength(100);
  expect((await get('/hosts/contoso.com')).json.value.id).toBe('contoso.com');
  expect((await get('/hosts/contoso.com')).json.id).toBe('contoso.com');
});

test('applies a rule to its path only, and to the sign-in endpoint only by name', async () => {
  sandbox.faults.rules = [{ kind: 'error', match: '/v1.0/security/threatIntelligence/articles', times: 1 }];
  expect((await get('/hosts/contoso.com')).status).toBe(200);
  expect((await get('/articles')).status).toBe(503);
  sandbox.faults.rules = [{ kind: 'throttle', times: 1 }];
  expect((await post(sandbox, 'token', SECRET_FORM)).status).toBe(200);
  sandbox.faults.rules = [{ kind: 'error', match: '/', times: 1 }];
  expect((await post(sandbox, 'token', SECRET_FORM)).json.error).toBe('temporarily_unavailable');
});

test('delays each response by the configured latency', async () => {
  sandbox.faults.latency = 40;
  const before = performance.now();
  await get('/hosts/contoso.com');
  expect(performance.now() - before).toBeGreaterThanOrEqual(39);
});

test('a reset of the sandbox puts everything back', async () => {
  sandbox.faults.rules = [{ kind: 'throttle', times: 9 }];
  sandbox.reset();
  expect(sandbox.faults).toMatchObject({ latency: 0, pageSize: 100, budget: null, rules: [] });
  expect(sandbox.requests).toEqual([]);
  expect((await get('/hosts/contoso.com')).status).toBe(401);
});
