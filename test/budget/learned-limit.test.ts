import { learnedLimit } from '../../src/budget/learned-limit';

const LIMIT = { requests: 100, window: 10_000 };

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
