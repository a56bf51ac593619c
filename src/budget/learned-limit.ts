import type { BudgetState } from './budget';

/** A limit of a service: requests in a window of milliseconds. */
export type Limit = NonNullable<BudgetState['limit']>;

/** A refusal that is over. Times are milliseconds of the monotonic clock. */
interface Refusal {
  readonly at: number;
  /** The time at which the service accepted requests again. */
  readonly end: number;
}

/**
 * Learns the limit of a service from its refusals. Between two of them a service whose window was used up has accepted exactly its
 * limit; the rate stays a little below that, and is raised rarely and in small steps.
 */
interface LearnedLimit {
  /** Undefined while nothing was rejected. */
  current(): Limit | undefined;
  /** Starts to count accepted requests. */
  startAt(time: number): void;
  accepted(requests: number): void;
  /** Lowers the limit, or learns the first one. */
  refused(refusal: Refusal): void;
  /** Raises the limit if it was used up and nothing was rejected for some windows. */
  windowEnded(used: number): void;
  /** Continues with a limit that another budget learned, and with nothing of what it learned itself. */
  restore(limit: Limit, now: number): void;
}

/** Windows of services, milliseconds; a measured one that differs from one of them by no more than this share is that one. */
const ROUND = [1_000, 5_000, 10_000, 15_000, 20_000, 30_000, 60_000];
const TOLERANCE = 0.11;

/** The window where a refusal does not show one, and the shortest and the longest that a refusal shows. */
const WINDOW = 10_000;
const SHORTEST_WINDOW = 1_000;
const LONGEST_WINDOW = 60_000;

/** Share of the measured limit that bulk work leaves unused. */
export const MARGIN = 0.03;

/** Share that the limit loses at least with a refusal, beyond what it gained before. */
const STEP_BACK = 0.01;

/**
 * A throttled period of at least this share of the time since the previous one shows the limit. A shorter one, or one within half a
 * window, shows that the limit is almost right.
 */
const LASTED = 0.1;

/**
 * After fewer accepted requests than this, a refusal says little about the limit, because others used it up. The limit
 * doubles until the next refusal.
 */
const EVIDENCE = 20;

/** Share that the limit gains with the first window that was used up, and by how much that share grows with each further one. */
const GROWTH = 0.01;
const FASTER = 1.5;

/** Windows without a gain after a refusal: twice as many after each that shows that the limit was almost right. */
const HOLD = 10;
const LONGEST_HOLD = 40;

/** A window counts as used up at this share of the limit. */
const USED_UP = 0.9;

/** @param onLimit called with each limit that is learned */
export function learnedLimit(onLimit: (limit: Limit) => void): LearnedLimit {
  let limit: Limit | undefined;
  let since = 0;
  let accepted = 0;
  let hold = 0;
  let nextHold = HOLD;
  let growth = GROWTH;
  /** The factor of the last increase of the limit. */
  let gained = 1;
  /** Whether the last refusal came within half a window of the one before. */
  let wasEarly = false;

  function change(next: Limit): void {
    limit = { ...next, requests: Math.max(1, next.requests) };
    onLimit(limit);
  }

  /** The limit that the requests since the last refusal show. */
  function measured({ at, end }: Refusal): Limit {
    const span = Math.max(SHORTEST_WINDOW, end - since);
    const round = ROUND.find((window) => Math.abs(span - window) <= window * TOLERANCE) ?? span;
    const known = limit?.window ?? WINDOW;
    const isOneWindow =
      limit === undefined ? round <= LONGEST_WINDOW : span <= 2.2 * known || end - at > known;
    const window = isOneWindow ? round : known;
    return { requests: (accepted * window * (1 - MARGIN)) / round, window };
  }

  function lowered(before: Limit, refusal: Refusal): Limit {
    const most = (before.requests * (1 - STEP_BACK)) / gained;
    const span = refusal.end - since;
    const isEarly = span < before.window / 2 && !wasEarly;
    wasEarly = isEarly;
    if (isEarly || refusal.end - refusal.at < span * LASTED) {
      nextHold = Math.min(LONGEST_HOLD, nextHold * 2);
      return { ...before, requests: most };
    }
    nextHold = HOLD;
    const shown = measured(refusal);
    return { ...shown, requests: Math.min(shown.requests, (most * shown.window) / before.window) };
  }

  return {
    current: () => limit,
    startAt(time) {
      since = time;
      accepted = 0;
    },
    accepted(requests) {
      accepted += requests;
    },
    refused(refusal) {
      const isEvident = limit !== undefined || accepted >= EVIDENCE;
      change(limit === undefined ? measured(refusal) : lowered(limit, refusal));
      hold = isEvident ? nextHold : 0;
      growth = isEvident ? GROWTH : 1;
      gained = 1;
      since = refusal.end;
      accepted = 0;
    },
    windowEnded(used) {
      if (limit === undefined) return;
      if (hold > 0) hold -= 1;
      else if (used >= limit.requests * USED_UP) {
        gained = 1 + growth;
        change({ ...limit, requests: Math.max(limit.requests + 1, limit.requests * gained) });
        growth = Math.min(1, growth * FASTER);
      }
    },
    restore(known, now) {
      limit = known;
      nextHold = HOLD;
      hold = nextHold;
      growth = GROWTH;
      gained = 1;
      wasEarly = false;
      since = now;
      accepted = 0;
    },
  };
}
