import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { PluginError } from '../../../src/base/errors';
import { showProgress } from '../../../src/doors/cli/enrich/progress';
import { retryNotice } from '../../../src/doors/cli/retry-notice';
import { withRetry } from '../../../src/http/retry';
import { heldClock } from '../../faults/held-clock';

test('counts the responses with 429 that a run retried', async () => {
  const progress = showProgress(new PassThrough() as unknown as WriteStream, {
    share: () => undefined,
    hidden: false,
  });
  const clock = heldClock(() => setImmediate(clock.skip));
  const budget = {
    clock,
    log: progress.listening(() => {}),
    backoffState: {},
    deadline: clock.now() + 60_000,
  };
  await withRetry(budget, new AbortController().signal, async (attempt) => {
    if (attempt === 1) throw new PluginError('GRAPH_THROTTLED', 'Slow down.', { status: 429, retryAfter: 1 });
    if (attempt === 2) throw new PluginError('GRAPH_UNAVAILABLE', 'Try later.', { status: 503 });
  });
  expect(progress.end().throttled).toBe(1);
});

test.each([
  ['429', 'throttled, next try in 4 s'],
  ['503', 'Microsoft Graph is unavailable, next try in 4 s'],
])('a wait after %s is shown until it is over', (failure, text) => {
  let now = 0;
  const notice = retryNotice(() => now);
  const log = notice.listening(() => {});
  expect(notice.text()).toBeUndefined();
  log('warn', 'retrying', { attempt: 2, milliseconds: 4_200, failure });
  expect(notice.text()).toBe(text);
  now = 4_200;
  expect(notice.text()).toBeUndefined();
});

test('after a Retry-After of centuries, the notice names the hour after which it is retried', async () => {
  const clock = heldClock(() => setImmediate(clock.skip));
  const notice = retryNotice(clock.monotonic);
  const shown: (string | undefined)[] = [];
  const log = notice.listening(() => void shown.push(notice.text()));
  const longWork = { maxAttempts: 6, completed: 1 };
  const budget = { clock, log, backoffState: {}, deadline: Number.POSITIVE_INFINITY, longWork };
  await withRetry(budget, new AbortController().signal, async (attempt) => {
    if (attempt === 1)
      throw new PluginError('GRAPH_THROTTLED', 'Slow down.', { status: 429, retryAfter: 999_999_999_999 });
  });
  expect(shown).toEqual(['throttled, next try in 60 min']);
});

test('lines below the log level do not clear the progress line', () => {
  const written: string[] = [];
  const stream = { isTTY: true, write: (text: string) => written.push(text) > 0 } as unknown as WriteStream;
  const progress = showProgress(stream, { share: () => undefined, hidden: false });
  progress.listening(Object.assign(() => {}, { level: 'error' as const }))('info', 'graph responded', {});
  expect(written).toEqual([]);
  progress.end();
});
