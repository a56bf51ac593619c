import { systemClock } from '../../../src/base/clock';
import type { AbortSignalLike } from '../../../src/base/plain-abort';
import { withRetries, withTimeout } from '../../../src/doors/war-room/retry-timeout';
import { heldClock } from '../../faults/held-clock';

const FAILED = {
  entries: [{ Type: 4, ContentsFormat: 'text', Contents: 'no', EntryContext: null }],
  errors: [],
};

test('Ctrl-C ends retry-count at once, with the last failure', async () => {
  const cancelling = new AbortController();
  const clock = heldClock();
  let attempts = 0;
  let outcome: unknown;
  void withRetries(
    { retryCount: 1_000, retryInterval: 3_600 } as never,
    clock,
    cancelling.signal,
    async () => {
      attempts += 1;
      return FAILED as never;
    },
    () => false,
  ).then((result) => {
    outcome = result;
  });
  await new Promise(setImmediate);
  expect([attempts, clock.waiting(), outcome]).toEqual([1, 1, undefined]);
  cancelling.abort();
  await new Promise(setImmediate);
  expect([attempts, clock.waiting(), outcome]).toEqual([1, 0, FAILED]);
});

test('a command that was cancelled itself is not run again', async () => {
  const cancelling = new AbortController();
  let attempts = 0;
  await withRetries(
    { retryCount: 5, retryInterval: 0 } as never,
    systemClock,
    cancelling.signal,
    async () => {
      attempts += 1;
      cancelling.abort();
      return FAILED as never;
    },
    () => false,
  );
  expect(attempts).toBe(1);
});

test('a failed command is run again after each interval, until it succeeds', async () => {
  const clock = heldClock();
  const attempts: number[] = [];
  const start = clock.now();
  const work = withRetries(
    { retryCount: 5, retryInterval: 30 } as never,
    clock,
    undefined,
    async () => {
      attempts.push(clock.now() - start);
      return (attempts.length < 3 ? FAILED : { entries: [], errors: [] }) as never;
    },
    () => false,
  );
  while (attempts.length < 3) {
    await new Promise(setImmediate);
    clock.skip();
  }
  expect(await work).toEqual({ entries: [], errors: [] });
  expect(attempts).toEqual([0, 30_000, 60_000]);
});

test.each([
  ['the attempts are used up', 1, false, 2],
  ['rows were already passed on', 5, true, 1],
])('a command that fails is not run again where %s', async (_, retryCount, isFinal, expected) => {
  let attempts = 0;
  const outcome = await withRetries(
    { retryCount, retryInterval: 0 } as never,
    systemClock,
    undefined,
    async () => {
      attempts += 1;
      return FAILED as never;
    },
    () => isFinal,
  );
  expect([attempts, outcome]).toEqual([expected, FAILED]);
});

describe('execution-timeout', () => {
  /** Runs a command until it is cancelled or a test ends it. */
  function running(executionTimeout: number | undefined) {
    const clock = heldClock();
    const cancelling = new AbortController();
    let signal: AbortSignalLike | undefined;
    let end = (_: never) => {};
    const outcome = withTimeout('host', { executionTimeout } as never, clock, cancelling.signal, (given) => {
      signal = given;
      return new Promise((resolve, reject) => {
        end = resolve;
        given?.addEventListener('abort', () => reject(given.reason));
      });
    });
    return { clock, cancelling, outcome, end, isCancelled: () => signal?.aborted };
  }

  test('cancels a command after its seconds, and says how to give it more', async () => {
    const { clock, outcome, isCancelled } = running(5);
    clock.advance(4_999);
    expect(isCancelled()).toBe(false);
    clock.advance(1);
    await expect(outcome).rejects.toMatchObject({
      code: 'TIMED_OUT',
      message: 'host timed out after 5 seconds.',
      hint: 'Raise execution-timeout, or request less at once.',
    });
  });

  test('leaves no timer behind once the command has ended', async () => {
    const { clock, cancelling, outcome, end, isCancelled } = running(5);
    end(FAILED as never);
    expect(await outcome).toBe(FAILED);
    expect(clock.waiting()).toBe(0);
    cancelling.abort();
    expect(isCancelled()).toBe(false);
  });

  test('Ctrl-C cancels a command that has one', async () => {
    const { cancelling, outcome } = running(5);
    cancelling.abort(new Error('Ctrl-C'));
    await expect(outcome).rejects.toThrow('Ctrl-C');
  });

  test('a command without one is never timed out', async () => {
    const { clock, outcome, end } = running(undefined);
    expect(clock.waiting()).toBe(0);
    end(FAILED as never);
    expect(await outcome).toBe(FAILED);
  });
});
