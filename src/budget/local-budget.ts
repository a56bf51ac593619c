import type { Clock } from '../base/clock';
import { type BudgetState, LONGEST_BLOCK, type Priority, type RequestBudget } from './budget';
import { fairQueue, type Waiter } from './fair-queue';

/** What Graph grants, as far as refusals have shown: this many requests in a window of this many milliseconds. */
interface Limit {
  requests: number;
  readonly window: number;
  /** Set by the user: neither raised nor lowered. */
  readonly fixed: boolean;
}

/** The window where a refusal does not show one. */
const WINDOW = 10_000;

/** A burst of requests ends with a pause of this many milliseconds. */
const PAUSE = 5_000;

/**
 * Share that the limit gains with the first window that was used, and by how much that share grows with each further one: a limit that was
 * raised is found soon.
 */
const GROWTH = 0.02;
const FASTER = 1.5;

/** Windows without a gain after a refusal: twice as many after each that shows that the limit was almost right. */
const HOLD = 10;
const LONGEST_HOLD = 80;

/** A refusal after fewer accepted requests says little about the limit: others used it up. The limit doubles until the next one. */
const EVIDENCE = 20;

/** Share of the limit that may be left for the next window. */
const CREDIT = 0.02;

/** A refusal at this share of the limit shows that the limit is almost right. */
const CLOSE = 0.8;

/** Requests that bulk work may be ahead of an even spread over the window: one batch. */
const AHEAD = 20;

/** Milliseconds between two probes where Graph named no time: the shortest, as a share of the time since the refusal, and the longest. */
const PROBE = 1_000;
const PROBE_SHARE = 0.5;
const LONGEST_PROBE = 5_000;

/** A lost probe blocks nothing for longer than this many milliseconds. */
const LOST_PROBE = 30_000;

export interface LocalBudgetOptions {
  readonly random?: () => number;
  /** Requests that may be under way at first while no limit is known; more with those that are accepted. Without it any number. */
  readonly firstUnderWay?: number;
  /** Called with each limit that is learned. */
  onLimit?(limit: NonNullable<BudgetState['limit']>): void;
}

/** Share of accepted requests by which more may be under way while no limit is known. */
const SLOW_START = 0.125;

export interface LocalBudget extends RequestBudget {
  /** @param caller callers of one class take turns */
  take(requests: number, priority: Priority, signal?: AbortSignal, caller?: string): Promise<void>;
  accepted(requests: number): void;
  released(requests: number): void;
  /** Sets a fixed rate, or none. */
  limitTo(requestsPerSecond: number): void;
  /** Requests per second that are granted now; undefined while there is no known limit. */
  rate(): number | undefined;
  opensAt(): number | undefined;
  state(): BudgetState;
  /** Goes on with what another budget of the same service knew. */
  restore(state: BudgetState): void;
}

