import { setMaxListeners } from 'node:events';
import { systemClock } from '../../src/base/clock';
import type { RequestBudget } from '../../src/budget/budget';
import { localBudget } from '../../src/budget/local-budget';
import { redisBudget } from '../../src/redis/budget';
import { REFUSE, RESERVE } from '../../src/redis/budget-script';
import { openRedis, type RedisConnection } from '../../src/redis/connection';
import { readSharedSettings } from '../../src/redis/settings';
import { sharedEnvironment, startRedis, type TestRedis } from './redis';

const RATES = { first: 200, lowest: 10, highest: 200, growth: 0 };
const { signal } = new AbortController();
setMaxListeners(0, signal);

let redis: TestRedis;
const connections: RedisConnection[] = [];
const budgets: { close(): void }[] = [];

async function connected(): Promise<RedisConnection> {
  const settings = readSharedSettings(sharedEnvironment(redis));
  if (settings === undefined) throw new Error('no settings');
  const connection = await openRedis(settings, () => {});
  connections.push(connection);
  return connection;
}

async function engine(name: string, local: RequestBudget = free()): Promise<RequestBudget> {
  const connection = await connected();
  const budget = await redisBudget(connection, { name, rates: RATES, local });
  budgets.push(budget);
  return budget;
}

function free(): RequestBudget {
  return { take: async (requests) => requests, refused: () => {} };
}

beforeAll(async () => {
  redis = await startRedis();
});

afterAll(async () => {
  for (const budget of budgets) budget.close();
  await Promise.all(connections.map((connection) => connection.close()));
  await redis.close();
});

/** Reserves one slot after the other as an engine does; returns the time of each slot on Redis's clock, milliseconds. */
async function reservations(name: string, priority: 0 | 2, count: number): Promise<number[]> {
  const { client } = await connected();
  const slots: number[] = [];
  for (let at = 0; at < count; at++) {
    const replies = await client
      .multi()
      .time()
      .eval(
        RESERVE,
        2,
        `mdti:{${name}}:budget`,
        `mdti:{${name}}:engines`,
        1,
        priority,
        RATES.first,
        50,
        RATES.growth,
        RATES.highest,
        'engine',
      )
      .exec();
    const [[, [seconds, micros]], [, [wait]]] = replies as [
      [null, [string, string]],
      [null, [number, number]],
    ];
    slots.push(Number(seconds) * 1_000 + Number(micros) / 1_000 + wait);
  }
  return slots;
}

test('four engines use the whole shared budget, and no second exceeds it by more than 10 %', async () => {
  const engines = await Promise.all([1, 2, 3, 4].map(() => reservations('many', 2, 150)));
  const slots = engines.flat().sort((one, other) => one - other);
  const [first = 0] = slots;
  const inSecond = slots.map((time) => slots.filter((slot) => slot >= time && slot < time + 1_000).length);
  expect(Math.max(...inSecond)).toBeLessThanOrEqual(RATES.first * 1.1);
  expect(slots.filter((slot) => slot < first + 2_000).length).toBeGreaterThanOrEqual(2 * RATES.first * 0.95);
});

test('interactive work does not wait behind bulk work, and bulk work gives way by as much', async () => {
  const bulk = await reservations('classes', 2, 400);
  const now = Date.now();
  const person = await reservations('classes', 0, 10);
  const [later = 0] = await reservations('classes', 2, 1);
  expect((bulk.at(-1) ?? 0) - (bulk[0] ?? 0)).toBeGreaterThan(1_500);
  expect(Math.max(...person) - Math.max(now, bulk[0] ?? 0)).toBeLessThan(500);
  expect(Math.abs(later - (bulk.at(-1) ?? 0) - (10 + 1) * 5)).toBeLessThan(3);
});

/** What a service of 50 requests a second leaves of a first guess of 200, refusal by refusal. */
test('a refusal that names the end of the window shows the rate; later ones take small steps', async () => {
  const { client } = await connected();
  const key = 'mdti:{learned}:budget';
  const [seconds] = await client.time();
  const since = Number(seconds) * 1_000 - 2_500;
  const refuse = async () => client.eval(REFUSE, 1, key, 7_500, 1, 200, 'closed');
  await client.hset(key, { rate: 200, since, granted: 500, t2: since });
  await refuse();
  expect(Number(await client.hget(key, 'rate'))).toBeCloseTo(50, -1);
  await refuse();
  const learned = Number(await client.hget(key, 'rate'));
  expect(learned).toBeCloseTo(50, -1);
  await client.hset(key, { closed: 0, since, granted: 500, t2: since });
  await refuse();
  expect(Number(await client.hget(key, 'rate'))).toBeCloseTo(learned * 0.96, 3);
  await client.hset(key, { closed: 0, since, granted: 50, t2: since });
  await refuse();
  expect(Number(await client.hget(key, 'rate'))).toBeCloseTo((learned * 0.96) / 2, 3);
});

test('a 429 closes the budget for every engine, including waiting ones', async () => {
  const [one, other] = await Promise.all([engine('refused'), engine('refused')]);
  await other.take(40, 'bulk', signal);
  const sleeper = Promise.resolve(other.take(1, 'bulk', signal)).then(() => Date.now());
  const refusedAt = Date.now();
  one.refused(1_000);
  expect((await sleeper) - refusedAt).toBeGreaterThanOrEqual(950);
});

test('while Redis is unreachable each engine takes its share of the rate, evenly, and users do not wait for it', async () => {
  const budget = await engine('away');
  const other = await engine('away');
  await Promise.all([budget.take(1, 'bulk', signal), other.take(1, 'bulk', signal)]);
  await budget.take(1, 'bulk', signal);
  await redis.kill();
  await budget.take(1, 'bulk', signal);
  const begun = Date.now();
  let isBulkDone = false;
  // Two engines share 200 requests a second: 100 requests take this one per second.
  const bulk = Promise.all(Array.from({ length: 100 }, () => budget.take(1, 'bulk', signal))).then(() => {
    isBulkDone = true;
  });
  await budget.take(1, 'interactive', signal);
  expect(isBulkDone).toBe(false);
  await bulk;
  expect(Date.now() - begun).toBeGreaterThanOrEqual(900);
  await redis.start();
});

test('a refusal before Redis is lost does not stop users, and bulk work continues at its share', async () => {
  const local = localBudget(systemClock);
  const budget = await engine('refused-and-lost', local);
  await budget.take(20, 'bulk', signal);
  budget.refused?.(1);
  await budget.take(1, 'interactive', signal);
  await redis.kill();
  const begun = Date.now();
  for (let request = 0; request < 5; request++) {
    await budget.take(1, 'interactive', signal);
    budget.accepted?.(1);
  }
  await Promise.all(Array.from({ length: 5 }, () => budget.take(1, 'bulk', signal)));
  // A budget that learned nothing while Redis served would grant one request in ten seconds.
  expect(Date.now() - begun).toBeLessThan(9_000);
  await redis.start();
});

test('keeps the budget if Redis stops responding', async () => {
  const budget = await engine('hangs');
  await budget.take(1, 'bulk', signal);
  redis.pause();
  await Promise.all(Array.from({ length: 20 }, () => budget.take(1, 'bulk', signal)));
  redis.resume();
  await budget.take(1, 'bulk', signal);
});

test('a cancelled wait rejects with the reason of the signal', async () => {
  const budget = await engine('cancelled');
  await budget.take(200, 'bulk', signal);
  await expect(budget.take(1, 'bulk', AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});
