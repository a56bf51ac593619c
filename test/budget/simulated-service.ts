import { setImmediate as turn } from 'node:timers/promises';
import type { LocalBudget } from '../../src/budget/local-budget';
import { type HeldClock, heldClock } from '../faults/held-clock';

/** A service with a limit, on a clock that jumps from timer to timer. */
export interface ServiceOptions {
  /** `fixed`: windows follow one another. `sliding`: the last window counts. */
  readonly counting: 'fixed' | 'sliding';
  /** Whether a 429 brings `Retry-After`. */
  readonly namesTime: boolean;
  /** Milliseconds since the start of a window when the first request is sent. */
  readonly offset?: number;
  readonly requests?: number;
  /** Milliseconds. */
  readonly window?: number;
}

export interface SimulatedService {
  /** Sends requests and reports the response to the budget. @returns how many were rejected */
  send(requests: number): Promise<number>;
  /** Requests that were granted and refused so far. */
  counts(): { readonly granted: number; readonly refused: number };
  /** Changes the number of requests in a window. */
  limitTo(requests: number): void;
}

const LATENCY = 200;

export function simulatedService(
  clock: HeldClock,
  budget: LocalBudget,
  { counting, namesTime, offset = 0, requests: first = 500, window = 10_000 }: ServiceOptions,
): SimulatedService {
  const started = clock.now() - offset;
  let limit = first;
  let counted: number[] = [];
  let granted = 0;
  let refused = 0;

  /** Drops grants that no longer count. @returns when the next request is accepted, if none is now */
  function opensAt(now: number): number {
    const from = counting === 'sliding' ? now - window : now - ((now - started) % window);
    counted = counted.filter((time) => time > from || (counting === 'fixed' && time === from));
    return (counting === 'sliding' ? (counted[0] ?? now) : from) + window;
  }

  return {
    async send(requests) {
      await pause(clock, LATENCY / 2);
      const now = clock.now();
      const opens = opensAt(now);
      const good = Math.min(requests, Math.max(0, limit - counted.length));
      counted.push(...Array.from({ length: good }, () => now));
      granted += good;
      refused += requests - good;
      await pause(clock, LATENCY / 2);
      if (good > 0) budget.accepted(good);
      const retryAfter = Math.max(1, Math.ceil((opens - now) / 1000)) * 1000;
      if (good < requests) budget.refused(namesTime ? retryAfter : undefined, requests - good);
      return requests - good;
    },
    counts: () => ({ granted, refused }),
    limitTo(requests) {
      limit = requests;
    },
  };
}

export function pause(clock: HeldClock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => void clock.after(milliseconds, resolve));
}

/** A clock, and a function that runs what waits for it until a time. */
export function simulatedTime(): { readonly clock: HeldClock; runUntil(time: number): Promise<void> } {
  const clock = heldClock(() => {}, Date.UTC(2026, 0));
  return {
    clock,
    async runUntil(time) {
      let isReached = false;
      clock.after(time - clock.now(), () => {
        isReached = true;
      });
      while (!isReached) {
        await turn();
        clock.skip();
      }
    },
  };
}

/** Requests per second of the limit that a budget learned; undefined if it learned none. */
export function rateOf(budget: LocalBudget): number | undefined {
  const { limit } = budget.state();
  return limit && (limit.requests * 1000) / limit.window;
}
