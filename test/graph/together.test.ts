import type { LogFields } from '../../src/base/log';
import { batchingTransport } from '../../src/graph/batching-transport';
import type { HttpRequest, HttpResponse, Transport } from '../../src/http/transport';
import { answer } from '../support/answer';

const HOSTS = '/security/threatIntelligence/hosts';

function request(id: number, token = 'Bearer a'): HttpRequest {
  const url = `https://graph.example/v1.0${HOSTS}/h${id}.example`;
  return {
    method: 'GET',
    url,
    headers: { authorization: token, 'client-request-id': `${id}` },
    timeout: 1000,
  };
}

/** The urls that an exchange asks for, below the version. */
function within({ url, body }: HttpRequest): string[] {
  if (body === undefined) return [url.replace(/.*\/v1\.0/, '')];
  return (JSON.parse(body) as { requests: { url: string }[] }).requests.map((item) => item.url);
}

/** A service that gives each request its url and the token that it came with; what the script gives goes before. */
function service(
  script: (exchange: HttpRequest, number: number) => HttpResponse | undefined = () => undefined,
) {
  const sent: HttpRequest[] = [];
  const logged: LogFields[] = [];
  let underWay = 0;
  const atOnce: number[] = [];
  const alone: Transport = async (exchange) => {
    const number = sent.push(exchange);
    atOnce.push(++underWay);
    await new Promise((later) => setImmediate(later));
    underWay--;
    const scripted = script(exchange, number);
    if (scripted !== undefined) return scripted;
    const bodies = within(exchange).map((url) => ({ url, token: exchange.headers.authorization }));
    if (exchange.method === 'GET') return answer(bodies[0]);
    const responses = bodies.map((body, place) => ({ id: String(place), status: 200, body }));
    return answer({ responses: responses.reverse() });
  };
  const send = batchingTransport(
    alone,
    (level, event, fields = {}) => void logged.push({ level, event, ...fields }),
  );
  return {
    sent,
    logged,
    atOnce,
    send,
    sizes: () => sent.map((exchange) => (exchange.method === 'GET' ? 0 : within(exchange).length)),
    /** Asks for so many hosts at once, and gives the places of those that got an answer of another. */
    async strangers(count: number): Promise<number[]> {
      const places = Array.from({ length: count }, (_, place) => place);
      const answers = await Promise.all(places.map((place) => send(request(place))));
      const own = answers.map(({ body }) => (JSON.parse(body) as { url: string }).url);
      return places.filter((place) => own[place] !== `${HOSTS}/h${place}.example`);
    },
  };
}

test('what is asked at about the same time shares batches of twenty, and each gets its own answer', async () => {
  const on = service();
  expect(await on.strangers(45)).toEqual([]);
  expect(on.sizes()).toEqual([20, 20, 5]);
  expect(on.logged).toEqual([]);
});

test('what is asked when nothing else is goes alone, as it is', async () => {
  const on = service();
  await on.send(request(1));
  await new Promise((later) => setTimeout(later));
  await on.send(request(2));
  expect(on.sent).toEqual([request(1), request(2)]);
});

test('no request travels with the token of another', async () => {
  const on = service();
  const tokens = Array.from({ length: 50 }, (_, index) => (index % 3 === 0 ? 'Bearer old' : 'Bearer new'));
  const answers = await Promise.all(tokens.map((token, id) => on.send(request(id, token))));
  expect(answers.map(({ body }) => (JSON.parse(body) as { token: string }).token)).toEqual(tokens);
  expect(on.sizes()).toEqual([17, 20, 13]);
});

test('what a batch leaves out is asked once more, alone, and before the others', async () => {
  const on = service((exchange, number) =>
    number === 1 && exchange.method === 'POST'
      ? answer({ responses: [{ id: '1', status: 200, body: { url: `${HOSTS}/h1.example` } }] })
      : undefined,
  );
  expect(await on.strangers(100)).toEqual([]);
  expect(on.sizes()).toEqual([20, 20, 20, 20, ...Array<number>(19).fill(0), 20]);
});

test.each([
  ['no list of answers', answer({ value: [] })],
  ['no JSON', answer('<p>')],
])('where a batch is answered with %s, each of it is asked alone', async (_, odd) => {
  const on = service((_exchange, number) => (number === 1 ? odd : undefined));
  expect(await on.strangers(3)).toEqual([]);
  expect(on.sizes()).toEqual([3, 0, 0, 0]);
});

test('where batches are refused, everything goes alone from then on, and the log tells it', async () => {
  const on = service(({ method }) => (method === 'POST' ? answer('', 404) : undefined));
  expect(await on.strangers(3)).toEqual([]);
  expect(await on.strangers(2)).toEqual([]);
  expect(on.sizes()).toEqual([3, 0, 0, 0, 0, 0]);
  expect(on.logged).toEqual([{ level: 'warn', event: 'batches are refused', status: 404 }]);
});

test.each([401, 429, 500, 503])(
  'a batch that is answered by %i is such an answer to each',
  async (status) => {
    const refusal = answer({ error: {} }, status);
    const on = service(() => refusal);
    expect(await Promise.all([on.send(request(1)), on.send(request(2))])).toEqual([refusal, refusal]);
    expect(on.sizes()).toEqual([2]);
  },
);

test('a batch that gets no answer fails for each of its requests, and for no other', async () => {
  const reset = new Error('reset');
  const on = service((_exchange, number) => {
    if (number === 1) throw reset;
    return undefined;
  });
  const places = Array.from({ length: 25 }, (_, place) => place);
  const settled = await Promise.allSettled(places.map((place) => on.send(request(place))));
  expect(settled.map(({ status }) => status)).toEqual([
    ...Array<string>(20).fill('rejected'),
    ...Array<string>(5).fill('fulfilled'),
  ]);
  expect(settled[0]).toEqual({ status: 'rejected', reason: reset });
});

test('four exchanges are under way at first, and more with each that goes well', async () => {
  const on = service();
  expect(await on.strangers(400)).toEqual([]);
  expect(on.atOnce.slice(0, 4)).toEqual([1, 2, 3, 4]);
  expect(Math.max(...on.atOnce)).toBe(6);
});

test('batches that get no answer slow nothing down', async () => {
  const on = service((_exchange, number) => {
    if (number <= 4) throw new Error('reset');
    return undefined;
  });
  await Promise.allSettled(Array.from({ length: 160 }, (_, place) => on.send(request(place))));
  expect(on.atOnce).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
});

/** Throttles a request in each of the first batches, so many. */
function throttling(batches: number) {
  return service((exchange, number) => {
    if (number > batches) return undefined;
    const responses = within(exchange).map((url, place) => ({
      id: String(place),
      status: place === 3 ? 429 : 200,
      body: { url },
    }));
    return answer({ responses });
  });
}

test('after a request of a batch was throttled, half as many are under way, however many batches were under way with it', async () => {
  for (const throttled of [1, 4]) {
    const on = throttling(throttled);
    expect(await on.strangers(400)).toEqual([]);
    expect(on.atOnce.slice(0, 8)).toEqual([1, 2, 3, 4, 1, 2, 1, 2]);
  }
});

test('a batch that is throttled after that halves them again', async () => {
  const on = throttling(5);
  expect(await on.strangers(400)).toEqual([]);
  expect(on.atOnce.slice(0, 8)).toEqual([1, 2, 3, 4, 1, 2, 1, 1]);
});
