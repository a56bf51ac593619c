import { EventEmitter } from 'node:events';
import { LONGEST_BLOCK, type RequestBudget } from '../../src/budget/budget';
import { redisBudget } from '../../src/redis/budget';
import type { RedisConnection } from '../../src/redis/connection';

const MINUTE = 60_000;
const WEEKS = 14 * 24 * 3_600_000;
const RATES = { first: 200, lowest: 10, highest: 200, growth: 0 };
const LOCAL: RequestBudget = { take: async (requests) => requests, refused: () => {} };

/** A budget over a Redis that grants at once, in which a minute passes with each reservation, and that records the waits written to it. */
async function openShared() {
  const waits: unknown[] = [];
  let grants = 0;
  const listener = Object.assign(new EventEmitter(), {
    status: 'ready',
    connect: async () => listener.emit('ready'),
    subscribe: async () => {},
    disconnect: () => {},
  });
  const client = {
    duplicate: () => listener,
    eval: async (_: string, keys: number, ...values: unknown[]) => {
      if (keys === 1) waits.push(values[1]);
      else grants += 1;
      return [0, 200_000, 1];
    },
  };
  const redis = {
    client,
    isReachable: () => true,
    withFallback: (work: (given: typeof client) => Promise<unknown>) => work(client),
    close: async () => {},
  } as unknown as RedisConnection;
  const budget = await redisBudget(redis, {
    name: 'test',
    rates: RATES,
    local: LOCAL,
    now: () => grants * MINUTE,
  });
  return {
    budget,
    waits,
    grants: () => grants,
    publish: (wait: string) => listener.emit('message', '', wait),
  };
}

test('a Retry-After of weeks closes the shared budget for the longest block only', async () => {
  const { budget, waits } = await openShared();
  budget.refused(WEEKS);
  budget.refused(5_000);
  budget.refused(undefined);
  expect(waits).toEqual([LONGEST_BLOCK, 5_000, 0]);
});

test.each([
  ['weeks', String(WEEKS), LONGEST_BLOCK / MINUTE],
  ['two minutes', '120000', 2],
  ['no number', 'soon', 1],
  ['a negative number', '-5', 1],
])(
  'another engine that publishes %s closes this one for the longest block at most',
  async (_, wait, expected) => {
    const { budget, grants, publish } = await openShared();
    publish(wait);
    await budget.take(1, 'interactive');
    expect(grants()).toBe(expected);
  },
);
