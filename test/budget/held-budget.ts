import { setImmediate as turn } from 'node:timers/promises';
import type { Priority } from '../../src/budget/budget';
import { type LocalBudgetOptions, localBudget } from '../../src/budget/local-budget';
import { heldClock } from '../faults/held-clock';

/** A budget on a clock that stands; `granted` has what was granted, in order: the request's name, or `name:count` for a part. */
export function heldBudget(options: LocalBudgetOptions = {}) {
  const clock = heldClock(() => {}, 1_000_000);
  const budget = localBudget(clock, { random: () => 0.5, ...options });
  const granted: string[] = [];
  const start = clock.monotonic();
  return {
    clock,
    budget,
    granted,
    take(name: string, requests = 1, priority: Priority = 'bulk', signal?: AbortSignal, caller?: string) {
      return Promise.resolve(budget.take(requests, priority, signal, caller)).then((count) => {
        granted.push(count === requests ? name : `${name}:${count}`);
      });
    },
    /** Moves the clock to this time, milliseconds after the start. */
    async at(time: number) {
      await turn();
      clock.advance(start + time - clock.monotonic());
      await turn();
    },
    /** When the next request may be sent, milliseconds after the start. */
    opensAt: () => {
      const time = budget.opensAt();
      return time === undefined ? undefined : time - start;
    },
  };
}
