import { PluginError } from '../../src/base/errors';
import type { LogFields } from '../../src/base/log';
import {
  abortError,
  BrokenBody,
  isRetryable,
  type RetryContext,
  SharedFailure,
  withRetry,
  withSentence,
} from '../../src/http/retry';
import { TransportError, type TransportFault } from '../../src/http/transport';
import { type HeldClock, heldClock } from '../faults/held-clock';
import { raised } from '../support/raised';

interface Command extends RetryContext {
  readonly clock: HeldClock;
  readonly logged: LogFields[];
}

/** A command with a time limit in seconds; its clock jumps to the end of each wait. */
function command(seconds = 240): Command {
  const clock: HeldClock = heldClock(() => setImmediate(clock.skip));
  const logged: LogFields[] = [];
  const log = (level: string, event: string, fields: LogFields = {}) =>
    void logged.push({ level, event, ...fields });
  return { clock, log, logged, backoffState: {}, deadline: clock.now() + seconds * 1000 };
}

interface Tried {
  /** Seconds between one attempt and the next. */
  readonly waits: readonly number[];
  readonly error: PluginError | undefined;
}

/** Attempts that meet one failure after the other, the last one repeatedly, until attempt number `succeeds`. */
async function attempts(on: Command, failures: readonly unknown[], succeeds = Infinity): Promise<Tried> {
  const at: number[] = [];
  const work = withRetry(on, new AbortController().signal, async (number) => {
    at.push(on.clock.now());
    expect(number).toBe(at.length);
    if (number >= succeeds) return undefined;
    throw failures[Math.min(number, failures.length) - 1];
  });
  const error = succeeds === Infinity ? await raised(() => work) : await work;
  return { waits: at.slice(1).map((time, index) => (time - (at[index] ?? 0)) / 1000), error };
}

function failing(status: number, retryAfter?: number): PluginError {
  return new PluginError('GRAPH_UNAVAILABLE', 'Graph is unavailable.', { hint: 'Wait.', status, retryAfter });
}

function unavailableLogin(retryAfter: number): SharedFailure {
  return new SharedFailure(
    new PluginError('AUTH_FAILED', 'The login service is unavailable.', { status: 503, retryAfter }),
  );
}

function noResponse(fault: TransportFault): PluginError {
  const cause = new TransportError(fault, 'https://graph.microsoft.com', fault);
  return new PluginError('NETWORK_FAILED', 'No response.', { cause });
}

