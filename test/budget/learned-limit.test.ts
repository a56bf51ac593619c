import { learnedLimit } from '../../src/budget/learned-limit';

const LIMIT = { requests: 100, window: 10_000 };

/** Accepted requests, then a refusal that lasts from `at` to `end`. */
type Phase = readonly [accepted: number, at: number, end: number];

/** A limit that is learned from refusals, the first one 10 s after the start with 500 accepted requests unless given. */
function learnedFrom(phases: readonly Phase[], start = 0) {
  const learned = learnedLimit(() => {});
  learned.startAt(start);
  for (const [accepted, at, end] of phases) {
    learned.accepted(accepted);
    learned.refused({ at, end });
  }
  return learned;
}

/** 485 requests in 10 s: what was accepted, less a margin of 3 %. */
const FIRST: Phase = [500, 9_000, 10_000];
const STEP_BACK = 485 * 0.99;

/** What the limit is after each of some windows that were used up. */
function growthOf(learned: ReturnType<typeof learnedLimit>, windows: number): number[] {
  return Array.from({ length: windows }, () => {
    learned.windowEnded(Number.POSITIVE_INFINITY);
    return Math.round(learned.current()?.requests ?? 0);
  });
}

test('a limit that another process learned grows as slowly as a new one, whatever was learned before', () => {
  const fresh = learnedLimit(() => {});
  fresh.restore(LIMIT, 0);
  const used = learnedLimit(() => {});
  // Refused after a few requests: the limit doubles until the next refusal.
  used.refused({ at: 1_000, end: 2_000 });
  growthOf(used, 3);
  used.restore(LIMIT, 0);
  expect(growthOf(used, 15)).toEqual(growthOf(fresh, 15));
});

test('the first refusal after that is not divided by a growth of before', () => {
  const used = learnedLimit(() => {});
  used.refused({ at: 1_000, end: 2_000 });
  growthOf(used, 3);
  used.restore(LIMIT, 10_000);
  used.refused({ at: 19_900, end: 20_000 });
  expect(used.current()?.requests).toBeCloseTo(99);
});

test('there is no limit before the first refusal, whatever is used', () => {
  const onLimit = jest.fn();
  const learned = learnedLimit(onLimit);
  learned.accepted(500);
  learned.windowEnded(500);
  expect([learned.current(), onLimit.mock.calls]).toEqual([undefined, []]);
  learned.refused({ at: 9_000, end: 10_000 });
  expect(onLimit.mock.calls).toEqual([[learned.current()]]);
});

test.each<[string, Phase, number, number]>([
  ['10 s', FIRST, 485, 10_000],
  ['a little less than 10 s', [500, 9_000, 9_200], 485, 10_000],
  ['11 % more than 10 s', [500, 9_000, 11_100], 485, 10_000],
  ['no round number', [500, 9_000, 11_101], 485, 11_101],
  ['less than a second', [50, 100, 200], 48.5, 1_000],
  ['about a minute', [500, 50_000, 62_000], 485, 60_000],
  ['more than a minute', [500, 50_000, 70_000], 485 / 7, 10_000],
  ['10 s without any accepted request', [0, 0, 10_000], 1, 10_000],
])('a first refusal after %s shows the limit and its window', (_, phase, requests, window) => {
  const limit = learnedFrom([phase]).current();
  expect(limit).toEqual({ requests: expect.closeTo(requests), window });
});

test('requests count from the start of the window', () => {
  const learned = learnedFrom([[500, 19_000, 20_000]], 10_000);
  expect(learned.current()).toEqual({ requests: 485, window: 10_000 });
  learned.accepted(7);
  learned.startAt(30_000);
  learned.accepted(300);
  learned.refused({ at: 38_000, end: 40_000 });
  expect(learned.current()).toEqual({ requests: expect.closeTo(291), window: 10_000 });
});

test.each<[string, Phase, number, number]>([
  ['a tenth of the time since the last one shows a lower limit', [300, 19_000, 20_000], 291, 10_000],
  ['longer never raises it', [600, 18_000, 20_000], STEP_BACK, 10_000],
  ['shorter lowers it by 1 %', [300, 19_001, 20_000], STEP_BACK, 10_000],
  ['longer, within half a window, lowers it by 1 %', [30, 12_000, 14_999], STEP_BACK, 10_000],
  ['longer, after half a window, shows the limit', [30, 12_000, 15_000], 29.1, 5_000],
  ['several windows later counts in the known window', [900, 35_000, 40_000], 291, 10_000],
  ['2.2 windows later is one window', [300, 29_000, 32_000], 291, 20_000],
  ['that lasts longer than the window shows another one', [900, 25_000, 40_000], 873, 30_000],
])('a refusal %s', (_, phase, requests, window) => {
  const limit = learnedFrom([FIRST, phase]).current();
  expect(limit).toEqual({ requests: expect.closeTo(requests), window });
});

