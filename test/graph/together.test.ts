import { together } from '../../src/graph/together';
import type { HttpRequest, HttpResponse, Transport } from '../../src/http/transport';
import { silent } from '../../src/log';

const ORIGIN = 'https://graph.example';

function get(path: string): HttpRequest {
  return { method: 'GET', url: `${ORIGIN}/v1.0${path}`, headers: { 'client-request-id': path }, timeout: 1 };
}

interface Item {
  readonly id: string;
  readonly url: string;
}

interface Wire {
  /** The paths of each exchange, in their order. */
  readonly exchanges: string[][];
  readonly transport: Transport;
}

/** A service that answers with the path that it was asked for; `answer` says what becomes of a batch. */
function wire(answer: (items: readonly Item[], nth: number) => unknown): Wire {
  const exchanges: string[][] = [];
  const transport: Transport = async ({ url, body }) => {
    if (body === undefined) {
      exchanges.push([url.slice(`${ORIGIN}/v1.0`.length)]);
      return { status: 200, headers: {}, body: `"alone ${exchanges.at(-1)}"` };
    }
    const items = (JSON.parse(body) as { requests: Item[] }).requests;
    exchanges.push(items.map((item) => item.url));
    const made = answer(items, exchanges.length);
    return typeof made === 'number'
      ? { status: made, headers: { 'retry-after': '9' }, body: '' }
      : { status: 200, headers: {}, body: JSON.stringify(made) };
  };
  return { exchanges, transport };
}

function good(items: readonly Item[]): object {
  const responses = items.map(({ id, url }) => ({
    id,
    status: 200,
    headers: { 'Request-Id': url },
    body: { url },
  }));
  return { responses: responses.reverse() };
}

async function ask(transport: Transport, count: number): Promise<HttpResponse[]> {
  const shared = together(transport, silent);
  return Promise.all(Array.from({ length: count }, (_, index) => shared(get(`/${index}?$select=id`))));
}

test('each request gets its own answer, headers in lower case', async () => {
  const { transport, exchanges } = wire(good);
  const answers = await ask(transport, 41);
  expect(exchanges.map((paths) => paths.length)).toEqual([20, 20, 1]);
  expect(answers[21]).toEqual({
    status: 200,
    headers: { 'request-id': '/21?$select=id' },
    body: '{"url":"/21?$select=id"}',
  });
  expect(answers[40]?.body).toBe('"alone /40?$select=id"');
});

test('what a batch leaves out is asked alone', async () => {
  const { transport, exchanges } = wire((items) => good(items.filter(({ id }) => Number(id) % 2 === 0)));
  const answers = await ask(transport, 4);
  expect(answers.map(({ body }) => body)).toEqual([
    '{"url":"/0?$select=id"}',
    '"alone /1?$select=id"',
    '{"url":"/2?$select=id"}',
    '"alone /3?$select=id"',
  ]);
  expect(exchanges).toHaveLength(3);
});

test.each([
  ['no object', []],
  ['no responses', { value: [] }],
  [
    'responses of no shape',
    { responses: [null, 7, { id: '0' }, { status: 200 }, { id: '-1', status: 200 }] },
  ],
])('an answer with %s is none: everything is asked alone', async (_, made) => {
  const { transport } = wire(() => made);
  expect((await ask(transport, 3)).map(({ body }) => body.slice(0, 6))).toEqual([
    '"alone',
    '"alone',
    '"alone',
  ]);
});

test('a batch that is throttled as a whole throttles each of its requests', async () => {
  const { transport } = wire(() => 429);
  const answers = await ask(transport, 3);
  expect(answers.map(({ status, headers }) => [status, headers['retry-after']])).toEqual(
    Array(3).fill([429, '9']),
  );
});

test('at most eight exchanges are under way, and fewer while the service throttles', async () => {
  let throttling = true;
  const { transport } = wire((items) => (throttling ? 429 : good(items)));
  let underWay = 0;
  let most = 0;
  const counted: Transport = async (request) => {
    most = Math.max(most, ++underWay);
    await new Promise(setImmediate);
    underWay--;
    return transport(request);
  };
  const shared = together(counted, silent);
  const askMany = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, index) => shared(get(`/${index}`))));
  await askMany(400);
  most = 0;
  await askMany(100);
  expect(most).toBe(1);
  throttling = false;
  await askMany(4_000);
  expect(most).toBe(8);
});
