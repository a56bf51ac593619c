import { Agent, request } from 'node:https';
import {
  AuthenticationHandler,
  BatchRequestContent,
  BatchResponseContent,
  Client,
  type Context,
  type GraphError,
  type Middleware,
  type PageCollection,
  PageIterator,
  RetryHandler,
  TelemetryHandler,
} from '@microsoft/microsoft-graph-client';
import type { Sandbox } from '../../src/sandbox';
import { signIn, start } from './client';

/*
 * An independent check that the sandbox behaves like Microsoft Graph: Microsoft's own client (@microsoft/microsoft-graph-client) reads
 * it, over TLS with the sandbox's certificate.
 */

const API = '/security/threatIntelligence';

let sandbox: Sandbox;
let client: Client;
let connections: Agent;
let token: string;
beforeAll(async () => {
  sandbox = await start();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  sandbox.reset();
  token = await signIn(sandbox);
  connections = new Agent({ ca: sandbox.ca });
  const chain = [
    new AuthenticationHandler({ getAccessToken: async () => token }),
    new RetryHandler(),
    new TelemetryHandler(),
    overTls(connections),
  ];
  client = Client.initWithMiddleware({
    baseUrl: `${sandbox.origin}/`,
    customHosts: new Set(['localhost']),
    middleware: linked(chain),
  });
});
afterEach(() => connections.destroy());

function linked(chain: readonly Middleware[]): Middleware {
  for (const [index, one] of chain.entries()) {
    const next = chain[index + 1];
    if (next !== undefined) one.setNext?.(next);
  }
  return chain[0] as Middleware;
}

/** Sends what the client made of a request; Node's own fetch takes no certificate. */
function overTls(agent: Agent): Middleware {
  return {
    async execute(context: Context) {
      const { options = {} } = context;
      const url = typeof context.request === 'string' ? context.request : context.request.url;
      const headers = Object.fromEntries(new Headers(options.headers as Record<string, string>));
      context.response = await new Promise<Response>((resolve, reject) => {
        const sent = request(url, { method: options.method ?? 'GET', headers, agent }, async (response) => {
          const chunks: Buffer[] = [];
          for await (const chunk of response) chunks.push(chunk);
          const { statusCode: status = 0, headers: received } = response;
          resolve(
            new Response(Buffer.concat(chunks), { status, headers: received as Record<string, string> }),
          );
        });
        sent.on('error', reject).end(options.body);
      });
    },
  };
}

async function errorOf(path: string): Promise<GraphError> {
  return client
    .api(path)
    .get()
    .then(
      () => {
        throw new Error(`${path} did not fail`);
      },
      (error: GraphError) => error,
    );
}

test('reads an entity', async () => {
  const host = await client.api(`${API}/hosts/contoso.com`).get();
  expect(host).toMatchObject({ '@odata.type': '#microsoft.graph.security.hostname', id: 'contoso.com' });
});

test('builds the query options that the sandbox reads', async () => {
  const page = await client
    .api(`${API}/intelProfiles`)
    .select(['id', 'title'])
    .filter("kind eq 'tool'")
    .orderby('title')
    .top(3)
    .count(true)
    .get();
  expect(page.value).toHaveLength(3);
  expect(page['@odata.count']).toBeGreaterThan(3);
  expect(Object.keys(page.value[0])).toEqual(['@odata.type', 'id', 'title']);
  const titles = page.value.map(({ title }: { title: string }) => title);
  expect(titles).toEqual([...titles].sort());
});

test.each([
  ['an unknown record', `${API}/articles/none`, 404, 'NotFound'],
  ['a query option that does not exist', `${API}/articles?$nonsense=1`, 400, 'BadRequest'],
  ['a path that does not exist', `${API}/nonsense`, 400, 'BadRequest'],
])('reads the error for %s', async (_, path, statusCode, code) => {
  const error = await errorOf(path);
  expect(error).toMatchObject({ statusCode, code, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(error.message).not.toBe('');
  expect(Number.isNaN(error.date.getTime())).toBe(false);
});

test('reads the error for a token without the role', async () => {
  sandbox.login.consent([]);
  token = await signIn(sandbox);
  expect(await errorOf(`${API}/articles`)).toMatchObject({
    statusCode: 403,
    code: 'Forbidden',
    message: expect.stringContaining('Missing application roles'),
  });
});

test('reads the claims that conditional access demands', async () => {
  sandbox.faults.claims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
  const error = await errorOf(`${API}/articles`);
  expect(error).toMatchObject({ statusCode: 401, code: 'InvalidAuthenticationToken' });
  expect(error.headers?.get('www-authenticate')).toContain('error="insufficient_claims", claims="');
});

test('retries a throttled request after the Retry-After of the sandbox', async () => {
  sandbox.faults.rules = [{ kind: 'throttle', times: 2, retryAfter: 0 }];
  const host = await client.api(`${API}/hosts/contoso.com`).get();
  expect(host.id).toBe('contoso.com');
  expect(sandbox.requests.filter(({ path }) => path.includes('/hosts/'))).toHaveLength(3);
});

test.each(['as Graph documents them', 'in lower case'])(
  'follows links to next pages, %s, to the end',
  async (spelling) => {
    sandbox.faults.pageSize = 40;
    sandbox.faults.lowerCaseLinks = spelling === 'in lower case';
    const first: PageCollection = await client.api(`${API}/articles`).select('id').count(true).get();
    expect(first['@odata.nextLink']).toContain(sandbox.origin);
    const ids: string[] = [];
    const pages = new PageIterator(client, first, (article: { id: string }) => {
      ids.push(article.id);
      return true;
    });
    await pages.iterate();
    expect(ids.length).toBeGreaterThan(100);
    expect(ids).toHaveLength(first['@odata.count']);
    expect(new Set(ids).size).toBe(ids.length);
  },
);

test('sends a batch, and finds each response by its id', async () => {
  const paths = [
    'hosts/contoso.com',
    'hosts/nobody.example',
    'articles?$top=2',
    'vulnerabilities/CVE-2099-10001',
  ];
  const batch = new BatchRequestContent(
    paths.map((path, index) => ({
      id: String(index),
      request: new Request(`https://graph.example${API}/${path}`),
    })),
  );
  const body = await client.api('/$batch').post(await batch.getContent());
  const responses = new BatchResponseContent(body);
  const of = async (id: string) => {
    const response = responses.getResponseById(id) as Response;
    return [response.status, await response.json()];
  };
  expect(await of('0')).toEqual([200, expect.objectContaining({ id: 'contoso.com' })]);
  expect(await of('1')).toEqual([404, { error: expect.objectContaining({ code: 'NotFound' }) }]);
  expect(await of('2')).toEqual([
    200,
    expect.objectContaining({ value: [expect.anything(), expect.anything()] }),
  ]);
  expect(await of('3')).toEqual([200, expect.objectContaining({ id: 'CVE-2099-10001' })]);
});
