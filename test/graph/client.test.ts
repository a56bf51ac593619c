import { PluginError } from '../../src/base/errors';
import { silentLog } from '../../src/base/log';
import { type GraphClient, graphClient } from '../../src/graph/client';
import type { GraphRequest, GraphResult } from '../../src/graph/request';
import type { HttpRequest, HttpResponse } from '../../src/http/transport';
import { heldClock } from '../faults/held-clock';
import { raised } from '../support/raised';
import { httpResponse } from '../support/response';

const API = '/security/threatIntelligence';
const { signal } = new AbortController();

interface Asked {
  readonly client: GraphClient;
  /** What left, `GET /v1.0/…` or the number of requests in a batch. */
  readonly lines: (string | number)[];
  /** The most that was in progress at once. */
  most(): number;
}

/** A client of a Graph that responds to each request by its path and query. */
function clientOf(graph: (line: string) => HttpResponse): Asked {
  const lines: (string | number)[] = [];
  let underWay = 0;
  let most = 0;
  const itemsOf = ({ body }: HttpRequest) =>
    (JSON.parse(body ?? '{}') as { requests?: { id: string; url: string }[] }).requests ?? [];
  const clock = heldClock(() => setImmediate(clock.skip));
  const client = graphClient('https://graph.microsoft.com', {
    retry: { clock, log: silentLog, backoffState: {}, deadline: clock.now() + 60_000 },
    timeout: 1000,
    tokens: {
      get: async () => ({ value: 'a', cached: false }),
      renew: async () => ({ value: 'b', cached: false }),
      forget: async () => undefined,
    },
    async transport(request) {
      most = Math.max(most, ++underWay);
      await new Promise((later) => setImmediate(later));
      underWay--;
      if (request.signal?.aborted) throw request.signal.reason;
      const items = itemsOf(request);
      const line = request.url.replace('https://graph.microsoft.com/v1.0', '');
      lines.push(items.length > 0 ? items.length : `${request.method} ${line}`);
      if (items.length === 0) return graph(line);
      const responses = items.map(({ id, url }) => {
        const { status, headers, body } = graph(url);
        return { id, status, headers, body: body === '' ? undefined : JSON.parse(body) };
      });
      return httpResponse({ responses });
    },
  });
  return { client, lines, most: () => most };
}

function host(name: string, more: Partial<GraphRequest> = {}): GraphRequest {
  return {
    method: 'GET',
    path: `${API}/hosts/${name}`,
    query: [],
    returns: 'entity',
    rows: { most: 50, by: 'limit' },
    subject: { argument: 'host_id', id: name, observable: true },
    ...more,
  };
}

function list(path: string, more: Partial<GraphRequest> = {}): GraphRequest {
  return host(path, { path: `${API}/${path}`, returns: 'collection', subject: undefined, ...more });
}

