import type { Log } from '../base/log';
import type { Budget } from '../budget/budget';
import type { RateLimits } from './budget';
import type { SharedSettings } from './settings';

/** Rates until one is configured: what Graph documents for neighbouring APIs is within them. */
const LEARNED: RateLimits = { first: 200, lowest: 1, highest: 2_000, growth: 0.5 };

/**
 * A budget over Redis that connects at its first use; until then, and while Redis is away, `local` serves.
 * @param name the tenant and application that share it
 */
export function sharedBudget(settings: SharedSettings, name: string, local: Budget, log: Log): Budget {
  let opened: Promise<Budget> | undefined;
  const open = () => (opened ??= openShared(settings, name, local, log));
  return {
    take: async (requests, priority, signal) => (await open()).take(requests, priority, signal),
    refused(retryAfter, requests) {
      local.refused(retryAfter, requests);
      void open().then((budget) => budget.refused(retryAfter, requests));
    },
    accepted: (requests) => local.accepted?.(requests),
  };
}

async function openShared(settings: SharedSettings, name: string, local: Budget, log: Log): Promise<Budget> {
  try {
    const [{ sharedConnection }, { redisBudget }] = await Promise.all([
      import('./connection'),
      import('./budget'),
    ]);
    const rates = settings.rate === undefined ? LEARNED : fixed(settings.rate);
    return await redisBudget(await sharedConnection(settings, log), { name, rates, local });
  } catch (error) {
    log('warn', 'shared services are not used', { reason: error instanceof Error ? error.message : '' });
    return local;
  }
}

function fixed(rate: number): RateLimits {
  return { first: rate, lowest: rate, highest: rate, growth: 0 };
}
