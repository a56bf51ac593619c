import type { Priority } from '../../src/budget/budget';
import { localBudget } from '../../src/budget/local-budget';
import { type Attached, budgetHub } from '../../src/budget/machine/hub';
import type { BudgetReply } from '../../src/budget/machine/messages';
import { type HeldClock, heldClock } from '../faults/held-clock';

const LATENCY = 200;
const WINDOW = 10_000;
const REQUESTS = 500;

/** One process at the hub, with what it waits for. */
function processAt(attach: (send: (grant: BudgetReply) => void) => Attached) {
  const waiting = new Map<number, (requests: number) => void>();
  let next = 0;
  const attached = attach(({ granted = -1, requests = 0 }) => waiting.get(granted)?.(requests));
  return {
    ...attached,
    take(requests: number, priority: Priority): Promise<number> {
      const take = next++;
      return new Promise((granted) => {
        waiting.set(take, granted);
        attached.receive({ take, requests, priority });
      });
    },
  };
}

interface Run {
  readonly used: number;
  readonly refused: number;
  readonly jain: number;
  readonly interactive: number;
}

/** Several processes with long lists and one user, against a service that grants 500 requests in ten seconds. */
async function played(processes: number, namesTime: boolean, windows: number): Promise<Run> {
  const clock: HeldClock = heldClock(() => setImmediate(clock.skip));
  const hub = budgetHub(localBudget(clock, { random: () => 0.5, firstUnderWay: 80 }));
  const started = clock.now();
  const end = started + windows * WINDOW;
  let opened = started;
  let inWindow = 0;
  let accepted = 0;
  let refused = 0;
  const done = Array.from({ length: processes }, () => 0);
  const waits: number[] = [];

  async function exchange(at: Attached, size: number): Promise<number> {
    await new Promise<void>((over) => clock.after(LATENCY, over));
    const now = clock.now();
    if (now >= opened + WINDOW) {
      opened += Math.floor((now - opened) / WINDOW) * WINDOW;
      inWindow = 0;
    }
    const good = Math.min(size, Math.max(0, REQUESTS - inWindow));
    inWindow += size;
    accepted += good;
    refused += size - good;
    if (good > 0) at.receive({ accepted: good });
    const retryAfter = namesTime ? Math.ceil((opened + WINDOW - now) / 1000) * 1000 : undefined;
    if (good < size) at.receive({ refused: size - good, retryAfter });
    return good;
  }

  const bulk = done.flatMap((_, index) => {
    const process = processAt(hub.attach);
    const lane = async () => {
      while (clock.now() < end) {
        const granted = await process.take(20, 'bulk');
        done[index] = (done[index] ?? 0) + (await exchange(process, granted));
      }
    };
    return Array.from({ length: 4 }, lane);
  });
  const person = processAt(hub.attach);
  const interactive = async () => {
    // From the third window on: the first refusal shows the limit.
    await new Promise<void>((over) => clock.after(3 * WINDOW, over));
    while (clock.now() < end) {
      const requested = clock.now();
      await person.take(1, 'interactive');
      await exchange(person, 1);
      waits.push(clock.now() - requested);
      await new Promise<void>((over) => clock.after(730, over));
    }
  };
  await Promise.all([...bulk, interactive()]);
  const seconds = (clock.now() - started) / 1000;
  const sum = done.reduce((total, count) => total + count, 0);
  waits.sort((one, other) => one - other);
  return {
    used: accepted / ((seconds / 10) * REQUESTS),
    refused: refused / (accepted + refused),
    jain: sum ** 2 / (processes * done.reduce((total, count) => total + count ** 2, 0)),
    interactive: waits[Math.floor(waits.length * 0.95)] ?? Number.NaN,
  };
}

test.each([
  [4, true],
  [8, true],
  [4, false],
  [8, false],
])('%i processes use one budget evenly; refusals name a time: %s', async (processes, namesTime) => {
  const run = await played(processes, namesTime, 60);
  expect(run.used).toBeGreaterThanOrEqual(0.95);
  expect(run.refused).toBeLessThanOrEqual(0.01);
  expect(run.jain).toBeGreaterThanOrEqual(0.98);
  expect(run.interactive).toBeLessThanOrEqual(300);
});

test('releases the slots of a process that exits', async () => {
  const clock = heldClock();
  const budget = localBudget(clock, { firstUnderWay: 40 });
  const hub = budgetHub(budget);
  const ending = processAt(hub.attach);
  await ending.take(40, 'bulk');
  void ending.take(20, 'bulk');
  const other = processAt(hub.attach);
  const granted = other.take(20, 'bulk');
  ending.detach();
  await granted;
  expect(budget.state().used).toBe(20);
});
