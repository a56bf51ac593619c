import { adaptiveConcurrency } from '../../src/graph/adaptive-concurrency';

const GOOD = false;
const THROTTLED = true;

function times(number: number, ended: boolean): boolean[] {
  return Array<boolean>(number).fill(ended);
}

/** How many exchanges may be in flight after some that ended one by one. */
function allowedAfter(ended: readonly boolean[]): number {
  const pace = adaptiveConcurrency(() => 0);
  for (const throttled of ended) {
    pace.begin();
    pace.end(throttled);
  }
  let begun = 0;
  while (begun < 100 && pace.begin()) begun++;
  return begun;
}

test.each([
  ['at the beginning', [], 4],
  ['after four good responses', times(4, GOOD), 4],
  ['after five good responses', times(5, GOOD), 5],
  ['after a hundred good responses', times(100, GOOD), 8],
  ['after one 429', [THROTTLED], 2],
  ['after a hundred good responds to and one 429', [...times(100, GOOD), THROTTLED], 4],
  ['after one 429 and three good responses', [THROTTLED, ...times(3, GOOD)], 3],
  ['after many 429', times(9, THROTTLED), 1],
  ['after many 429 and one good response', [...times(9, THROTTLED), GOOD], 2],
])('%s, so many exchanges may be in flight', (_, ended, allowed) => {
  expect(allowedAfter(ended)).toBe(allowed);
});

test('another starts only when one has ended', () => {
  const pace = adaptiveConcurrency(() => 0);
  const begun = [1, 2, 3, 4, 5, 6].map(() => pace.begin());
  expect(begun).toEqual([true, true, true, true, false, false]);
  pace.end(GOOD);
  expect([pace.begin(), pace.begin()]).toEqual([true, false]);
});

/**
 * A service that responds to an exchange after 200 milliseconds, up to a number of them at once.
 * @returns how many are in progress at the end
 */
function grownWith(most: number, exchanges: number): { readonly allowed: number; readonly highest: number } {
  let now = 0;
  const pace = adaptiveConcurrency(() => now);
  /** When each of those in progress ends. */
  const ends: number[] = [];
  let busyUntil: number[] = [];
  let highest = 0;
  for (let ended = 0; ended < exchanges; ended++) {
    while (pace.begin()) {
      busyUntil = busyUntil.filter((time) => time > now).sort((one, other) => one - other);
      const starts = busyUntil.length < most ? now : (busyUntil[busyUntil.length - most] ?? now);
      busyUntil.push(starts + 200);
      ends.push(starts + 200);
    }
    highest = Math.max(highest, ends.length);
    ends.sort((one, other) => one - other);
    now = ends.shift() ?? now;
    pace.end(GOOD);
  }
  return { allowed: ends.length + 1, highest };
}

test('long work grows to 32 exchanges while throughput grows with them', () => {
  expect(grownWith(1_000, 2_000).allowed).toBe(32);
});

test('a service that works on twelve exchanges at once is not sent many more', () => {
  expect(grownWith(12, 4_000).highest).toBeLessThanOrEqual(18);
});

test('fifty exchanges are not long work: eight are in progress at most', () => {
  expect(grownWith(1_000, 50).highest).toBe(8);
});
