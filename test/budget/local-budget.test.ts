import type { Priority } from '../../src/budget/budget';
import { type LocalBudget, localBudget } from '../../src/budget/local-budget';
import { type HeldClock, heldClock } from '../faults/held-clock';
import { rateOf } from './simulated-service';

/** A service that grants a number of requests in windows of ten seconds; refused requests are sent again. */
interface Service {
  readonly requests: number;
  readonly namesTime: boolean;
}

interface Load {
  readonly priority: Priority;
  readonly requests: number;
  /** Requests that are taken together. */
  readonly size: number;
}

interface Run {
  accepted: number;
  refused: number;
  /** Seconds until everything was accepted. */
  seconds: number;
  /** The longest wait of one request of each class, milliseconds. */
  readonly waits: Record<Priority, number>;
}

const WINDOW = 10_000;
const LATENCY = 200;

function setup(): { clock: HeldClock; budget: LocalBudget } {
  const clock: HeldClock = heldClock(() => setImmediate(clock.skip));
  return { clock, budget: localBudget(clock, { random: () => 0.5 }) };
}

async function played(
  { clock, budget }: ReturnType<typeof setup>,
  service: Service,
  loads: readonly Load[],
  lanes = 8,
): Promise<Run> {
  const started = clock.now();
  const run: Run = { accepted: 0, refused: 0, seconds: 0, waits: { interactive: 0, fetch: 0, bulk: 0 } };
  let opened = started;
  let used = 0;
  const exchange = async (size: number): Promise<number> => {
    await new Promise<void>((done) => clock.after(LATENCY, done));
    const now = clock.now();
    if (now >= opened + WINDOW) {
      opened += Math.floor((now - opened) / WINDOW) * WINDOW;
      used = 0;
    }
    const good = Math.min(size, Math.max(0, service.requests - used));
    used += size;
    if (good > 0) budget.accepted(good);
    if (good < size)
      budget.refused(
        service.namesTime ? Math.ceil((opened + WINDOW - now) / 1000) * 1000 : undefined,
        size - good,
      );
    run.accepted += good;
    run.refused += size - good;
    return size - good;
  };
  const work = async ({ priority, requests, size }: Load) => {
    let left = requests;
    const lane = async () => {
      while (left > 0) {
        const some = Math.min(size, left);
        left -= some;
        const requested = clock.now();
        const granted = await budget.take(some, priority);
        run.waits[priority] = Math.max(run.waits[priority], clock.now() - requested);
        const again = await exchange(granted);
        left += some - granted + again;
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  };
  await Promise.all(loads.map(work));
  run.seconds = (clock.now() - started) / 1000;
  return run;
}

test('grants everything while nothing was rejected', async () => {
  const { clock, budget } = setup();
  const before = clock.now();
  await Promise.all(Array.from({ length: 1_000 }, () => budget.take(20, 'bulk')));
  expect([clock.now() - before, rateOf(budget)]).toEqual([0, undefined]);
});

test.each([
  [true, 0.95, 0.01],
  [false, 0.9, 0.02],
])('learns the rate from refusals that name a time: %s', async (namesTime, share, refused) => {
  const rows = 20_000;
  const run = await played(setup(), { requests: 500, namesTime }, [
    { priority: 'bulk', requests: rows, size: 20 },
  ]);
  expect(run.accepted).toBe(rows);
  const used = rows / ((run.seconds / 10) * 500);
  expect(used).toBeGreaterThanOrEqual(share);
  expect(run.refused / rows).toBeLessThanOrEqual(refused);
});

test('interactive requests do not wait for bulk work once the limit is known', async () => {
  const on = setup();
  await played(on, { requests: 500, namesTime: true }, [{ priority: 'bulk', requests: 1_500, size: 20 }]);
  const run = await played(
    on,
    { requests: 500, namesTime: true },
    [
      { priority: 'bulk', requests: 1_000, size: 20 },
      { priority: 'interactive', requests: 40, size: 1 },
    ],
    1,
  );
  expect(run.waits.interactive).toBeLessThan(250);
});

test('a lower limit is learned again', async () => {
  const on = setup();
  await played(on, { requests: 500, namesTime: true }, [{ priority: 'bulk', requests: 2_000, size: 20 }]);
  await played(on, { requests: 100, namesTime: true }, [{ priority: 'bulk', requests: 1_000, size: 20 }]);
  expect(rateOf(on.budget)).toBeGreaterThan(7);
  expect(rateOf(on.budget)).toBeLessThan(12);
});

test('keeps a rate that the user set', async () => {
  const on = setup();
  on.budget.limitTo(30);
  const run = await played(on, { requests: 1_000, namesTime: true }, [
    { priority: 'bulk', requests: 600, size: 20 },
  ]);
  expect(run.seconds).toBeGreaterThan(18);
  expect(run.seconds).toBeLessThan(21);
});

test('a caller that is cancelled leaves the line, and no timer stays behind', async () => {
  const clock = heldClock(() => {});
  const budget = localBudget(clock);
  budget.refused(5_000);
  const leaving = new AbortController();
  const waiting = budget.take(1, 'bulk', leaving.signal);
  expect(clock.waiting()).toBe(1);
  leaving.abort(new Error('left'));
  await expect(waiting).rejects.toThrow('left');
  expect(clock.waiting()).toBe(0);
});

test('a rate below one batch per window is kept as well', async () => {
  const on = setup();
  on.budget.limitTo(0.5);
  const run = await played(on, { requests: 1_000, namesTime: true }, [
    { priority: 'bulk', requests: 60, size: 20 },
  ]);
  // The third batch leaves when the first two are paid for.
  expect(run.seconds).toBeGreaterThanOrEqual(80);
  expect(run.seconds).toBeLessThan(90);
});

test('a Retry-After of a year blocks for an hour; then one request of three probes', async () => {
  const clock = heldClock(() => {});
  const budget = localBudget(clock);
  budget.refused(365 * 24 * 3_600_000);
  const granted = jest.fn();
  for (let request = 0; request < 3; request++) void Promise.resolve(budget.take(1, 'bulk')).then(granted);
  clock.advance(3_599_000);
  await Promise.resolve();
  expect(granted).not.toHaveBeenCalled();
  clock.advance(1_000);
  await Promise.resolve();
  expect(granted).toHaveBeenCalledTimes(1);
});
