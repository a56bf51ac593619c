import { PlainAbort } from '../../base/plain-abort';
import type { LocalBudget } from '../local-budget';
import type { BudgetMessage, BudgetReply } from './messages';

/** One process at the hub. */
export interface Attached {
  receive(wish: BudgetMessage): void;
  /** Ends everything that waits, and gives back what was granted and is not reported. */
  detach(): void;
}

/** Shares one budget among processes; they take turns. */
export interface Hub {
  attach(send: (grant: BudgetReply) => void): Attached;
}

export function budgetHub(budget: LocalBudget): Hub {
  let attached = 0;
  return {
    attach(send) {
      attached += 1;
      const caller = String(attached);
      const waiting = new Map<number, PlainAbort>();
      let underWay = 0;
      let isGone = false;

      function take(id: number, requests: number, priority: Parameters<LocalBudget['take']>[1]): void {
        const leaving = new PlainAbort();
        waiting.set(id, leaving);
        const granted = (count: number) => {
          waiting.delete(id);
          if (isGone) return budget.released(count);
          underWay += count;
          send({ granted: id, requests: count, state: budget.state() });
        };
        const taken = budget.take(requests, priority, leaving, caller);
        if (typeof taken === 'number') granted(taken);
        else taken.then(granted, () => waiting.delete(id));
      }

      function reported(requests: number): void {
        underWay = Math.max(0, underWay - requests);
      }

      return {
        receive(wish) {
          if ('take' in wish) take(wish.take, wish.requests, wish.priority);
          else if ('cancel' in wish) waiting.get(wish.cancel)?.abort();
          else if ('accepted' in wish) {
            reported(wish.accepted);
            budget.accepted(wish.accepted);
          } else if ('refused' in wish) {
            reported(wish.refused);
            budget.refused(wish.retryAfter, wish.refused);
          } else if ('released' in wish) {
            reported(wish.released);
            budget.released(wish.released);
          } else send({ state: budget.state() });
        },
        detach() {
          isGone = true;
          for (const leaving of waiting.values()) leaving.abort();
          if (underWay > 0) budget.released(underWay);
          underWay = 0;
        },
      };
    },
  };
}
