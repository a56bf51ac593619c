import type { Clock } from '../../src/base/clock';

/** A clock that stands until a test moves it. */
export interface HeldClock extends Clock {
  /** Advances the time by `milliseconds`; timers that are due run in their order. */
  advance(milliseconds: number): void;
  /** How many calls are waited for. */
  waiting(): number;
  /** Drops every call that is due. */
  forget(): void;
  /** Jumps to the next timer, so that no test waits. */
  skip(): void;
}

export function heldClock(onWait: () => void = () => {}, start = Date.now()): HeldClock {
  const due = new Set<{ readonly at: number; readonly call: () => void }>();
  let now = start;
  const first = () => [...due].sort((one, other) => one.at - other.at)[0];

  function advance(milliseconds: number): void {
    const end = now + milliseconds;
    for (let next = first(); next !== undefined && next.at <= end; next = first()) {
      now = Math.max(now, next.at);
      due.delete(next);
      next.call();
    }
    now = end;
  }

  return {
    now: () => now,
    monotonic: () => now,
    after(milliseconds, call) {
      const entry = { at: now + milliseconds, call };
      due.add(entry);
      onWait();
      return () => due.delete(entry);
    },
    advance,
    waiting: () => due.size,
    forget: () => due.clear(),
    skip() {
      const next = first();
      if (next !== undefined) advance(next.at - now);
    },
  };
}
