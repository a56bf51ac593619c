import { type Act, json, reset, startHostile, text, truncated } from './hostile';
import { faultTable } from './record';
import { hostileStage, seen } from './stage';

const HOST = json({ id: 'contoso.com', '@odata.type': '#microsoft.graph.security.hostname' });

function failing(status: number, headers: Readonly<Record<string, string>> = {}): Act {
  return json({ error: { code: 'Busy', message: 'Try later.' } }, status, headers);
}

/** Headers of a compressed response, after which the connection ends. */
function cutAfterHeaders(...headers: readonly string[]): Act {
  const all = ['HTTP/1.1 200 OK', 'content-type: application/json', 'content-encoding: gzip', ...headers];
  return (response) => response.socket?.end(`${all.join('\r\n')}\r\n\r\n`);
}

const silent: Act = () => scene.on.clock.skip();

const record = faultTable('retry');

const scene = hostileStage();

interface CommandOutcome {
  readonly text: string;
  readonly code: string | undefined;
  readonly retryAfter: number | undefined;
  /** How long the command took, by the clock. */
  readonly seconds: number;
  /** How often Graph was requested. */
  readonly requested: number;
}

async function host(params: Readonly<Record<string, unknown>> = {}): Promise<CommandOutcome> {
  const started = scene.on.clock.now();
  const outcome = await scene.on.run('host', { host_id: 'contoso.com' }, { params });
  return {
    text: seen(outcome),
    code: outcome.errors[0]?.code,
    retryAfter: outcome.errors[0]?.retryAfter,
    seconds: (scene.on.clock.now() - started) / 1000,
    requested: scene.server.requests.length,
  };
}

const PASSING: Readonly<Record<string, Act>> = {
  '408': failing(408),
  '429 without Retry-After': failing(429),
  '502': failing(502),
  '503': failing(503),
  '504': failing(504),
  'connection reset': reset,
  'body cut in the middle': truncated,
  'broken JSON': text('{"id":', 'application/json'),
  'gzip that cannot be decompressed': text('no gzip', 'application/json', 200, {
    'content-encoding': 'gzip',
  }),
  'gzip that is cut before its first byte': cutAfterHeaders('connection: close'),
  'gzip through a proxy that writes Close in capitals': cutAfterHeaders('Connection: Close'),
  'gzip of a stated length that is cut before its first byte': cutAfterHeaders('content-length: 500'),
  'gzip in chunks that is cut before its first byte': cutAfterHeaders('transfer-encoding: chunked'),
};

test.each(Object.entries(PASSING))('retries %s up to three times', async (what, act) => {
  scene.server.play(act, act, act, HOST);
  const outcome = await host();
  expect(outcome).toMatchObject({ code: undefined, requested: 4 });
  expect(outcome.text).toContain('contoso.com');
  record(`${what}, three times`, 'the response, at the fourth attempt');
});

test('retries once after no response within request_timeout', async () => {
  scene.server.play(silent, HOST);
  expect(await host()).toMatchObject({ code: undefined, requested: 2 });
  record('no response within request_timeout, once', 'the response, at the second attempt');
});

/** The jitter of a wait decides which limit ends the command, and so which sentence the table contains. */
beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0.5));
afterEach(() => void jest.restoreAllMocks());

/** What is not an outage may take the time of the command. */
const NO_OUTAGE = ['408', '429 without Retry-After'];

/** Whether the command ends in a wait for the budget or before one that it has no time for depends on when the responses arrive. */
const ENDS: Readonly<Record<string, (text: string) => string>> = {
  '429 without Retry-After': (text) => {
    expect(text).toContain('Graph responded with 429 Busy to GET ');
    expect(text).toContain('command_timeout');
    return 'an error that quotes the last response and names command_timeout, within its 240 seconds';
  },
};

test.each(Object.entries({ ...PASSING, 'no response within request_timeout': silent }))(
  '%s, repeatedly, fails the command',
  async (what, act) => {
    scene.server.play(act);
    const outcome = await host();
    expect(outcome.code).toBeDefined();
    expect(outcome.requested).toBeGreaterThan(act === silent ? 1 : 3);
    expect(outcome.seconds).toBeLessThanOrEqual(NO_OUTAGE.includes(what) ? 240 : 60);
    record(
      `${what}, repeatedly`,
      ENDS[what]?.(outcome.text) ?? outcome.text.replace(/\d+ (times|seconds left)/g, 'N $1'),
    );
  },
);

