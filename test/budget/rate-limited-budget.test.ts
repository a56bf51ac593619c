import type { RequestBudget } from '../../src/budget/budget';
import { rateLimitedBudget } from '../../src/budget/rate-limited-budget';
import { heldClock } from '../faults/held-clock';

test('draws at most the rate from a budget, and reports to it', async () => {
  const clock = heldClock(() => setImmediate(clock.skip));
  const reported: unknown[] = [];
  let taken = 0;
  const shared: RequestBudget = {
    take: async (requests) => {
      taken += requests;
      return requests;
    },
    refused: (retryAfter, requests) => void reported.push(['refused', retryAfter, requests]),
    accepted: (requests) => void reported.push(['accepted', requests]),
    released: (requests) => void reported.push(['released', requests]),
  };
  const budget = rateLimitedBudget(50, shared, clock);
  expect(budget.opensAt?.()).toBeUndefined();
  const started = clock.now();
  for (let batch = 0; batch < 100; batch++) await budget.take(20, 'bulk');
  const seconds = (clock.now() - started) / 1000;
  expect(taken).toBe(2_000);
  // Forty seconds at 50 a second; the first window may be used at once at its end.
  expect(seconds).toBeGreaterThanOrEqual(35);
  expect(seconds).toBeLessThanOrEqual(41);
  budget.refused(1_000, 3);
  budget.accepted?.(17);
  budget.released?.(2);
  expect(reported).toEqual([
    ['refused', 1_000, 3],
    ['accepted', 17],
    ['released', 2],
  ]);
});

test('what the budget does not grant is not counted, and its wait is reported where there is no own', async () => {
  const clock = heldClock(() => setImmediate(clock.skip));
  const shared: RequestBudget = { take: async () => 1, refused: () => {}, opensAt: () => 7 };
  const budget = rateLimitedBudget(1, shared, clock);
  expect(budget.opensAt?.()).toBe(7);
  const started = clock.monotonic();
  for (let batch = 0; batch < 5; batch++) expect(await budget.take(10, 'bulk')).toBe(1);
  expect(clock.monotonic() - started).toBeLessThan(10_000);
  // What is granted is counted: 30 requests take half a minute, less the first window.
  for (let batch = 5; batch < 30; batch++) await budget.take(10, 'bulk');
  expect(clock.monotonic() - started).toBeGreaterThan(15_000);
  budget.accepted?.(1);
  budget.released?.(1);
});