test('a second early refusal shows the limit, and the next one may be early again', () => {
  const early: readonly Phase[] = [
    [30, 12_000, 14_000],
    [30, 16_000, 18_000],
  ];
  const learned = learnedFrom([FIRST, ...early]);
  expect(learned.current()).toEqual({ requests: expect.closeTo(29.1), window: 4_000 });
  learned.accepted(1);
  learned.refused({ at: 18_500, end: 19_000 });
  expect(learned.current()).toEqual({ requests: expect.closeTo(29.1 * 0.99), window: 4_000 });
});

/** Windows that were used up until the limit grows. */
function windowsBeforeGrowth(learned: ReturnType<typeof learnedLimit>): number {
  const before = learned.current()?.requests ?? 0;
  for (let windows = 0; windows < 100; windows++) {
    learned.windowEnded(Number.POSITIVE_INFINITY);
    if ((learned.current()?.requests ?? 0) > before) return windows;
  }
  return 100;
}

test('the limit waits ten windows after a refusal, and up to forty after refusals that showed little', () => {
  const short = (end: number): Phase => [300, end - 100, end];
  expect([
    windowsBeforeGrowth(learnedFrom([FIRST])),
    windowsBeforeGrowth(learnedFrom([FIRST, short(20_000)])),
    windowsBeforeGrowth(learnedFrom([FIRST, short(20_000), short(30_000)])),
    windowsBeforeGrowth(learnedFrom([FIRST, short(20_000), short(30_000), short(40_000)])),
    windowsBeforeGrowth(learnedFrom([FIRST, short(20_000), [300, 28_000, 30_000]])),
  ]).toEqual([10, 20, 40, 40, 10]);
});

test('after that it grows by 1 %, then faster, by one request at least', () => {
  const learned = learnedLimit(() => {});
  learned.restore({ requests: 1_000, window: 10_000 }, 0);
  const grown = growthOf(learned, 13).slice(9);
  expect(grown).toEqual([1_000, 1_010, 1_025, 1_048]);
  const small = learnedLimit(() => {});
  small.restore({ requests: 2, window: 10_000 }, 0);
  expect(growthOf(small, 12).slice(9)).toEqual([2, 3, 4]);
});

test('it grows only with windows of which 90 % were used', () => {
  const learned = learnedLimit(() => {});
  learned.restore(LIMIT, 0);
  for (let window = 0; window < 30; window++) learned.windowEnded(89);
  expect(learned.current()?.requests).toBe(100);
  learned.windowEnded(90);
  expect(learned.current()?.requests).toBe(101);
});

test('it never more than doubles', () => {
  const learned = learnedLimit(() => {});
  learned.restore(LIMIT, 0);
  const grown = growthOf(learned, 40).slice(30);
  for (const [at, requests] of grown.entries())
    expect(requests / (grown[at - 1] ?? requests / 2)).toBeCloseTo(2);
});

test('after fewer than 20 accepted requests it doubles until the next refusal, and then grows slowly', () => {
  const few = learnedFrom([[19, 9_000, 10_000]]);
  expect(growthOf(few, 3)).toEqual([37, 74, 147]);
  few.accepted(19);
  few.refused({ at: 19_900, end: 20_000 });
  // What the limit gained with its last step is taken back.
  expect(few.current()?.requests).toBeCloseTo((18.43 * 8 * 0.99) / 2);
  expect(windowsBeforeGrowth(few)).toBe(20);
  expect(windowsBeforeGrowth(learnedFrom([[20, 9_000, 10_000]]))).toBe(10);
});

test('after a limit of another process, the first early refusal counts as early', () => {
  const learned = learnedFrom([FIRST, [30, 12_000, 14_000]]);
  learned.restore(LIMIT, 20_000);
  learned.accepted(30);
  learned.refused({ at: 22_000, end: 24_000 });
  expect(learned.current()).toEqual({ requests: 99, window: 10_000 });
});
