import type { Log } from '../base/log';
import type { RequestBudget } from '../budget/budget';
import type { ResponseCache } from '../cache/response-cache';
import type { Store } from '../state/store';
import type { RateLimits } from './budget';
import type { RedisConnection } from './connection';
import type { SharedSettings } from './settings';

/*
 * The ports of one machine, over Redis. Each connects at its first use; until then, and while Redis is unreachable, the local one serves.
 */

/** Default rates; the limits that Graph documents for neighboring APIs are within them. */
const LEARNED: RateLimits = { first: 200, lowest: 1, highest: 2_000, growth: 0.05 };

/** Share of a configured rate that is used: what the network delays arrives in the next window of the service. */
const USED = 0.98;

/** @param configured requests per second; undefined to learn them */
export function ratesOf(configured: number | undefined): RateLimits {
  if (configured === undefined) return LEARNED;
  const rate = configured * USED;
  return { first: rate, lowest: rate, highest: rate, growth: 0 };
}

/** @param name the tenant and application that share the budget */
export function sharedBudget(
  settings: SharedSettings,
  name: string,
  local: RequestBudget,
  log: Log,
): RequestBudget {
  const open = lazily(settings, local, log, async (redis) => {
    const { redisBudget } = await import('./budget');
    return redisBudget(redis, { name, rates: ratesOf(settings.rate), local });
  });
  return {
    take: async (requests, priority, signal) => (await open()).take(requests, priority, signal),
    refused: (retryAfter, requests) => void open().then((budget) => budget.refused(retryAfter, requests)),
    accepted: (requests) => void open().then((budget) => budget.accepted?.(requests)),
    released: (requests) => void open().then((budget) => budget.released?.(requests)),
  };
}

/** @param name the tenant and application that the sign-ins belong to */
export function sharedStore(settings: SharedSettings, name: string, local: Store, log: Log): Store {
  const open = lazily(settings, local, log, async (redis) => {
    const { redisStore } = await import('./login-store');
    return redisStore(redis, name, settings.sealingKey, local);
  });
  return {
    read: async () => (await open()).read(),
    update: async (change, signal) => (await open()).update(change, signal),
  };
}

export function sharedResponseCache(settings: SharedSettings, local: ResponseCache, log: Log): ResponseCache {
  const open = lazily(settings, local, log, async (redis) => {
    const { redisResponseCache } = await import('./response-cache');
    return redisResponseCache(redis, settings.sealingKey, local);
  });
  return {
    getMany: async (keys) => (await open()).getMany(keys),
    setMany: async (responses) => (await open()).setMany(responses),
  };
}

/** Opens a port over the connection of this process, once; the local one where that is impossible. */
function lazily<Port>(
  settings: SharedSettings,
  local: Port,
  log: Log,
  open: (redis: RedisConnection) => Promise<Port>,
): () => Promise<Port> {
  let opened: Promise<Port> | undefined;
  async function connect(): Promise<Port> {
    try {
      const { sharedConnection } = await import('./connection');
      return await open(await sharedConnection(settings, log));
    } catch (error) {
      log('warn', 'shared services are not used', { reason: error instanceof Error ? error.message : '' });
      return local;
    }
  }
  return () => {
    opened ??= connect();
    return opened;
  };
}
