import { type LocalBudget, localBudget } from '../../src/budget/local-budget';
import type { HeldClock } from '../faults/held-clock';
import {
  pause,
  rateOf,
  type ServiceOptions,
  type SimulatedService,
  simulatedService,
  simulatedTime,
} from './simulated-service';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** The limit is learned in this time, as in `npm run bench -- budget`. */
const LEARNING = 25 * SECOND;

/** Milliseconds that a process backs off after a 429, and between two commands of a user. */
const BACKOFF = 750;
const BETWEEN_COMMANDS = 600;

const BATCH = 20;
const LANES = 8;

interface World {
  readonly clock: HeldClock;
  readonly budget: LocalBudget;
  readonly service: SimulatedService;
  runFor(milliseconds: number): Promise<void>;
}

function world(options: ServiceOptions): World {
  const { clock, runUntil } = simulatedTime();
  const budget = localBudget(clock, { random: () => 0.5, firstUnderWay: 80 });
  const runFor = (milliseconds: number) => runUntil(clock.now() + milliseconds);
  return { clock, budget, service: simulatedService(clock, budget, options), runFor };
}

/** A process with a list that never ends. @returns a function that counts its rows */
function startList({ clock, budget, service }: World, caller: string): () => number {
  let rows = 0;
  let backoffUntil = 0;
  const lane = async () => {
    for (;;) {
      if (clock.now() < backoffUntil) await pause(clock, backoffUntil - clock.now());
      const granted = await budget.take(BATCH, 'bulk', undefined, caller);
      if (clock.now() < backoffUntil) {
        budget.released(granted);
        continue;
      }
      const refused = await service.send(granted);
      rows += granted - refused;
      if (refused > 0) backoffUntil = clock.now() + BACKOFF;
    }
  };
  for (let at = 0; at < LANES; at++) void lane();
  return () => rows;
}

/** A user who runs one command after the other. @returns the milliseconds of each */
function startUser({ clock, budget, service }: World): readonly number[] {
  const waits: number[] = [];
  const run = async () => {
    for (;;) {
      const started = clock.now();
      await budget.take(1, 'interactive', undefined, 'user');
      while ((await service.send(1)) > 0) {
        await pause(clock, BACKOFF);
        await budget.take(1, 'interactive', undefined, 'user');
      }
      waits.push(clock.now() - started);
      await pause(clock, BETWEEN_COMMANDS);
    }
  };
  void run();
  return waits;
}

interface Figures {
  /** Percent of what the service grants, and percent of all requests. */
  readonly used: number;
  readonly refused: number;
  /** Jain's index. */
  readonly fairness: number;
  /** 95th percentile of a user's command, milliseconds. */
  readonly wait: number;
}

/** Runs lists, and beside them a user after the learning phase. */
async function figures(
  running: World,
  processes: number,
  rate: number,
  measured: number,
  learning = LEARNING,
): Promise<Figures> {
  const lists = Array.from({ length: processes }, (_, at) => startList(running, `list ${at}`));
  await running.runFor(learning);
  const before = { ...running.service.counts(), rows: lists.map((count) => count()) };
  const waits = startUser(running);
  await running.runFor(measured);
  const after = running.service.counts();
  const granted = after.granted - before.granted;
  const refused = after.refused - before.refused;
  const rows = lists.map((count, at) => count() - (before.rows[at] ?? 0));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    used: (100 * granted) / ((rate * measured) / SECOND),
    refused: (100 * refused) / (granted + refused),
    fairness: sum(rows) ** 2 / (processes * sum(rows.map((count) => count ** 2))),
    wait: waits.toSorted((one, other) => one - other)[Math.ceil(waits.length * 0.95) - 1] ?? 0,
  };
}

const SERVICES: readonly ServiceOptions[] = [true, false].flatMap((namesTime) => [
  { counting: 'sliding', namesTime },
  { counting: 'fixed', namesTime },
  { counting: 'fixed', namesTime, offset: 3_300 },
  { counting: 'fixed', namesTime, offset: 7_700 },
  { counting: 'fixed', namesTime, offset: 9_600 },
]);

const name = ({ counting, namesTime, offset = 0 }: ServiceOptions) =>
  `${counting} windows, first request after ${offset} ms, Retry-After: ${namesTime}`;

test.each(SERVICES.map((service) => [name(service), service] as const))(
  '%s: lists use the budget and leave room for a user',
  async (_, options) => {
    for (const [processes, measured] of [
      [8, MINUTE],
      [4, 10 * MINUTE],
    ] as const) {
      const { used, refused, fairness, wait } = await figures(world(options), processes, 50, measured);
      // One pause of a second that the service requests costs more of a minute than of ten.
      expect(used).toBeGreaterThanOrEqual(measured > MINUTE ? 95 : 94);
      expect(refused).toBeLessThanOrEqual(1);
      expect(fairness).toBeGreaterThanOrEqual(0.98);
      expect(wait).toBeLessThanOrEqual(300);
    }
  },
);

// A window of a second has room for a whole number of batches only, and a probe takes a good part of it.
test.each([
  ['60 seconds', 1_200, 60_000, 95, 5],
  ['15 seconds', 500, 15_000, 95, 5],
  ['7 seconds', 250, 7_000, 94, 5],
  ['1 second', 200, 1_000, 60, 2],
])('learns windows of %s', async (_, requests, window, least, minutes) => {
  const measured = minutes * MINUTE;
  for (const namesTime of [true, false])
    for (const counting of ['fixed', 'sliding'] as const) {
      const running = world({ counting, namesTime, requests, window });
      const rate = (requests * SECOND) / window;
      const { used, refused, wait } = await figures(running, 4, rate, measured, measured);
      expect(used).toBeGreaterThanOrEqual(least);
      expect(refused).toBeLessThanOrEqual(1);
      expect(wait).toBeLessThanOrEqual(300);
    }
});

test.each([true, false])('finds a limit that was halved or doubled; Retry-After: %s', async (namesTime) => {
  const running = world({ counting: 'fixed', namesTime });
  for (let at = 0; at < 4; at++) startList(running, `list ${at}`);
  await running.runFor(MINUTE);
  for (const [requests, minutes] of [
    [250, 1],
    [500, 15],
  ] as const) {
    running.service.limitTo(requests);
    await running.runFor(minutes * MINUTE);
    expect(rateOf(running.budget)).toBeGreaterThan(requests * 0.09);
    expect(rateOf(running.budget)).toBeLessThan(requests * 0.102);
  }
});