function named(line: string): HttpResponse {
  return httpResponse({ id: line.replace(/.*\//, '') });
}

const RECORD = { argument: 'article_id', id: 'a', observable: false };
const UNKNOWN = httpResponse({ error: { code: 'NotFound', message: 'No.' } }, 404);

test('one entity is requested alone, with the query options of the request', async () => {
  const { client, lines } = clientOf(() => httpResponse({ id: 'contoso.com' }));
  const request = host('contoso.com', { query: [{ name: '$select', value: 'id,tags' }] });
  expect(await client.execute([request], signal)).toMatchObject([
    { kind: 'entity', request, value: { id: 'contoso.com' } },
  ]);
  expect(lines).toEqual([`GET ${API}/hosts/contoso.com?$select=id,tags`]);
});

test.each<[string, HttpResponse, GraphRequest]>([
  ['a response without anything', httpResponse('', 204), host('contoso.com')],
  ['an unknown observable', UNKNOWN, host('contoso.com')],
])('%s is nothing found', async (_, response, request) => {
  expect(await clientOf(() => response).client.execute([request], signal)).toEqual([
    { kind: 'missing', request },
  ]);
});

test.each<[string, HttpResponse, GraphRequest, string]>([
  ['an unknown record', UNKNOWN, host('a', { subject: RECORD }), 'GRAPH_NOT_FOUND'],
  ['an unknown path', UNKNOWN, host('a', { subject: undefined }), 'GRAPH_NOT_FOUND'],
  ['a refusal', httpResponse('', 403), host('contoso.com'), 'GRAPH_FORBIDDEN'],
])('%s is an error that others need not share', async (_, response, request, code) => {
  const { client } = clientOf((line) => (line.endsWith('/known') ? httpResponse({ id: 'known' }) : response));
  const known = host('known');
  expect(await client.execute([request, known], signal)).toEqual([
    { kind: 'failed', request, error: expect.objectContaining({ code }) },
    { kind: 'entity', request: known, value: { id: 'known' } },
  ]);
});

test('an error names the path that was requested, whatever page it was', async () => {
  const first = list('articles');
  const next = `https://graph.microsoft.com/v1.0${API}/articles/next?$skiptoken=2`;
  const { client } = clientOf((line) =>
    line.endsWith('articles')
      ? httpResponse({ value: [{ id: 'a' }], '@odata.nextLink': next })
      : httpResponse([]),
  );
  const [failed] = await client.execute([first], signal);
  expect((failed as Extract<GraphResult, { kind: 'failed' }>).error.message).toBe(
    `Graph responded with 200 to GET /v1.0${API}/articles, but the response is a list, not a page of a list. 1 row was read before that.`,
  );
  const [odd] = await clientOf(() => httpResponse([])).client.execute([host('contoso.com')], signal);
  expect((odd as Extract<GraphResult, { kind: 'failed' }>).error.message).toBe(
    `Graph responded with 200 to GET /v1.0${API}/hosts/contoso.com, but the response is a list, not one object.`,
  );
});

test('a list is read up to its limit', async () => {
  const { client } = clientOf(() => httpResponse({ value: [{ id: 'a' }, { id: 'b' }], '@odata.count': 7 }));
  const request = list('articles', { rows: { most: 1, by: 'limit' } });
  expect(await client.execute([request], signal)).toMatchObject([
    { kind: 'collection', request, rows: [{ id: 'a' }], more: true, total: 7 },
  ]);
});

test('several entities share batches, lists go alone, and the responses keep the order', async () => {
  const { client, lines } = clientOf((line) =>
    line.endsWith('articles') ? httpResponse({ value: [] }) : named(line),
  );
  const requests = [host('b.example'), list('articles'), host('a.example')];
  const responses = await client.execute(requests, signal);
  expect(responses.map(({ kind, request }) => [kind, request])).toEqual([
    ['entity', requests[0]],
    ['collection', requests[1]],
    ['entity', requests[2]],
  ]);
  expect([...lines].sort()).toEqual([2, `GET ${API}/articles`]);
});

test('equal requests are sent once, and each gets the response', async () => {
  const { client, lines } = clientOf(named);
  const first = host('contoso.com');
  const second = host('contoso.com', {
    subject: { argument: 'host_id', id: 'CONTOSO.com', observable: true },
  });
  expect(await client.execute([first, second], signal)).toEqual([
    { kind: 'entity', request: first, value: { id: 'contoso.com' } },
    { kind: 'entity', request: second, value: { id: 'contoso.com' } },
  ]);
  expect(lines).toEqual([`GET ${API}/hosts/contoso.com`]);
});

test.each<[string, GraphRequest]>([
  ['path', list('profiles')],
  ['query', list('articles', { query: [{ name: '$top', value: '7' }] })],
])('a request with another %s is sent separately', async (_, other) => {
  const { client, lines } = clientOf(() => httpResponse({ value: [] }));
  await client.execute([list('articles'), other], signal);
  expect(lines).toHaveLength(2);
});

test.each<[string, GraphRequest, object]>([
  ['limit', list('articles', { rows: { most: 1, by: 'limit' } }), { rows: [{ id: '1' }] }],
  ['kind of result', list('articles', { returns: 'entity' }), { kind: 'failed' }],
])(
  'requests that differ only in their %s share one exchange and get separate results',
  async (_, other, result) => {
    const { client, lines } = clientOf(() => httpResponse({ value: [{ id: '1' }, { id: '2' }] }));
    const results = await client.execute([list('articles'), other], signal);
    expect(results).toMatchObject([{ rows: [{ id: '1' }, { id: '2' }] }, result]);
    expect(lines).toHaveLength(1);
  },
);

test('eight lists are read at once, and as many entities wait as fill eight batches', async () => {
  const lists = clientOf(() => httpResponse({ value: [] }));
  await lists.client.execute(
    Array.from({ length: 30 }, (_, index) => list(`articles/a${index}/indicators`)),
    signal,
  );
  expect([lists.most(), lists.lines.length]).toEqual([8, 30]);
  const entities = clientOf(named);
  await entities.client.execute(
    Array.from({ length: 330 }, (_, index) => host(`h${index}.example`)),
    signal,
  );
  expect(entities.lines.slice(0, 8)).toEqual([20, 20, 20, 20, 20, 20, 20, 20]);
  expect(entities.lines.reduce<number>((sum, line) => sum + Number(line), 0)).toBe(330);
});

test('lists whose rows are taken come one after the other, and say how many those were', async () => {
  const { client, most } = clientOf((line) =>
    httpResponse({ value: [{ id: `${line} 1` }, { id: `${line} 2` }] }),
  );
  const lists = [list('articles'), list('intelProfiles')];
  const taken: unknown[] = [];
  const responses = await client.execute(lists, signal, async (rows, { path }) => {
    taken.push(...rows.map((row) => [path, (row as { id: string }).id]));
  });
  expect(taken).toEqual(
    lists.flatMap(({ path }) => [
      [path, `${path} 1`],
      [path, `${path} 2`],
    ]),
  );
  expect(most()).toBe(1);
  expect(responses).toMatchObject(
    lists.map((request) => ({ kind: 'collection', request, rows: [], taken: 2, more: false })),
  );
});

test('a command that has timed out starts no more requests', async () => {
  const get = jest.fn(async () => ({ value: 'a', cached: false }));
  const clock = heldClock(() => setImmediate(clock.skip));
  const client = graphClient('https://graph.microsoft.com', {
    retry: { clock, log: silentLog, backoffState: {}, deadline: clock.now() + 60_000 },
    timeout: 1000,
    tokens: { get, renew: get, forget: async () => undefined },
    transport: async () => httpResponse({}),
  });
  const ended = new AbortController();
  ended.abort(new PluginError('TIMED_OUT', 'host timed out after 5 seconds.'));
  const results = await client.execute([host('a.example'), host('b.example')], ended.signal);
  expect(results).toMatchObject(Array(2).fill({ kind: 'failed', error: { code: 'TIMED_OUT' } }));
  expect(get).not.toHaveBeenCalled();
});

test('a cancelled command returns no responses', async () => {
  const ending = new AbortController();
  const { client } = clientOf((line) => {
    if (line.endsWith('b.example')) ending.abort();
    return httpResponse('', line.endsWith('b.example') ? 503 : 204);
  });
  const { code } = await raised(() => client.execute([list('articles'), host('b.example')], ending.signal));
  expect(code).toBe('CANCELLED');
});