let chance: jest.SpyInstance<number, []>;
beforeEach(() => {
  chance = jest.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => chance.mockRestore());

const TILL_THE_END =
  'It was sent 15 times; the command has 0 seconds left (parameter command_timeout), not enough for a retry.';

test.each<[string, PluginError]>([
  ['408', failing(408)],
  ['429', failing(429)],
  ['502', failing(502)],
  ['503', failing(503)],
  ['504', failing(504)],
  ['a reset', noResponse('reset')],
  ['no response in time', noResponse('timeout')],
  ['a broken body', new PluginError('GRAPH_UNEXPECTED', 'Odd.', { status: 200, cause: new BrokenBody() })],
])('%s is retried until the command times out', async (_, failure) => {
  const { waits, error } = await attempts(command(), [failure]);
  expect(waits).toEqual([0.75, 1.5, 3, 6, 12, 24, 24, 24, 24, 24, 24, 24, 24, 24]);
  expect(error?.message).toBe(`${failure.message} ${TILL_THE_END}`);
});

test.each<[string, PluginError, number, string]>([
  ['500', failing(500), 2, ' It was sent twice.'],
  ['a refused connection', noResponse('refused'), 3, ' It was sent 3 times.'],
  ['an unresolved name', noResponse('unresolved'), 3, ' It was sent 3 times.'],
  ['an unreachable network', noResponse('unreachable'), 3, ' It was sent 3 times.'],
  ['no more open files', noResponse('open-files'), 3, ' It was sent 3 times.'],
  ['400', failing(400), 1, ''],
  ['404', failing(404), 1, ''],
  ['501', failing(501), 1, ''],
  ['an untrusted certificate', noResponse('untrusted'), 1, ''],
  ['a response that is too large', noResponse('too-large'), 1, ''],
  ['a proxy that rejects', noResponse('proxy'), 1, ''],
  ['what Graph does not document', new PluginError('GRAPH_UNEXPECTED', 'Odd.', { status: 200 }), 1, ''],
])('%s gets this number of attempts', async (_, failure, most, sentence) => {
  const { waits, error } = await attempts(command(), [failure]);
  expect([waits.length, isRetryable(failure)]).toEqual([most - 1, most > 1]);
  expect(error?.message).toBe(`${failure.message}${sentence}`);
});

test('an internal error is not retried, and reported as one', async () => {
  const { waits, error } = await attempts(command(), [new TypeError('x is undefined')]);
  expect([waits, error?.code]).toEqual([[], 'INTERNAL']);
});

test.each([
  [0, [0.5, 1, 2, 4, 8, 16, 16]],
  [0.999_999, [1, 2, 4, 8, 16, 32, 32]],
])('half of a wait is chance, and no wait is longer than 32 seconds (%d)', async (random, waits) => {
  chance.mockReturnValue(random);
  const tried = await attempts(command(), [failing(503)], 8);
  expect(tried.waits.map((wait) => Math.round(wait * 1000) / 1000)).toEqual(waits);
});

test.each([
  [0, [7, 60]],
  [0.999_999, [7.25, 60.25]],
])('adds up to a quarter of a second to Retry-After (%d)', async (random, waits) => {
  chance.mockReturnValue(random);
  const tried = await attempts(command(), [failing(503, 7), failing(429, 60)], 3);
  expect(tried.waits.map((wait) => Math.round(wait * 1000) / 1000)).toEqual(waits);
});

test('waits for the time in Retry-After', async () => {
  chance.mockReturnValue(0);
  expect(await attempts(command(), [failing(503, 7), failing(429, 60), failing(503, 0)], 4)).toEqual({
    waits: [7, 60, 2],
    error: undefined,
  });
});

test.each([429, 503])(
  'a Retry-After of centuries (%d) is waited for an hour at a time, until the service recovers',
  async (status) => {
    chance.mockReturnValue(0);
    const longWork = { ...command(Number.POSITIVE_INFINITY), longWork: { maxAttempts: 6, completed: 1 } };
    expect(await attempts(longWork, [failing(status, 999_999_999_999)], 4)).toEqual({
      waits: [3_600, 3_600, 3_600],
      error: undefined,
    });
  },
);

test.each([
  [
    16.999,
    0,
    'Retry-After is 17 seconds, but the command has only 16 seconds left (parameter command_timeout).',
  ],
  [17, 0, 'Retry-After is 17 seconds, but the command has only 17 seconds left (parameter command_timeout).'],
  [
    17.001,
    1,
    'Retry-After is 17 seconds, but the command has only 0 seconds left (parameter command_timeout).',
  ],
])('in a command of %d seconds, 17 are waited for %d times', async (seconds, times, sentence) => {
  const { waits, error } = await attempts(command(seconds), [failing(429, 17)]);
  expect(waits).toHaveLength(times);
  expect(error).toMatchObject({
    code: 'GRAPH_UNAVAILABLE',
    message: `Graph is unavailable. ${sentence}`,
    hint: 'Wait.',
    status: 429,
    retryAfter: 17,
  });
});

test.each([
  [0.5, 'It was sent once; the command has 0 seconds left'],
  [1.5, 'It was sent twice; the command has 0 seconds left'],
  [-3, 'It was sent once; the command has 0 seconds left'],
])('a command of %d seconds has no time for many attempts', async (seconds, sentence) => {
  const { error } = await attempts(command(seconds), [failing(503)]);
  expect(error?.message).toContain(sentence);
});

test('logs each retry with its request, delay and reason', async () => {
  const on = command();
  chance.mockReturnValue(0.123_456_7);
  const throttled = new PluginError('GRAPH_THROTTLED', 'Too much.', { status: 429, requestId: 'r1' });
  await attempts(on, [throttled, noResponse('reset')], 3);
  expect(on.logged).toEqual([
    {
      level: 'warn',
      event: 'retrying',
      attempt: 2,
      milliseconds: 562,
      failure: '429',
      timeLeft: 240_000,
      requestId: 'r1',
    },
    { level: 'warn', event: 'retrying', attempt: 3, milliseconds: 1123, failure: 'reset', timeLeft: 239_438 },
  ]);
});

describe('a wait that one request must keep holds for all requests of the command', () => {
  test.each<[string, Error[], number[]]>([
    ['nothing is requested before the time that a 429 named', [failing(429, 9), failing(503)], [9, 9]],
    ['the longest time counts, named last', [failing(429, 5), failing(429, 9), failing(503)], [9, 9, 9]],
    ['the longest time counts, named first', [failing(429, 9), failing(429, 5), failing(503)], [9, 9, 9]],
    ['nothing is sent while the login service is unavailable', [unavailableLogin(9), failing(503)], [9, 9]],
    ['an unavailable service does not delay requests to another', [failing(503, 9), failing(503)], [9, 0.5]],
  ])('%s', async (_, failures, waits) => {
    chance.mockReturnValue(0);
    const on = command();
    const tried = await Promise.all(failures.map((failure) => attempts(on, [failure], 2)));
    expect(tried.flatMap((one) => one.waits)).toEqual(waits);
  });

  test('sends no request if Retry-After is beyond the deadline of the command', async () => {
    const on = command(10);
    await attempts(on, [failing(429, 17)]);
    let requested = 0;
    const error = await raised(() =>
      withRetry(on, new AbortController().signal, async () => void requested++),
    );
    expect([requested, on.clock.waiting(), error.message]).toEqual([
      0,
      0,
      'Graph is unavailable. Retry-After is 17 seconds, but the command has only 10 seconds left (parameter command_timeout).',
    ]);
  });
});

describe('a cancelled command', () => {
  test('during an attempt reports the cancellation', async () => {
    const ending = new AbortController();
    const error = await raised(() =>
      withRetry(command(), ending.signal, async () => {
        ending.abort();
        throw failing(503);
      }),
    );
    expect(error).toMatchObject({
      code: 'CANCELLED',
      message: 'The command was cancelled.',
      hint: 'Run the command again.',
    });
  });

  test('during a wait reports the wait and its reason, and sends no request', async () => {
    const ending = new AbortController();
    const clock: HeldClock = heldClock(() => setImmediate(() => ending.abort()));
    const attempt = jest.fn().mockRejectedValue(failing(503));
    const error = await raised(() => withRetry({ ...command(), clock }, ending.signal, attempt));
    expect(error.message).toBe('The command was cancelled. The last failure: Graph is unavailable.');
    expect([attempt.mock.calls, clock.waiting()]).toEqual([[[1]], 0]);
  });

  test('by command_timeout names that parameter', () => {
    const reason = new PluginError('TIMED_OUT', 'The time is over.', { hint: 'Raise it.' });
    const signal = AbortSignal.abort(reason);
    expect(abortError(signal)).toBe(reason);
    expect(abortError(signal, failing(503))).toMatchObject({
      code: 'TIMED_OUT',
      message: 'The time is over. The last failure: Graph is unavailable.',
      hint: 'Raise it.',
    });
  });
});

test.each(['Busy', 'Busy.', 'Busy!', 'Busy?', 'Busy:', 'Busy)', 'Busy]', 'Busy”', 'Busy"'])(
  'a sentence follows "%s" as a separate sentence, and nothing of the error is lost',
  (message) => {
    const cause = new Error('inner');
    const details = { hint: 'Wait.', status: 503, requestId: 'r1', retryAfter: 7, cause };
    const error = withSentence(new PluginError('GRAPH_UNAVAILABLE', message, details), 'And more.');
    expect({ ...error, message: error.message, cause: error.cause }).toEqual({
      name: 'PluginError',
      code: 'GRAPH_UNAVAILABLE',
      message: `${message === 'Busy' ? 'Busy.' : message} And more.`,
      ...details,
    });
  },
);

test('long work does not back off longer after each 429 without Retry-After: its request budget probes', async () => {
  const longWork = { maxAttempts: 5, completed: 0 };
  const { waits } = await attempts({ ...command(), longWork }, [failing(429)], 8);
  expect(waits).toHaveLength(7);
  for (const wait of waits) {
    expect(wait).toBeGreaterThanOrEqual(0.5);
    expect(wait).toBeLessThanOrEqual(1);
  }
});