/**
 * A budget inside one process. It grants everything until Graph refuses, and then learns from the refusal how many requests fit
 * in which window: those that were accepted since the window began. Interactive work may use the rest of a window at once; bulk
 * work spreads evenly, so that there is room for others.
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
  let underWay = 0;
  let mostUnderWay = firstUnderWay;
  let limit: Limit | undefined;
  let windowStart = 0;
  let used = 0;
  let accepted = 0;
  let lastGrant = Number.NEGATIVE_INFINITY;
  let hold = 0;
  let nextHold = HOLD;
  let growth = GROWTH;
  let blockedUntil = 0;
  let refusedAt: number | undefined;
  let named = false;
  let probing = false;
  let probedAt = 0;
  let stopTimer: (() => void) | undefined;
  let wakesAt: number | undefined;

  function wakeAt(time: number): void {
    stopTimer?.();
    wakesAt = time;
    stopTimer = clock.after(Math.max(1, time - clock.now()), () => {
      stopTimer = undefined;
      pump();
    });
  }

  function pump(): void {
    if (line.head() === undefined) return;
    const time = grantUntil(clock.now());
    if (time !== undefined) wakeAt(time);
  }

  /** Grants what may be sent now. @returns when to look again; undefined where no request waits */
  function grantUntil(now: number): number | undefined {
    if (now < blockedUntil) return blockedUntil;
    if (refusedAt !== undefined && named) learn(blockedUntil);
    if (refusedAt !== undefined) return probe(now);
    startWindow(now);
    for (let head = line.head(); head !== undefined; head = line.head()) {
      if (limit === undefined && underWay > 0 && underWay + head.requests > mostUnderWay) return undefined;
      const time = timeFor(head.requests, head.priority, now);
      if (time > now) return time;
      grant(head, now);
    }
    return undefined;
  }

  function grant(waiter: Waiter, now: number): void {
    line.remove(waiter);
    if (limit === undefined && now - lastGrant > PAUSE) {
      windowStart = now;
      accepted = 0;
    }
    lastGrant = now;
    used += waiter.requests;
    underWay += waiter.requests;
    waiter.grant();
  }

  /** One grant shows whether the others may follow. @returns when to look again */
  function probe(now: number): number {
    if (probing && now - probedAt < LOST_PROBE) return probedAt + LOST_PROBE;
    probing = true;
    probedAt = now;
    const smallest = line.smallest();
    if (smallest !== undefined) grant(smallest, now);
    return now + LOST_PROBE;
  }

  function startWindow(now: number): void {
    if (limit === undefined || now < windowStart + limit.window) return;
    if (hold > 0) hold -= 1;
    else if (!limit.fixed && used >= limit.requests * 0.9) {
      limit.requests += Math.max(1, limit.requests * growth);
      growth = Math.min(1, growth * FASTER);
      onLimit(limit);
    }
    const windows = Math.floor((now - windowStart) / limit.window);
    windowStart += windows * limit.window;
    // A batch that is larger than the limit is paid for by the windows after it, and a rest that is too small for a batch is not lost.
    const rest = windows === 1 ? Math.min(limit.requests - used, limit.requests * CREDIT) : 0;
    used = Math.max(-Math.max(0, rest), used - windows * limit.requests);
    accepted = 0;
  }

  function timeFor(requests: number, priority: Priority, now: number): number {
    if (limit === undefined || used <= 0) return now;
    const nextWindow = windowStart + limit.window;
    if (used + requests > limit.requests) return nextWindow;
    if (priority !== 'bulk') return now;
    const share = (used + requests - AHEAD) / limit.requests;
    return Math.min(nextWindow, windowStart + share * limit.window);
  }

  /** Ends a refusal. @param end when the service's window ended */
  function learn(end: number): void {
    refusedAt = undefined;
    probing = false;
    const known = limit !== undefined;
    const span = Math.max(1, end - windowStart);
    if (limit === undefined) {
      const window = span > 6 * WINDOW ? WINDOW : span;
      limit = { requests: Math.max(1, (accepted * window) / span), window, fixed: false };
    } else if (!limit.fixed) {
      const before = limit.requests / limit.window;
      const seen = accepted / span;
      // Close to the limit, or early in our window, which began at another time than the service's: a small step back is enough.
      const isClose = span < limit.window / 2 || seen > before * CLOSE;
      nextHold = isClose ? Math.min(LONGEST_HOLD, nextHold * 2) : HOLD;
      const rate = isClose ? before * (1 - 1.25 * GROWTH) : Math.max(before / 2, seen);
      limit = { ...limit, requests: Math.max(1, rate * limit.window) };
    }
    growth = known || accepted >= EVIDENCE ? GROWTH : 1;
    hold = known ? nextHold : growth < 1 ? 1 : 0;
    if (!limit.fixed) onLimit(limit);
    windowStart = end;
    used = 0;
    accepted = 0;
  }

  return {
    take(requests, priority, signal, caller = '') {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const waiter: Waiter = {
          requests,
          priority,
          caller,
          grant: () => {
            signal?.removeEventListener('abort', abort);
            resolve();
          },
        };
        function abort(): void {
          line.remove(waiter);
          if (line.head() === undefined) {
            stopTimer?.();
            stopTimer = undefined;
          } else pump();
          reject(signal?.reason);
        }
        signal?.addEventListener('abort', abort, { once: true });
        line.add(waiter);
        pump();
      });
    },
    refused(retryAfter, requests = 1) {
      underWay = Math.max(0, underWay - requests);
      const now = clock.now();
      const since = refusedAt ?? now;
      refusedAt = since;
      probing = false;
      named = retryAfter !== undefined && retryAfter > 0 && retryAfter <= LONGEST_BLOCK;
      const wait =
        retryAfter !== undefined && retryAfter > 0
          ? Math.min(LONGEST_BLOCK, retryAfter)
          : Math.min(LONGEST_PROBE, Math.max(PROBE, (now - since) * PROBE_SHARE)) * (0.5 + random() / 2);
      blockedUntil = Math.max(blockedUntil, now + wait);
    },
    accepted(requests) {
      accepted += requests;
      underWay = Math.max(0, underWay - requests);
      mostUnderWay += requests * SLOW_START;
      if (limit === undefined && refusedAt === undefined) pump();
      if (refusedAt === undefined || named || !probing) return;
      accepted -= requests;
      learn(clock.now());
      pump();
    },
    released(requests) {
      used = Math.max(0, used - requests);
      underWay = Math.max(0, underWay - requests);
      probing = false;
      pump();
    },
    limitTo(requestsPerSecond) {
      limit = { requests: (requestsPerSecond * WINDOW) / 1000, window: WINDOW, fixed: true };
      windowStart = clock.now();
      used = 0;
    },
    opensAt: () => (line.head() === undefined ? undefined : wakesAt),
    state: () => ({
      limit: limit?.fixed === false ? { requests: limit.requests, window: limit.window } : undefined,
      windowStart,
      used,
      blockedUntil,
    }),
    restore(state) {
      blockedUntil = Math.max(blockedUntil, state.blockedUntil);
      if (state.limit === undefined) return;
      limit = { ...state.limit, fixed: false };
      ({ windowStart, used } = state);
      hold = HOLD;
      pump();
    },
    rate: () => (limit === undefined ? undefined : (limit.requests * 1000) / limit.window),
  };
}
