import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { systemClock } from '../../../src/base/clock';
import { PluginError } from '../../../src/base/errors';
import { showProgress } from '../../../src/doors/cli/enrich/progress';
import { retryNotice } from '../../../src/doors/cli/retry-notice';
import type { EnrichedRow } from '../../../src/enrich/row';
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

describe('the progress line', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const CLEAR = '\r\u001b[K';

  function shown({ isTTY, hidden = false, share }: { isTTY: boolean; hidden?: boolean; share?: number }) {
    const written: string[] = [];
    const stream = { isTTY, write: (text: string) => written.push(text) > 0 } as unknown as WriteStream;
    const progress = showProgress(stream, {
      share: (rows) => share && rows * share,
      limit: undefined,
      hidden,
    });
    return { written, progress };
  }

  const rows = (count: number): EnrichedRow[] =>
    Array.from({ length: count }, () => ({ input: 'x', outcome: 'refused', reason: 'no' }));

  test('on a terminal replaces the one before every 200 ms, and is cleared at the end', () => {
    const { written, progress } = shown({ isTTY: true });
    progress.onRows(rows(2));
    jest.advanceTimersByTime(199);
    expect(written).toEqual([]);
    jest.advanceTimersByTime(201);
    expect(written).toEqual([`${CLEAR}2 done, 10 a second`, `${CLEAR}2 done, 5 a second`]);
    expect([progress.end().rows.refused, written.slice(2)]).toEqual([2, [CLEAR]]);
    progress.end();
    jest.advanceTimersByTime(1_000);
    expect(written.slice(2)).toEqual([CLEAR]);
  });

  test('elsewhere is a line every ten seconds', () => {
    const { written, progress } = shown({ isTTY: false, share: 0.01 });
    progress.resumes(30);
    progress.onRows(rows(20));
    jest.advanceTimersByTime(19_999);
    progress.end();
    expect(written).toEqual(['[############            ] 50 done, 2 a second, 0:25 left\n']);
  });

  test('is not shown where the caller does not want it; the rows are counted', () => {
    const { written, progress } = shown({ isTTY: true, hidden: true });
    progress.onRows(rows(2));
    jest.advanceTimersByTime(20_000);
    expect([progress.end().rows.refused, written]).toEqual([2, []]);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('says when the request budget opens, or that the service is not available until rows arrive', () => {
    const { written, progress } = shown({ isTTY: false });
    const log = progress.listening(() => {});
    progress.waitsFor(() => systemClock.monotonic() + 5_000);
    jest.advanceTimersByTime(10_000);
    log('warn', 'retrying', { milliseconds: 60_000, failure: '503' });
    jest.advanceTimersByTime(10_000);
    progress.onRows(rows(1));
    progress.waitsFor(() => systemClock.monotonic() - 5_000);
    jest.advanceTimersByTime(10_000);
    progress.end();
    expect(written).toEqual([
      '0 done, 0 a second, waiting 5 s for the rate limit\n',
      '0 done, 0 a second, Microsoft Graph is unavailable, next try in 50 s\n',
      '1 done, 0 a second\n',
    ]);
  });

  test('leaves the log unchanged: its level, and what it is given', () => {
    const { progress } = shown({ isTTY: false });
    const given: unknown[] = [];
    const log = progress.listening((...some) => void given.push(some));
    log('info', 'graph responded', { status: 200 });
    log('info', 'started');
    progress.end();
    expect([given, 'level' in log]).toEqual([
      [
        ['info', 'graph responded', { status: 200 }],
        ['info', 'started', undefined],
      ],
      false,
    ]);
    expect(progress.listening(Object.assign(() => {}, { level: 'warn' as const })).level).toBe('warn');
  });
});

test('lines below the log level do not clear the progress line', () => {
  const written: string[] = [];
  const stream = { isTTY: true, write: (text: string) => written.push(text) > 0 } as unknown as WriteStream;
  const progress = showProgress(stream, { share: () => undefined, hidden: false });
  progress.listening(Object.assign(() => {}, { level: 'error' as const }))('info', 'graph responded', {});
  expect(written).toEqual([]);
  progress.end();
});
