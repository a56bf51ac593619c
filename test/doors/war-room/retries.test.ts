import { systemClock } from '../../../src/base/clock';
import { withRetries } from '../../../src/doors/war-room/retry-timeout';

const FAILED = {
  entries: [{ Type: 4, ContentsFormat: 'text', Contents: 'no', EntryContext: null }],
  errors: [],
};

test('Ctrl-C ends retry-count at once, with the last failure', async () => {
  const cancelling = new AbortController();
  let attempts = 0;
  const outcome = await withRetries(
    { retryCount: 1_000, retryInterval: 3_600 } as never,
    systemClock,
    cancelling.signal,
    async () => {
      attempts += 1;
      setImmediate(() => cancelling.abort());
      return FAILED as never;
    },
    () => false,
  );
  expect([attempts, outcome]).toEqual([1, FAILED]);
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
