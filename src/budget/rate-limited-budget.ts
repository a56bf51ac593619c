import type { Clock } from '../base/clock';
import type { RequestBudget } from './budget';
import { localBudget } from './local-budget';

/**
 * Limits a budget to `rate` requests per second; that budget continues to learn from the responses.
 * @param rate requests per second
 */
export function rateLimitedBudget(rate: number, budget: RequestBudget, clock: Clock): RequestBudget {
  const own = localBudget(clock);
  own.limitTo(rate);
  return {
    async take(requests, priority, signal) {
      const granted = await budget.take(await own.take(requests, priority, signal), priority, signal);
      own.released(requests - granted);
      return granted;
    },
    refused: (retryAfter, requests) => budget.refused(retryAfter, requests),
    accepted: (requests) => budget.accepted?.(requests),
    released: (requests) => budget.released?.(requests),
    opensAt: () => own.opensAt() ?? budget.opensAt?.(),
  };
}
