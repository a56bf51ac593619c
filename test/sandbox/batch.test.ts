import type { Sandbox } from '../../src/sandbox';
import { type Reply, send, signIn, start } from './client';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await start();
});
afterAll(() => sandbox.close());

async function batch(body: unknown): Promise<Reply> {
  const headers = { authorization: `Bearer ${await signIn(sandbox)}`, 'content-type': 'application/json' };
  return send(sandbox, '/v1.0/$batch', { method: 'POST', headers, body: JSON.stringify(body) });
}

function item(id: string, host: string, method = 'GET') {
  return { id, method, url: `/security/threatIntelligence/hosts/${host}?$select=id` };
}

test('each item gets a response with its id, in any order', async () => {
  const { status, json } = await batch({
    requests: [item('1', 'contoso.com'), item('2', 'nowhere.example'), item('3', 'contoso.com', 'DELETE')],
  });
  expect(status).toBe(200);
  expect(
    json.responses.map((response: { id: string; status: number }) => [response.id, response.status]),
  ).toEqual([
    ['3', 405],
    ['2', 404],
    ['1', 200],
  ]);
  expect(json.responses[1].body.error.code).toBe('NotFound');
  expect(json.responses[2].body).toMatchObject({ id: 'contoso.com' });
});

test('items can be throttled while the batch is not', async () => {
  sandbox.faults.rules = [{ kind: 'throttle', match: '/v1.0/security', times: 1, retryAfter: 7 }];
  const { json } = await batch({ requests: [item('1', 'contoso.com'), item('2', 'contoso.com')] });
  expect(json.responses).toMatchObject([
    { id: '2', status: 200 },
    { id: '1', status: 429, headers: { 'Retry-After': '7' }, body: { error: { code: 'TooManyRequests' } } },
  ]);
});

test('each item is one of the requests that a budget allows', async () => {
  sandbox.faults.budget = { requests: 2, window: 600 };
  const { status, json } = await batch({ requests: ['1', '2', '3'].map((id) => item(id, 'contoso.com')) });
  expect(status).toBe(200);
  expect(json.responses.map((response: { status: number }) => response.status)).toEqual([429, 200, 200]);
  sandbox.faults.budget = null;
});

test('the batch as a whole can be rejected', async () => {
  sandbox.faults.rules = [{ kind: 'error', match: '/v1.0/$batch', times: 1, status: 404 }];
  expect((await batch({ requests: [item('1', 'contoso.com')] })).status).toBe(404);
  expect((await batch({ requests: [item('1', 'contoso.com')] })).status).toBe(200);
});

test.each([
  [
    'more than twenty requests',
    { requests: Array.from({ length: 21 }, (_, n) => item(String(n), 'contoso.com')) },
    'maximum value of 20',
  ],
  [
    'the same id twice',
    { requests: [item('1', 'contoso.com'), item('1', 'contoso.com')] },
    'Duplicate request identifiers',
  ],
  [
    'a request without an id',
    { requests: [{ method: 'GET', url: '/x' }] },
    "needs the properties 'id', 'method' and 'url'",
  ],
  ['no requests', { requests: [] }, "the property 'requests'"],
])('%s: 400', async (_, body, message) => {
  const { status, json } = await batch(body);
  expect(status).toBe(400);
  expect(json.error.message).toContain(message);
});

test('it is posted, by someone who has signed in', async () => {
  const headers = { authorization: `Bearer ${await signIn(sandbox)}` };
  expect((await send(sandbox, '/v1.0/$batch', { headers })).status).toBe(405);
  expect((await send(sandbox, '/v1.0/$batch', { method: 'POST', body: '{}' })).status).toBe(401);
});
