import type { Clock } from '../../src/base/clock';

/** Milliseconds of a whole command by default. */
const COMMAND = 240_000;

/** A clock whose waits are over at once, except the time of a whole command. */
export function quickClock(): Clock & { advance(milliseconds: number): void } {
  let now = Date.now();
  const advance = (milliseconds: number) => {
    now += milliseconds;
  };
  return {
    now: () => now,
    monotonic: () => now,
    advance,
    after(milliseconds, call) {
      if (milliseconds >= COMMAND) return () => {};
      advance(milliseconds);
      setImmediate(call);
      return () => {};
    },
  };
}
