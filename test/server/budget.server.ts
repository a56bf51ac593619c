import type { Budget, Priority } from '../../src/budget/budget';
import { redisBudget } from '../../src/redis/budget';
import { openRedis, type RedisConnection } from '../../src/redis/connection';
import { readSharedSettings } from '../../src/redis/settings';
import { sharedEnvironment, startRedis, type TestRedis } from './redis';

const RATES = { first: 200, lowest: 10, highest: 200, growth: 0 };
const { signal } = new AbortController();

let redis: TestRedis;
const connections: RedisConnection[] = [];
const budgets: { close(): void }[] = [];

async function engine(name: string, local: Budget = free()): Promise<Budget> {
  const settings = readSharedSettings(sharedEnvironment(redis));
  if (settings === undefined) throw new Error('no settings');
  const connection = await openRedis(settings, () => {});
  connections.push(connection);
  const budget = await redisBudget(connection, { name, rates: RATES, local });
  budgets.push(budget);
  return budget;
}

function free(): Budget {
  return { take: async () => {}, refused: () => {} };
}

/** Takes one after the other until `until`; returns when each was granted. */
async function drain(budget: Budget, priority: Priority, until: number, pause = 0): Promise<number[]> {
  const granted: number[] = [];
  while (Date.now() < until) {
    await budget.take(1, priority, signal);
    granted.push(Date.now());
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return granted;
}

beforeAll(async () => {
  redis = await startRedis();
});

afterAll(async () => {
  for (const budget of budgets) budget.close();
  await Promise.all(connections.map((connection) => connection.close()));
  await redis.close();
});

test('four engines use one budget, and no second exceeds it by more than a tenth', async () => {
  const engines = await Promise.all([1, 2, 3, 4].map(() => engine('many')));
  const begun = Date.now();
  const until = begun + 3_000;
  const granted = (
    await Promise.all(engines.flatMap((one) => [1, 2, 3, 4].map(() => drain(one, 'bulk', until))))
  )
    .flat()
    .sort((one, other) => one - other);
  const worst = Math.max(
    ...granted.map((time, at) => granted.slice(at).findIndex((later) => later - time >= 1_000)),
  );
  const inside = granted.filter((time) => time < until).length;
  expect(worst).toBeLessThanOrEqual(RATES.first * 1.1);
  expect(inside).toBeGreaterThanOrEqual(RATES.first * 3 * 0.95);
});

test('interactive work does not wait behind bulk work', async () => {
  const [bulk, person] = await Promise.all([engine('classes'), engine('classes')]);
  const until = Date.now() + 1_000;
  const waits: number[] = [];
  async function interactive(): Promise<void> {
    while (Date.now() < until) {
      const begun = performance.now();
      await person.take(1, 'interactive', signal);
      waits.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  await Promise.all([...Array.from({ length: 40 }, () => drain(bulk, 'bulk', until)), interactive()]);
  expect(waits.length).toBeGreaterThan(3);
  expect(Math.max(...waits)).toBeLessThan(300);
});

test('a refusal closes the budget for every engine, sleepers included', async () => {
  const [one, other] = await Promise.all([engine('refused'), engine('refused')]);
  await other.take(40, 'bulk', signal);
  const sleeper = other.take(1, 'bulk', signal).then(() => Date.now());
  const refusedAt = Date.now();
  one.refused(1_000);
  expect((await sleeper) - refusedAt).toBeGreaterThanOrEqual(950);
});

test('while Redis is away each engine goes on with its local budget, limited to a safe share', async () => {
  const limits: number[] = [];
  const local = { ...free(), limitTo: (rate: number) => void limits.push(rate) };
  const budget = await engine('away', local);
  await budget.take(1, 'bulk', signal);
  await redis.kill();
  await budget.take(1, 'bulk', signal);
  expect(limits).toEqual([50]);
  await redis.start();
});

test('a cancelled wait rejects with the reason of the signal', async () => {
  const budget = await engine('cancelled');
  await budget.take(200, 'bulk', signal);
  await expect(budget.take(1, 'bulk', AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});
