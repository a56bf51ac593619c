import type { Sandbox } from '../../src/sandbox';
import { API, post, type Reply, reader, SECRET_FORM, send, signIn, start } from './client';

let sandbox: Sandbox;
let get: (path: string) => Promise<Reply>;

beforeEach(async () => {
  sandbox = await start();
  get = await reader(sandbox);
});
afterEach(() => sandbox.close());

const SORTED = '/articles?$orderby=lastUpdatedDateTime%20desc&$top=5';

function ids({ json }: Reply): string[] {
  return json.value.map(({ id }: { id: string }) => id);
}

test('supports $orderby on articles in the documented mood', async () => {
  const dates = (await get(SORTED)).json.value.map((row: Reply['json']) => row.lastUpdatedDateTime);
  expect(dates).toEqual([...dates].sort().reverse());
});

test('rejects $orderby on articles with 400 in the annotated mood', async () => {
  sandbox.faults.mood = 'annotated';
  const reply = await get(SORTED);
  expect(reply.status).toBe(400);
  expect(reply.json.error.message).toContain("'$orderby' is not allowed");
  expect((await get('/articles?$top=5&$search=%22heron%22&$select=id')).status).toBe(200);
});

test('ignores $orderby and $filter in the careless mood', async () => {
  sandbox.faults.mood = 'careless';
  const plain = ids(await get('/articles?$top=5'));
  expect(ids(await get(SORTED))).toEqual(plain);
  expect(ids(await get('/articles?$filter=isFeatured%20eq%20true&$top=5'))).toEqual(plain);
});

test('rejects a $top above the limit with 400', async () => {
  sandbox.faults.maxTop = 100;
  expect((await get('/articles?$top=101')).status).toBe(400);
  expect((await get('/articles?$top=100')).status).toBe(200);
});

test('treats $top as the total number of rows: all of them and no nextLink', async () => {
  sandbox.faults.topIsTotal = true;
  const { json } = await get('/articles?$top=120');
  expect(json.value).toHaveLength(120);
  expect(json['@odata.nextLink']).toBeUndefined();
  expect((await get('/articles')).json['@odata.nextLink']).toContain('$skiptoken=');
});

test('writes links in lower case on demand, and accepts them', async () => {
  sandbox.faults.lowerCaseLinks = true;
  const link: string = (await get('/articles?$top=2')).json['@odata.nextLink'];
  expect(link).toContain('/v1.0/security/threatintelligence/articles?');
  const token = await signIn(sandbox);
  const next = await send(sandbox, link.slice(sandbox.origin.length), {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(next.json.value).toHaveLength(2);
});

test('responds with 500 to a tenant without an entitlement, in JSON or bare HTML', async () => {
  sandbox.faults.entitlement = 'none';
  expect((await get('/articles')).json.error.code).toBe('generalException');
  sandbox.faults.entitlement = 'unverified';
  const reply = await get('/articles');
  expect(reply.status).toBe(500);
  expect(reply.text).toContain('HTTP Status 500');
});

test('sends a body that is not JSON as base64 inside a batch', async () => {
  sandbox.faults.entitlement = 'unverified';
  const token = await signIn(sandbox);
  const { json } = await send(sandbox, '/v1.0/$batch', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      requests: [{ id: '1', method: 'GET', url: '/security/threatIntelligence/hosts/contoso.com' }],
    }),
  });
  expect(Buffer.from(json.responses[0].body, 'base64').toString()).toContain('HTTP Status 500');
});

test('issues the consented roles to new tokens only', async () => {
  sandbox.login.consent([]);
  const before = await signIn(sandbox);
  sandbox.login.consent(['ThreatIntelligence.Read.All']);
  const after = await signIn(sandbox);
  const status = async (token: string) =>
    (await send(sandbox, `${API}/articles`, { headers: { authorization: `Bearer ${token}` } })).status;
  expect([await status(before), await status(after)]).toEqual([403, 200]);
});

test('challenges a token that was requested without the claims', async () => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
  sandbox.faults.claims = claims;
  const refused = await get('/articles');
  expect(refused.status).toBe(401);
  const [, encoded = ''] = /claims="([^"]+)"/.exec(String(refused.headers['www-authenticate'])) ?? [];
  expect(Buffer.from(encoded, 'base64').toString()).toBe(claims);
  const token = (await post(sandbox, 'token', { ...SECRET_FORM, claims })).json.access_token;
  const accepted = await send(sandbox, `${API}/articles`, { headers: { authorization: `Bearer ${token}` } });
  expect(accepted.status).toBe(200);
});
