import { silentLog } from '../../src/base/log';
import { openEngine } from '../../src/engine/engine';
import { openTraffic } from '../../src/engine/open-services';
import { networkError } from '../../src/http/network-error';
import { withRetry } from '../../src/http/retry';
import type { HttpRequest, HttpResponse } from '../../src/http/transport';
import { TransportError } from '../../src/http/transport';
import { errorText } from '../support/outcome';
import { quickClock } from '../support/quick-clock';
import { PARAMS, recordedPlugin, TOKEN } from '../support/recorder';

const HOST = 'msg-defender-threat-intel-host';

const respond = (status: number, headers = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: '{"error":{"code":"Failed","message":"Try later."}}',
});

/** Runs one command against a service that always fails. */
async function outcome(
  fail: (clock: ReturnType<typeof quickClock>, timeout: number) => HttpResponse,
  params: object = {},
) {
  const clock = quickClock();
  const start = clock.now();
  const { plugin, requested } = recordedPlugin(
    ({ timeout }) => fail(clock, timeout),
    params,
    undefined,
    clock,
  );
  const text = errorText(await plugin.execute(HOST, { host_id: 'contoso.com' }));
  return { text, requests: requested.length, seconds: (clock.now() - start) / 1000 };
}

test.each([502, 503, 504])(
  'a service that keeps responding %i fails a command within a minute',
  async (status) => {
    const { text, seconds, requests } = await outcome(() => respond(status));
    expect(text).toMatch(/Try later\. It was sent \d times \(parameter outage_timeout\)\./);
    expect(seconds).toBeLessThan(60);
    expect(requests).toBeGreaterThan(3);
  },
);

test('so does one that cuts connections', async () => {
  const cut = () => {
    throw new TransportError('reset', 'https://graph.microsoft.com', 'reset');
  };
  expect((await outcome(cut)).seconds).toBeLessThan(60);
});

const hang = (clock: ReturnType<typeof quickClock>, timeout: number): never => {
  clock.advance(timeout);
  throw new TransportError('timeout', 'https://graph.microsoft.com', 'timeout');
};

test.each([
  ['30', 2],
  ['25', 3],
  ['45', 2],
])(
  'a service that never responds fails a command after exactly a minute, request_timeout %s',
  async (request_timeout, expected) => {
    const { seconds, requests } = await outcome(hang, { request_timeout });
    expect([requests, seconds]).toEqual([expected, 60]);
  },
);

test('the wait of the last attempt for the request budget counts', async () => {
  const clock = quickClock();
  const start = clock.now();
  const transport = async ({ method, timeout }: HttpRequest) =>
    method === 'POST' ? TOKEN : hang(clock, timeout);
  const budget = {
    async take(requests: number) {
      clock.advance(300);
      return requests;
    },
    refused: () => {},
  };
  const traffic = openTraffic(transport, { clock, budget });
  const engine = openEngine({ params: PARAMS, transport, clock, traffic });
  await engine.execute(HOST, { host_id: 'contoso.com' });
  expect(clock.now() - start).toBe(60_000);
});

test('a request that starts when the outage has lasted too long is not sent', async () => {
  const clock = quickClock();
  const budget = {
    clock,
    log: silentLog,
    backoffState: {},
    deadline: clock.now() + 240_000,
    outage: { limit: 60_000 },
  };
  const { signal } = new AbortController();
  const attempt = jest.fn(async () => {
    clock.advance(30_000);
    throw networkError('GET /x', new TransportError('timeout', 'https://graph.microsoft.com', 'timeout'));
  });
  await expect(withRetry(budget, signal, attempt)).rejects.toThrow('sent twice');
  await expect(withRetry(budget, signal, attempt)).rejects.toThrow('Nothing more was sent');
  expect(attempt).toHaveBeenCalledTimes(2);
});

test('outage_timeout sets the limit', async () => {
  expect((await outcome(() => respond(503), { outage_timeout: '5' })).seconds).toBeLessThan(5);
  expect((await outcome(() => respond(503), { outage_timeout: '1000' })).seconds).toBeGreaterThan(100);
});

test('throttling is not an outage: the command waits as long as it has time', async () => {
  const { seconds, text } = await outcome(() => respond(429));
  expect(seconds).toBeGreaterThan(100);
  expect(text).toMatch('command_timeout');
});
