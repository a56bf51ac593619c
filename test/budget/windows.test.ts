import { getEventListeners } from 'node:events';
import type { LocalBudgetOptions } from '../../src/budget/local-budget';
import { heldBudget } from './held-budget';

describe('with a limit of 100 requests in 10 s', () => {
  /** Ten requests a second, on a clock that stands at the start of a window. */
  function limited(options: LocalBudgetOptions = {}) {
    const setUp = heldBudget(options);
    const now = setUp.clock.monotonic();
    setUp.budget.restore({
      limit: { requests: 100, window: 10_000 },
      windowStart: now,
      used: 0,
      blockedUntil: 0,
    });
    return setUp;
  }

  test('bulk work is spread over the window, one batch ahead', async () => {
    const { take, granted, at, opensAt } = limited();
    for (const name of ['a', 'b', 'c']) void take(name, 20);
    await at(0);
    expect([granted, opensAt()]).toEqual([['a'], 2_000]);
    await at(1_999);
    expect(granted).toEqual(['a']);
    await at(2_000);
    expect([granted, opensAt()]).toEqual([['a', 'b'], 4_000]);
  });

  test('urgent requests take the rest of the window at once, and its margin', async () => {
    const { take, granted, at, opensAt } = limited();
    void take('first', 1, 'interactive');
    void take('all', 102, 'interactive');
    void take('next', 1, 'interactive');
    await at(0);
    expect([granted, opensAt()]).toEqual([['first', 'all'], 10_000]);
    await at(10_000);
    expect(granted).toEqual(['first', 'all', 'next']);
  });

  test('what urgent requests took from the margin does not count in the next window', async () => {
    const { take, granted, at, opensAt } = limited();
    void take('first', 1, 'interactive');
    void take('all', 102, 'interactive');
    await at(10_000);
    for (const name of ['a', 'b']) void take(name, 20);
    await at(10_000);
    expect([granted, opensAt()]).toEqual([['first', 'all', 'a'], 12_000]);
  });

  test('what bulk work took beyond the limit counts in the next window', async () => {
    const { take, granted, at, opensAt } = limited();
    void take('a', 120);
    await at(10_000);
    void take('b', 20);
    await at(10_000);
    expect([granted, opensAt()]).toEqual([['a'], 12_000]);
  });

  test('5 % of a window may be left for the next one, and for no later one', async () => {
    const next = limited();
    await next.take('a', 50);
    await next.at(10_000);
    await next.take('b', 5);
    await next.take('c', 20);
    void next.take('d', 20);
    await next.at(10_000);
    expect([next.granted, next.opensAt()]).toEqual([['a', 'b', 'c'], 12_000]);
    const later = limited();
    await later.take('a', 50);
    await later.at(20_000);
    await later.take('b', 5);
    void later.take('c', 20);
    await later.at(20_000);
    expect([later.granted, later.opensAt()]).toEqual([['a', 'b'], 20_500]);
  });

  test('a window that was used up raises it after ten windows; a fixed rate stays', async () => {
    const { take, at, budget } = limited();
    for (let window = 0; window < 11; window++) {
      void take(`w${window}`, 100);
      await at((window + 1) * 10_000);
    }
    void take('last');
    await at(111_000);
    expect(budget.state().limit?.requests).toBe(101);
    const fixed = heldBudget();
    fixed.budget.limitTo(10);
    for (let window = 0; window < 15; window++) {
      void fixed.take(`w${window}`, 100);
      await fixed.at((window + 1) * 10_000);
    }
    expect([fixed.budget.state().limit, fixed.granted.length]).toEqual([undefined, 15]);
  });

  test('callers of one class take turns', async () => {
    const { take, granted, at } = limited();
    void take('first', 20);
    for (const caller of ['a', 'a', 'b']) void take(caller, 10, 'bulk', undefined, caller);
    await at(10_000);
    expect(granted).toEqual(['first', 'a', 'b', 'a']);
  });
});

describe('the state of another process', () => {
  const limit = { requests: 100, window: 10_000 };

  test('blocks until its refusal ends, and no shorter than here', async () => {
    const { budget, take, granted, at, clock } = heldBudget();
    const now = clock.monotonic();
    budget.restore({ limit: undefined, windowStart: 0, used: 0, blockedUntil: now + 5_000 });
    budget.restore({ limit: undefined, windowStart: 0, used: 0, blockedUntil: now + 1_000 });
    void take('a');
    await at(4_999);
    expect(granted).toEqual([]);
    await at(5_000);
    expect([granted, budget.state()]).toEqual([
      ['a'],
      expect.objectContaining({ limit: undefined, used: 1 }),
    ]);
  });

  test('continues its window, also for requests that wait', async () => {
    const { budget, take, granted, at, clock, opensAt } = heldBudget({ firstUnderWay: 1 });
    const windowStart = clock.monotonic() - 2_000;
    for (const name of ['a', 'b', 'c']) void take(name, 20);
    budget.restore({ limit, windowStart, used: 20, blockedUntil: 0 });
    await at(0);
    expect([granted, opensAt()]).toEqual([['a', 'b'], 2_000]);
    expect(budget.state()).toEqual({ limit, windowStart, used: 40, blockedUntil: 0 });
  });
});

describe('a caller that leaves', () => {
  test('is rejected with its reason, also before it waits', async () => {
    const { take, granted, at } = heldBudget();
    const reason = new Error('left');
    await expect(take('a', 1, 'bulk', AbortSignal.abort(reason))).rejects.toBe(reason);
    await at(0);
    expect(granted).toEqual([]);
  });

  test('lets the next one pass', async () => {
    const { budget, take, granted, at } = heldBudget({ firstUnderWay: 2 });
    void take('a', 2);
    const leaving = new AbortController();
    const gone = take('b', 2, 'bulk', leaving.signal);
    void take('c', 2);
    leaving.abort(new Error('left'));
    await expect(gone).rejects.toThrow('left');
    budget.accepted(2);
    await at(0);
    expect(granted).toEqual(['a', 'c']);
  });

  test('leaves no listener behind when it is granted', async () => {
    const { budget, take, granted } = heldBudget({ firstUnderWay: 1 });
    const { signal } = new AbortController();
    await take('at once', 1, 'bulk', signal);
    const waits = take('after a wait', 1, 'bulk', signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    budget.accepted(1);
    await waits;
    expect(granted).toEqual(['at once', 'after a wait']);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
