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

/** A waiter with its place in line. `turn` is the virtual time at which its requests are granted, counted in requests. */
interface Place {
  readonly waiter: Waiter;
  readonly turn: number;
}

export function fairQueue(): FairQueue {
  const lines: Record<Priority, Place[]> = { interactive: [], fetch: [], bulk: [] };
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
      const place = { waiter, turn };
      // Fast path: the line is usually empty.
      if (line.length === 0) line.push(place);
      else line.splice(line.findLastIndex((other) => other.turn <= turn) + 1, 0, place);
    },
    remove(waiter) {
      const line = lines[waiter.priority];
      const at = line.findIndex((place) => place.waiter === waiter);
      const place = line[at];
      if (place === undefined) return;
      if (at === 0) {
        virtualTime = Math.max(virtualTime, place.turn - waiter.requests);
        line.shift();
      } else line.splice(at, 1);
    },
    head: () => first()[0]?.waiter,
  };
}
