/** Exchanges at once: how many an instance starts with, how many are reached without measuring, and the cap. */
const FIRST = 4;
const STEADY = 8;
const MOST = 32;

/** A trial has this share more exchanges at once. It stays if throughput gains at least this part of that share. */
const STEP = 1.5;
const WORTH = 0.25;

/** Exchanges that end before the first trial: a list of a thousand observables opens no more than `STEADY` connections. */
const SUSTAINED = 56;

/** Rounds until the next trial, after one that gained too little. */
const HOLD = 4;

/**
 * Limits the exchanges in flight: one more per round of successful responses up to `STEADY`; from there on more only while
 * throughput grows with them, and only for long work; half as many after a 429. Results of requests sent before a 429 are ignored.
 */
export interface AdaptiveConcurrency {
  /** Whether another may start now; if so, it has. */
  begin(): boolean;
  end(throttled: boolean): void;
  /** Gives back what started and was not sent. */
  release(): void;
}

/** @param now milliseconds */
export function adaptiveConcurrency(now: () => number, first = FIRST): AdaptiveConcurrency {
  let allowed = first;
  let underWay = 0;
  /** Exchanges that started before the number was halved. */
  let earlier = 0;
  let wanted = false;
  let ended = 0;
  let measuredFrom = 0;
  let hold = 0;
  let total = 0;
  let before: { readonly allowed: number; readonly rate: number } | undefined;

  function startRound(next: number): void {
    allowed = Math.min(MOST, next);
    ended = 0;
    wanted = false;
  }

  /** Measures two rounds after the first, which started before the number changed. */
  function measure(): void {
    ended += 1;
    const round = Math.floor(allowed);
    if (ended === round) measuredFrom = now();
    if (ended < 3 * round) return;
    const elapsed = now() - measuredFrom;
    startRound(wanted && elapsed > 0 ? nextTrial((2 * round) / elapsed) : allowed);
  }

  /** Returns the number of requests allowed in flight in the next round. @param rate exchanges per millisecond in this round */
  function nextTrial(rate: number): number {
    if (total < SUSTAINED) return allowed;
    if (hold > 0) {
      hold -= 1;
      return allowed;
    }
    if (before === undefined || rate >= before.rate * (1 + WORTH * (allowed / before.allowed - 1))) {
      before = { allowed, rate };
      return Math.ceil(allowed * STEP);
    }
    hold = HOLD;
    const back = before.allowed;
    before = undefined;
    return back;
  }

  return {
    begin() {
      if (underWay >= Math.floor(allowed)) {
        wanted = true;
        return false;
      }
      underWay++;
      return true;
    },
    release() {
      underWay--;
      if (earlier > underWay) earlier = underWay;
    },
    end(throttled) {
      underWay--;
      total++;
      if (earlier > 0) earlier--;
      else if (throttled) {
        before = undefined;
        hold = HOLD;
        startRound(Math.max(1, allowed / 2));
        earlier = underWay;
      } else if (allowed < STEADY) {
        allowed = Math.min(STEADY, allowed + 1 / allowed);
        ended = 0;
      } else measure();
    },
  };
}
