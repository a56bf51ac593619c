import type { AbortSignalLike } from './plain-abort';

/** Time as a port, so that a test can control it. */
export interface Clock {
  /** Milliseconds since the epoch. It may jump: for dates that services, files and users name only. */
  now(): number;
  /** Milliseconds of a clock that never jumps, from an unknown start: for waits, deadlines and durations within this process. */
  monotonic(): number;
  /** Calls back once after this time in milliseconds (24 days at most), unless the returned function is called before. */
  after(milliseconds: number, call: () => void): () => void;
}

/** The longest delay of a timer in milliseconds; Node fires at once for a longer one. */
const LONGEST = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: Date.now,
  // Node loads its measuring tools for `performance`, which takes a millisecond and a half.
  monotonic() {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1_000 + nanoseconds / 1e6;
  },
  after(milliseconds, call) {
    const timer = setTimeout(call, Math.min(LONGEST, milliseconds));
    return () => clearTimeout(timer);
  },
};

/** Resolves after this time in milliseconds; rejects with the signal's reason once the signal aborts. */
export function sleep(clock: Clock, milliseconds: number, signal?: AbortSignalLike): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = clock.after(milliseconds, () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    function abort(): void {
      stop();
      reject(signal?.reason);
    }
    signal?.addEventListener('abort', abort);
  });
}
