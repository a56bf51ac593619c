import type { Clock } from '../base/clock';
import type { AbortSignalLike } from '../base/plain-abort';
import { type BudgetState, LONGEST_BLOCK, type Priority, type RequestBudget } from './budget';
import { fairQueue, type Waiter } from './fair-queue';
import { type Limit, learnedLimit, MARGIN } from './learned-limit';
import { waitForGrant } from './wait-for-grant';

/** The window of a rate that is set, milliseconds. */
const WINDOW = 10_000;

/** A burst of requests ends with a pause of this many milliseconds. */
const PAUSE = 5_000;

/** Share of the limit that may be left for the next window. */
const CREDIT = 0.05;

/** Requests that bulk work may be ahead of an even spread over the window: one batch. */
const AHEAD = 20;

/** Milliseconds between two probes where Graph named no time: the shortest, as a share of the time since the refusal, and the longest. */
const PROBE = 500;
const PROBE_SHARE = 0.05;
const LONGEST_PROBE = 5_000;

/** A lost probe blocks nothing for longer than this many milliseconds. */
const LOST_PROBE = 30_000;

export interface LocalBudgetOptions {
  readonly random?: () => number;
  /** Requests in flight at first while no limit is known; more as requests are accepted. Unlimited if undefined. */
  readonly firstUnderWay?: number;
  /** Called with each limit that is learned. */
  onLimit?(limit: Limit): void;
}

/** Share of accepted requests by which the number in flight may grow while no limit is known. */
const SLOW_START = 0.125;

export interface LocalBudget extends RequestBudget {
  /** @param caller callers of one class take turns */
  take(
    requests: number,
    priority: Priority,
    signal?: AbortSignalLike,
    caller?: string,
  ): number | Promise<number>;
  accepted(requests: number): void;
  released(requests: number): void;
  /** Sets a fixed rate. */
  limitTo(requestsPerSecond: number): void;
  opensAt(): number | undefined;
  state(): BudgetState;
  /** Continues with the state of another budget of the same service. */
  restore(state: BudgetState): void;
}

/**
 * A budget inside one process. It grants everything until Graph rejects, and learns the limit from that. Interactive work may use
 * the rest of a window at once; bulk work spreads evenly, so that there is room for others.
 */
