import { PluginError } from '../../src/base/errors';
import type { LogFields } from '../../src/base/log';
import type { RequestBudget } from '../../src/budget/budget';
import { batchingTransport, type TrafficPorts } from '../../src/graph/batching-transport';
import type { HttpRequest, HttpResponse, Transport } from '../../src/http/transport';
import { heldClock } from '../faults/held-clock';
import { httpResponse } from '../support/response';

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

/** The urls that an exchange requests, below the version. */
function within({ url, body }: HttpRequest): string[] {
  if (body === undefined) return [url.replace(/.*\/v1\.0/, '')];
  return (JSON.parse(body) as { requests: { url: string }[] }).requests.map((item) => item.url);
}

/** A service that gives each request its url and the token that it came with; what the script gives goes before. */
function service(
  script: (exchange: HttpRequest, number: number) => HttpResponse | undefined = () => undefined,
  ports: Partial<TrafficPorts> = {},
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
    if (exchange.method === 'GET') return httpResponse(bodies[0]);
    const responses = bodies.map((body, place) => ({ id: String(place), status: 200, body }));
    return httpResponse({ responses: responses.reverse() });
  };
  const traffic = batchingTransport({
    transport: alone,
    log: (level, event, fields = {}) => void logged.push({ level, event, ...fields }),
    clock: heldClock(() => {}),
    backoffState: {},
    ...ports,
  });
  const send: Transport = (one) => traffic(one, { batched: true });
  return {
    sent,
    traffic,
    logged,
    atOnce,
    send,
    sizes: () => sent.map((exchange) => (exchange.method === 'GET' ? 0 : within(exchange).length)),
    /** Requests so many hosts at once, and gives the places of those that got a response of another. */
    async strangers(count: number): Promise<number[]> {
      const places = Array.from({ length: count }, (_, place) => place);
      const responses = await Promise.all(places.map((place) => send(request(place))));
      const own = responses.map(({ body }) => (JSON.parse(body) as { url: string }).url);
      return places.filter((place) => own[place] !== `${HOSTS}/h${place}.example`);
    },
  };
}

test('requests of one moment share batches of twenty, and each gets its own response', async () => {
  const on = service();
  expect(await on.strangers(45)).toEqual([]);
  expect(on.sizes()).toEqual([20, 20, 5]);
  expect(on.logged).toEqual([]);
});

test('a request without others is sent alone and unchanged', async () => {
  const on = service();
  await on.send(request(1));
  await new Promise((later) => setTimeout(later));
  await on.send(request(2));
  expect(on.sent).toMatchObject([request(1), request(2)]);
});

test('no request is sent with the token of another', async () => {
  const on = service();
  const tokens = Array.from({ length: 50 }, (_, index) => (index % 3 === 0 ? 'Bearer old' : 'Bearer new'));
  const responses = await Promise.all(tokens.map((token, id) => on.send(request(id, token))));
  expect(responses.map(({ body }) => (JSON.parse(body) as { token: string }).token)).toEqual(tokens);
  expect(on.sizes()).toEqual([17, 20, 13]);
});

test('retries an item missing from a batch response once, alone, before the others', async () => {
  const on = service((exchange, number) =>
    number === 1 && exchange.method === 'POST'
      ? httpResponse({ responses: [{ id: '1', status: 200, body: { url: `${HOSTS}/h1.example` } }] })
      : undefined,
  );
  expect(await on.strangers(100)).toEqual([]);
  expect(on.sizes()).toEqual([20, 20, 20, 20, ...Array<number>(19).fill(0), 20]);
});

test.each([
  ['no list of responses', httpResponse({ value: [] })],
  ['no JSON', httpResponse('<p>')],
])('after a batch response with %s, each request is sent alone', async (_, odd) => {
  const on = service((_exchange, number) => (number === 1 ? odd : undefined));
  expect(await on.strangers(3)).toEqual([]);
  expect(on.sizes()).toEqual([3, 0, 0, 0]);
});

test('sends every request alone after Graph rejects batches, and logs it', async () => {
  const on = service(({ method }) => (method === 'POST' ? httpResponse('', 404) : undefined));
  expect(await on.strangers(3)).toEqual([]);
  expect(await on.strangers(2)).toEqual([]);
  expect(on.sizes()).toEqual([3, 0, 0, 0, 0, 0]);
  expect(on.logged).toEqual([{ level: 'warn', event: 'batches are rejected', status: 404 }]);
});

test.each([401, 429, 500, 503])(
  'a batch that is responded by %i is such a response to each',
  async (status) => {
    const refusal = httpResponse({ error: {} }, status);
    const on = service(() => refusal);
    expect(await Promise.all([on.send(request(1)), on.send(request(2))])).toEqual([refusal, refusal]);
    expect(on.sizes()).toEqual([2]);
  },
);