test.each([1, 17])(
  'Retry-After of %d seconds is waited for, and less than a quarter of a second more',
  async (seconds) => {
    scene.server.play(failing(429, { 'retry-after': String(seconds) }), HOST);
    const outcome = await host();
    expect(outcome).toMatchObject({ code: undefined, requested: 2 });
    expect(outcome.seconds).toBeGreaterThanOrEqual(seconds);
    expect(outcome.seconds).toBeLessThan(seconds + 0.25);
    record(
      `429, Retry-After: ${seconds}`,
      `the response, ${seconds} ${seconds === 1 ? 'second' : 'seconds'} later`,
    );
  },
);

test('Retry-After as a date is waited for', async () => {
  const date = new Date(Math.floor(scene.on.clock.now() / 1000) * 1000 + 20_000).toUTCString();
  scene.server.play(failing(503, { 'retry-after': date }), HOST);
  const outcome = await host();
  expect(outcome).toMatchObject({ code: undefined, requested: 2 });
  expect(Math.abs(outcome.seconds - 20)).toBeLessThanOrEqual(1);
  record('503, Retry-After: a date 20 seconds ahead', 'the response, 20 seconds later');
});

test.each(['soon', '-5', '1.5', ''])('Retry-After %j is not a time: the usual waits', async (value) => {
  scene.server.play(failing(429, { 'retry-after': value }), HOST);
  const outcome = await host();
  expect(outcome).toMatchObject({ code: undefined, requested: 2 });
  expect(outcome.seconds).toBeGreaterThanOrEqual(0.5);
  expect(outcome.seconds).toBeLessThanOrEqual(1);
});

test('without Retry-After the waits double, each half by chance', async () => {
  const act = failing(503);
  scene.server.play(act, act, act, act, HOST);
  const { seconds } = await host();
  expect(seconds).toBeGreaterThanOrEqual(7.5);
  expect(seconds).toBeLessThanOrEqual(15);
});

test('a wait that the command has no time for is not started', async () => {
  scene.server.play(failing(429, { 'retry-after': '3600' }));
  const outcome = await host();
  expect(outcome).toMatchObject({ code: 'GRAPH_THROTTLED', requested: 1, seconds: 0, retryAfter: 3600 });
  expect(outcome.text).toContain('Retry-After is 3,600 seconds, but the command has only 240 seconds left');
  record('429, Retry-After: 3600', outcome.text);
});

test('command_timeout is the time that counts', async () => {
  scene.server.play(failing(429, { 'retry-after': '17' }));
  const outcome = await host({ command_timeout: '10' });
  expect(outcome).toMatchObject({ code: 'GRAPH_THROTTLED', requested: 1, seconds: 0 });
});

test('500 is retried once', async () => {
  scene.server.play(failing(500));
  const outcome = await host();
  expect(outcome).toMatchObject({ code: 'GRAPH_UNAVAILABLE', requested: 2 });
  record('500, repeatedly', outcome.text);
});

test.each([400, 404, 405, 409, 410, 418, 501, 505])('%d is not retried', async (status) => {
  scene.server.play(failing(status));
  expect((await host()).requested).toBe(1);
});

test('a refused connection is tried three times', async () => {
  const closed = await startHostile();
  await closed.close();
  const outcome = await host({ graph_endpoint: closed.origin });
  expect(outcome).toMatchObject({ code: 'NETWORK_FAILED', requested: expect.any(Number) });
  expect(outcome.text).toContain('sent 3 times');
  expect(outcome.seconds).toBeLessThan(10);
  record('connection refused', outcome.text);
});

test('a command requests nothing while one of its responses says to wait', async () => {
  const requested: number[] = [];
  const noting =
    (act: Act): Act =>
    (response, request) => {
      requested.push(scene.on.clock.now());
      act(response, request);
    };
  scene.server.play(noting(failing(429, { 'retry-after': '9' })), noting(HOST));
  const started = scene.on.clock.now();
  const names = Array.from({ length: 20 }, (_, index) => `host${index}.contoso.com`);
  await scene.on.run('host', { host_id: names });
  const seconds = requested.map((at) => (at - started) / 1000);
  expect(seconds.filter((second) => second > 0 && second < 9)).toEqual([]);
  expect(seconds.filter((second) => second >= 9).length).toBeGreaterThan(0);
});

test('a silent service times out with the command, and the error names the reason', async () => {
  scene.server.play(silent);
  const outcome = await host({ command_timeout: '45' });
  expect(outcome).toMatchObject({ code: 'TIMED_OUT' });
  expect(outcome.text).toContain('no response arrived in time');
});
