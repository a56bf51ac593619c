import nock from 'nock';
import { openEngine } from '../../src/engine/engine';
import { axiosTransport } from '../../src/http/axios-transport';
import { isTransportError } from '../../src/http/transport';
import { PARAMS } from '../support/recorder';

const GRAPH = 'https://graph.microsoft.com';
const send = axiosTransport({ insecure: false });

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

function get(path: string) {
  return send({ method: 'GET', url: GRAPH + path, headers: { accept: 'application/json' }, timeout: 5000 });
}

test.each([200, 204, 302, 400, 404, 429, 500, 503])('%i is a response like any other', async (status) => {
  nock(GRAPH)
    .get('/x')
    .reply(status, 'text', { location: `${GRAPH}/elsewhere`, 'Retry-After': '7' });
  expect(await get('/x')).toMatchObject({ status, headers: { 'retry-after': '7' } });
});

test('a body is a string, whatever it holds', async () => {
  nock(GRAPH).get('/x').reply(200, '{"broken": ', { 'content-type': 'application/json' });
  expect((await get('/x')).body).toBe('{"broken": ');
});

test('the query is sent as encoded by the caller', async () => {
  const line = '/x?$filter=title%20eq%20%27a%2526b%27&$top=5';
  const scope = nock(GRAPH)
    .get((path) => path === line)
    .reply(200, '{}');
  await get(line);
  expect(scope.isDone()).toBe(true);
});

test.each([
  ['ECONNREFUSED', 'refused'],
  ['ENOTFOUND', 'unresolved'],
  ['ECONNRESET', 'reset'],
  ['CERT_HAS_EXPIRED', 'untrusted'],
])('%s is the fault "%s", and its error contains nothing of the request', async (code, fault) => {
  nock(GRAPH)
    .get('/x')
    .replyWithError(Object.assign(new Error('with details'), { code }));
  const error = await send({
    method: 'GET',
    url: `${GRAPH}/x`,
    headers: { authorization: 'Bearer top-secret' },
    timeout: 5000,
  }).catch((thrown) => thrown);
  expect(isTransportError(error) && error.fault).toBe(fault);
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('top-secret');
});

test('a command signs in once, by the fields that the login service documents, and queries Graph with the token', async () => {
  const form: Record<string, unknown> = {};
  nock('https://login.microsoftonline.com')
    .post('/contoso.com/oauth2/v2.0/token', (body) => Object.assign(form, body) && true)
    .query(true)
    .reply(200, { token_type: 'Bearer', expires_in: 3599, access_token: 'the-token' });
  nock(GRAPH, {
    reqheaders: {
      authorization: 'Bearer the-token',
      accept: 'application/json',
      'user-agent': /^msg-defender-threat-intel\//,
    },
  })
    .get('/v1.0/security/threatIntelligence/hosts/contoso.com')
    .twice()
    .reply(200, { id: 'contoso.com' });
  const plugin = openEngine({ params: PARAMS });
  for (const _ of [1, 2]) {
    const { entries } = await plugin.execute('msg-defender-threat-intel-host', { host_id: 'contoso.com' });
    expect(entries[0]?.Contents).toEqual({ id: 'contoso.com' });
  }
  expect(form).toMatchObject({
    grant_type: 'client_credentials',
    client_id: PARAMS.app_id,
    client_secret: PARAMS.credentials.password,
    scope: 'https://graph.microsoft.com/.default',
  });
  expect(nock.isDone()).toBe(true);
});