test('a batch that gets no response fails for each of its requests, and for no other', async () => {
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

test('four exchanges are in flight at first, and more with each that succeeds', async () => {
  const on = service();
  expect(await on.strangers(400)).toEqual([]);
  expect(on.atOnce.slice(0, 4)).toEqual([1, 2, 3, 4]);
  expect(Math.max(...on.atOnce)).toBe(6);
});

test('batches that get no response slow nothing down', async () => {
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
    return httpResponse({ responses });
  });
}

test('after a request of a batch was throttled, half as many are in progress, however many batches were in flight with it', async () => {
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

test('equal requests of several commands are sent once, and each gets the response', async () => {
  const on = service();
  const responses = await Promise.all([1, 2, 1, 1, 2].map((id) => on.send(request(id))));
  expect(on.sizes()).toEqual([2]);
  expect(responses.map(({ body }) => (JSON.parse(body) as { url: string }).url.at(-9))).toEqual([
    '1',
    '2',
    '1',
    '1',
    '2',
  ]);
});

test('a command that is cancelled leaves the exchange to the others, and the last one ends it', async () => {
  const on = service();
  const [first, second] = [new AbortController(), new AbortController()];
  const one = on.send({ ...request(1), signal: first.signal });
  const two = on.send({ ...request(1), signal: second.signal });
  first.abort(new Error('first'));
  await expect(one).rejects.toThrow('first');
  expect((await two).status).toBe(200);
  expect(on.sent[0]?.signal?.aborted).toBe(false);

  const third = new AbortController();
  const three = on.send({ ...request(3), signal: third.signal });
  await new Promise((later) => setImmediate(later));
  third.abort(new Error('third'));
  await expect(three).rejects.toThrow('third');
  expect(on.sent[1]?.signal?.aborted).toBe(true);
});

test('sends nothing during Retry-After; requests without time for it fail, the others follow together', async () => {
  const clock = heldClock(() => {});
  const error = new PluginError('GRAPH_THROTTLED', 'Too much.', { status: 429 });
  const shared: TrafficPorts['backoffState'] = { backoff: { until: clock.now() + 9_000, error } };
  const on = service(undefined, { clock, backoffState: shared });
  const late = on.traffic(request(1), { batched: true, deadline: clock.now() + 5_000 });
  const others = Promise.all(
    [2, 3, 4].map((id) => on.traffic(request(id), { batched: true, deadline: clock.now() + 60_000 })),
  );
  await expect(late).rejects.toBe(error);
  expect(on.sent).toEqual([]);
  clock.skip();
  await others;
  expect(on.sizes()).toEqual([3]);
});

test('returns the budget of requests that were cancelled in the meantime', async () => {
  const counts = { taken: 0, accepted: 0, released: 0 };
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const on = service(undefined, {
    budget: {
      async take(requests) {
        await opened;
        counts.taken += requests;
        return requests;
      },
      refused: () => {},
      accepted(requests) {
        counts.accepted += requests;
      },
      released(requests) {
        counts.released += requests;
      },
    },
  });
  const cancelling = new AbortController();
  const sent = Array.from({ length: 20 }, (_, id) =>
    on.send(id < 5 ? request(id) : { ...request(id), signal: cancelling.signal }),
  );
  const cancelled = Promise.allSettled(sent.slice(5));
  await new Promise((later) => setImmediate(later));
  cancelling.abort(new Error('enough'));
  await cancelled;
  open();
  await Promise.all(sent.slice(0, 5));
  expect(counts).toEqual({ taken: 20, accepted: 5, released: 15 });
});

test('a budget that fails fails the requests instead of leaving them without a response', async () => {
  const budget: RequestBudget = { take: () => Promise.reject(new Error('no budget')), refused: () => {} };
  const on = service(undefined, { budget });
  await expect(Promise.allSettled([on.send(request(1)), on.send(request(2))])).resolves.toEqual([
    expect.objectContaining({ reason: new Error('no budget') }),
    expect.objectContaining({ reason: new Error('no budget') }),
  ]);
});

test('takes budget for each member before it sends, and reports rejected members', async () => {
  const events: unknown[] = [];
  const budget: RequestBudget = {
    async take(requests, priority) {
      events.push(['take', requests, priority]);
      return requests;
    },
    refused: (retryAfter, requests) => void events.push(['refused', retryAfter, requests]),
    accepted: (requests) => void events.push(['accepted', requests]),
  };
  const on = service(
    (exchange) =>
      httpResponse({
        responses: within(exchange).map((_url, place) => ({
          id: String(place),
          status: place < 2 ? 429 : 200,
          headers: { 'Retry-After': '7' },
        })),
      }),
    { budget },
  );
  await Promise.all(
    [1, 2, 3, 4, 5].map((id) => on.traffic(request(id), { batched: true, priority: 'bulk' })),
  );
  expect(events).toEqual([
    ['take', 5, 'bulk'],
    ['accepted', 3],
    ['refused', 7_000, 2],
  ]);
});

test('pages of lists travel alone, up to eight at once at first', async () => {
  const on = service();
  await Promise.all(Array.from({ length: 30 }, (_, id) => on.traffic(request(id), { batched: false })));
  expect(on.sizes()).toEqual(Array<number>(30).fill(0));
  expect(Math.max(...on.atOnce)).toBe(8);
});

test('a request that is sent again goes ahead of those that wait', async () => {
  const on = service();
  const first = Array.from({ length: 120 }, (_, place) => on.send(request(place)));
  const again = on.send({ ...request(500), isRetry: true });
  await Promise.all([...first, again]);
  expect(within(on.sent[0] as HttpRequest)).toContain(`${HOSTS}/h500.example`);
});
