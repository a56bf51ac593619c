import { PRIORITIES, type Priority } from './budget';

/** Requests that wait for the budget. */
export interface Waiter {
  readonly requests: number;
  readonly priority: Priority;
  /** The caller that waits: all callers of one class get an equal share, regardless of their number of requests. */
  readonly caller: string;
  readonly grant: (requests: number) => void;
}

/** The line before a budget: the most urgent class first, and callers of one class in turn (start-time fair queueing). */
interface FairQueue {
  add(waiter: Waiter): void;
  /** Takes a waiter out of the line, wherever it is. */
  remove(waiter: Waiter): void;
  /** Returns the next entry; undefined if none waits. */
  head(): Waiter | undefined;
}

/** Callers whose turns are remembered; those without a waiter are dropped beyond it. */
const REMEMBERED = 256;

export function fairQueue(): FairQueue {
  type QueuedWaiter = Waiter & { readonly turn: number };
  const lines: Record<Priority, QueuedWaiter[]> = { interactive: [], fetch: [], bulk: [] };
  /** Requests that every caller has been given, if it waited all the time. */
  let virtualTime = 0;
  const last = new Map<string, number>();

  const first = () => lines[PRIORITIES.find((priority) => lines[priority].length > 0) ?? 'bulk'];

  function forgetIdle(): void {
    if (last.size <= REMEMBERED) return;
    for (const [caller, turn] of last) if (turn <= virtualTime) last.delete(caller);
  }

  return {
    add(waiter) {
      const turn = Math.max(virtualTime, last.get(waiter.caller) ?? 0) + waiter.requests;
      last.set(waiter.caller, turn);
      forgetIdle();
      const line = lines[waiter.priority];
      const after = line.findLastIndex((other) => other.turn <= turn);
      line.splice(after + 1, 0, { ...waiter, turn });
    },
    remove({ grant, priority }) {
      const line = lines[priority];
      const waiter = line.find((other) => other.grant === grant);
      if (waiter === undefined) return;
      if (waiter === line[0]) virtualTime = Math.max(virtualTime, waiter.turn - waiter.requests);
      line.splice(line.indexOf(waiter), 1);
    },
    head: () => first()[0],
  };
}