export function localBudget(
  clock: Clock,
  {
    random = Math.random,
    firstUnderWay = Number.POSITIVE_INFINITY,
    onLimit = () => {},
  }: LocalBudgetOptions = {},
): LocalBudget {
  const line = fairQueue();
  const learned = learnedLimit(onLimit);
  let underWay = 0;
  let mostUnderWay = firstUnderWay;
  let fixed: Limit | undefined;
  let windowStart = 0;
  let used = 0;
  /** The part of them that urgent classes took from the margin: it does not count in the next window. */
  let fromMargin = 0;
  let lastGrant = Number.NEGATIVE_INFINITY;
  let blockedUntil = 0;
  let refusedAt: number | undefined;
  let named = false;
  let probing = false;
  let probedAt = 0;
  /** Requests that were sent before the probe, and have no response yet. */
  let sentBefore = 0;
  let stopTimer: (() => void) | undefined;
  let wakesAt: number | undefined;
  const limitNow = () => fixed ?? learned.current();
  const wholeLimit = () => limitNow()?.requests ?? Number.POSITIVE_INFINITY;

  function wakeAt(time: number): void {
    stopTimer?.();
    wakesAt = time;
    stopTimer = clock.after(Math.max(1, time - clock.monotonic()), () => {
      stopTimer = undefined;
      pump();
    });
  }

  function pump(): void {
    if (line.head() === undefined) return;
    const time = grantUntil(clock.monotonic());
    if (time !== undefined) wakeAt(time);
  }

  /** Grants the requests that may be sent now. @returns time of the next check; undefined if no request waits */
  function grantUntil(now: number): number | undefined {
    if (now < blockedUntil) return blockedUntil;
    if (refusedAt !== undefined && named) learn(refusedAt, blockedUntil);
    if (refusedAt !== undefined) return probe(now);
    startWindow(now);
    const limit = limitNow();
    for (let head = line.head(); head !== undefined; head = line.head()) {
      if (limit === undefined && underWay > 0 && underWay + head.requests > mostUnderWay) return undefined;
      const time = limit === undefined ? now : timeFor(head, limit, now);
      if (time > now) return time;
      grant(head, now);
    }
    return undefined;
  }

  function grant(waiter: Waiter, now: number, requests = waiter.requests): void {
    line.remove(waiter);
    if (limitNow() === undefined && refusedAt === undefined && now - lastGrant > PAUSE) {
      windowStart = now;
      learned.startAt(now);
    }
    lastGrant = now;
    if (waiter.priority !== 'bulk')
      fromMargin += Math.max(0, Math.min(requests, used + requests - wholeLimit()));
    used += requests;
    underWay += requests;
    waiter.grant(requests);
  }

  /** Sends one request as a test for the others. @returns time of the next check */
  function probe(now: number): number {
    if (probing && now - probedAt < LOST_PROBE) return probedAt + LOST_PROBE;
    probing = true;
    probedAt = now;
    sentBefore = underWay;
    const head = line.head();
    if (head !== undefined) grant(head, now, 1);
    return now + LOST_PROBE;
  }

  function startWindow(now: number): void {
    const before = limitNow();
    if (before === undefined || now < windowStart + before.window) return;
    if (fixed === undefined) learned.windowEnded(used);
    used -= fromMargin;
    fromMargin = 0;
    const windows = Math.floor((now - windowStart) / before.window);
    windowStart += windows * before.window;
    // What is used beyond the limit counts in the next window, and so does a small rest.
    const rest = windows === 1 ? Math.min(before.requests - used, before.requests * CREDIT) : 0;
    used = Math.max(-Math.max(0, rest), used - windows * before.requests);
  }

  function timeFor({ requests, priority }: Waiter, limit: Limit, now: number): number {
    if (used <= 0) return now;
    if (priority === 'bulk') return windowStart + ((used + requests - AHEAD) / limit.requests) * limit.window;
    // Urgent classes may use the margin as well.
    return used + requests > Math.round(limit.requests / (1 - MARGIN)) ? windowStart + limit.window : now;
  }

  /** Ends a refusal. @param end time at which the service accepted requests again */
  function learn(at: number, end: number): void {
    refusedAt = undefined;
    probing = false;
    learned.refused({ at, end });
    windowStart = end;
    used = 0;
    fromMargin = 0;
  }

  return {
    take(requests, priority, signal, caller = '') {
      return waitForGrant(signal, (grant) => {
        const waiter: Waiter = { requests, priority, caller, grant };
        line.add(waiter);
        pump();
        return () => {
          line.remove(waiter);
          if (line.head() === undefined) {
            stopTimer?.();
            stopTimer = undefined;
          } else pump();
        };
      });
    },
    refused(retryAfter, requests = 1) {
      underWay = Math.max(0, underWay - requests);
      const now = clock.monotonic();
      const since = refusedAt ?? now;
      refusedAt = since;
      probing = false;
      named = retryAfter !== undefined && retryAfter > 0 && retryAfter <= LONGEST_BLOCK;
      const wait =
        retryAfter !== undefined && retryAfter > 0
          ? Math.min(LONGEST_BLOCK, retryAfter)
          : Math.min(LONGEST_PROBE, Math.max(PROBE, (now - since) * PROBE_SHARE)) * (0.5 + random() / 2);
      blockedUntil = Math.max(blockedUntil, now + wait);
      pump();
    },
    accepted(requests) {
      underWay = Math.max(0, underWay - requests);
      mostUnderWay += requests * SLOW_START;
      if (refusedAt !== undefined && !named && probing && sentBefore <= 0) {
        learn(refusedAt, probedAt);
        used = requests;
      } else sentBefore -= requests;
      learned.accepted(requests);
      if (refusedAt === undefined) pump();
    },
    released(requests) {
      used = Math.max(0, used - requests);
      underWay = Math.max(0, underWay - requests);
      if (sentBefore <= 0) probing = false;
      sentBefore -= requests;
      pump();
    },
    limitTo(requestsPerSecond) {
      fixed = { requests: (requestsPerSecond * WINDOW) / 1000, window: WINDOW };
      windowStart = clock.monotonic();
      used = 0;
    },
    opensAt: () => (line.head() === undefined ? undefined : wakesAt),
    state: () => ({
      limit: learned.current(),
      windowStart,
      used,
      blockedUntil,
    }),
    restore(state) {
      blockedUntil = Math.max(blockedUntil, state.blockedUntil);
      if (state.limit === undefined) return;
      learned.restore(state.limit, clock.monotonic());
      ({ windowStart, used } = state);
      pump();
    },
  };
}
