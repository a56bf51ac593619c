import type { Clock } from '../../src/base/clock';
import { PluginError } from '../../src/base/errors';
import { repeat } from '../../src/doors/queue/periodic';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const BEGIN = Date.parse('2026-11-21T00:00:00.000Z');

/** A clock whose waits are over at once; timers are limited as those of Node are. */
function clockOf(): Clock & { take(milliseconds: number): void } {
  let now = 0;
  return {
    now: () => BEGIN + now,
    monotonic: () => now,
    take(milliseconds) {
      now += milliseconds;
    },
    after(milliseconds, call) {
      now += Math.min(2 ** 31 - 1, milliseconds);
      setImmediate(call);
      return () => {};
    },
  };
}

/** A run takes a time, and is complete or fails. */
type Run = readonly [took: number, isComplete?: boolean];

/** Repeats these runs and then ends. @returns the start of each, from the first one on, and the lines that were written */
async function startsOf(period: number, runs: readonly Run[]) {
  const clock = clockOf();
  const starts: number[] = [];
  let lines = '';
  const stop = new AbortController();
  await repeat(
    async (started) => {
      const [took, isComplete = true] = runs[starts.length] ?? [0];
      starts.push(started - BEGIN);
      if (starts.length > runs.length) return 1;
      clock.take(took);
      if (!isComplete)
        throw new PluginError('STATE_UNAVAILABLE', 'Redis cannot be used.', { hint: 'Start it.' });
      return 0;
    },
    {
      period,
      clock,
      signal: stop.signal,
      write(text) {
        lines += text;
      },
    },
  );
  return { starts, lines };
}

test('a run starts a period after the start of the one before', async () => {
  const { starts, lines } = await startsOf(DAY, [[HOUR], [2 * HOUR]]);
  expect(starts).toEqual([0, DAY, 2 * DAY]);
  expect(lines).toContain('The next run starts at 2026-11-22T00:00:00.000Z.\n');
});

test('after a run that took longer than the period the next one starts at once, and no time in the past is printed', async () => {
  const { starts, lines } = await startsOf(HOUR, [[90 * MINUTE], [MINUTE]]);
  expect(starts).toEqual([0, 90 * MINUTE, 150 * MINUTE]);
  expect(lines).toContain('The next run starts at 2026-11-21T01:30:00.000Z.\n');
});

test('a run that fails late starts again after a minute, then after twice as long each time, up to an hour', async () => {
  const late: Run = [3 * HOUR, false];
  const failures = Array.from({ length: 8 }, () => late);
  const { starts, lines } = await startsOf(DAY, [[0], ...failures]);
  const waits = starts.slice(2).map((start, at) => start - (starts[at + 1] ?? 0) - 3 * HOUR);
  expect(waits.map((wait) => wait / MINUTE)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  expect(lines).toContain(
    'Redis cannot be used.\nStart it.\nThe next run starts at 2026-11-22T03:01:00.000Z.\n',
  );
});

test('a failure without advice is one line', async () => {
  let lines = '';
  const stop = new AbortController();
  const run = jest.fn(async () => 0).mockResolvedValueOnce(0);
  run.mockResolvedValueOnce(0).mockRejectedValueOnce(new PluginError('STATE_UNAVAILABLE', 'Redis is gone.'));
  const write = (text: string) => {
    lines += text;
    if (lines.includes('gone')) stop.abort();
  };
  await repeat(run, { period: DAY, clock: clockOf(), signal: stop.signal, write });
  expect(lines).toMatch(/\nRedis is gone\.\nThe next run starts/);
});

test('the wait after a failure is never longer than the period, and a complete run ends the increase', async () => {
  const failed: Run = [0, false];
  const { starts } = await startsOf(2 * MINUTE, [[0], failed, failed, failed, [0], failed, [0]]);
  expect(starts.map((start) => start / MINUTE)).toEqual([0, 2, 3, 5, 7, 9, 10, 12]);
});

test('a period that is longer than a timer can be is waited for', async () => {
  const { starts } = await startsOf(60 * DAY, [[0]]);
  expect(starts).toEqual([0, 60 * DAY]);
});

test('a first run that fails ends the loop, and so does a signal', async () => {
  await expect(startsOf(DAY, [[0, false]])).rejects.toThrow('Redis cannot be used.');
  const stop = new AbortController();
  const run = jest.fn(async () => {
    stop.abort();
    return 0;
  });
  const ports = { period: DAY, clock: clockOf(), signal: stop.signal, write: () => {} };
  expect(await repeat(run, ports)).toBe(0);
  expect(run).toHaveBeenCalledTimes(1);
});
