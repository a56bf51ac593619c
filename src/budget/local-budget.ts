import type { Clock } from '../base/clock';
import { type Budget, PRIORITIES, type Priority } from './budget';

/** What Graph grants, as far as refusals have shown: this many requests in a window of this many milliseconds. */
interface Limit {
  requests: number;
  readonly window: number;
  /** Set by the user: neither raised nor lowered. */
  readonly fixed: boolean;
}

interface Waiter {
  readonly requests: number;
  readonly grant: () => void;
}

/** The window where a refusal does not show one. */
const WINDOW = 10_000;

/** A burst of requests ends with a pause of this many milliseconds. */
const PAUSE = 5_000;

/** Share that the limit gains with each window that was used, and windows without a gain after a refusal. */
const GROWTH = 0.02;
const HOLD = 10;

/** A refusal at this share of the limit shows that the limit is almost right. */
const CLOSE = 0.8;

/** Requests that bulk work may be ahead of an even spread over the window: one batch. */
const AHEAD = 20;

/** Milliseconds between two probes where Graph named no time, and as a share of the time since the refusal. */
const PROBE = 1_000;
const PROBE_SHARE = 0.1;

/** A lost probe blocks nothing for longer than this many milliseconds. */
const LOST_PROBE = 30_000;

export interface LocalBudget extends Budget {
  accepted(requests: number): void;
  /** Sets a fixed rate, or none. */
  limitTo(requestsPerSecond: number): void;
  /** Requests per second that are granted now; undefined while there is no known limit. */
  rate(): number | undefined;
}

/**
 * A budget inside one process. It grants everything until Graph refuses, and then learns from the refusal how many requests fit
 * in which window: those that were accepted since the window began. Interactive work may use the rest of a window at once; bulk
 * work spreads evenly, so that there is room for others.
 */
export function localBudget(clock: Clock, random: () => number = Math.random): LocalBudget {
  const waiting: Record<Priority, Waiter[]> = { interactive: [], fetch: [], bulk: [] };
  let limit: Limit | undefined;
  let windowStart = 0;
  let used = 0;
  let accepted = 0;
  let lastGrant = Number.NEGATIVE_INFINITY;
  let hold = 0;
  let blockedUntil = 0;
  let refusedAt: number | undefined;
  let named = false;
  let probing = false;
  let probedAt = 0;
  let stopTimer: (() => void) | undefined;

  function wakeAt(time: number): void {
    stopTimer?.();
    stopTimer = clock.after(Math.max(1, time - clock.now()), () => {
      stopTimer = undefined;
      pump();
    });
  }

  function pump(): void {
    if (!PRIORITIES.some((priority) => waiting[priority].length > 0)) return;
    const time = grantUntil(clock.now());
    if (time !== undefined) wakeAt(time);
  }

  /** Grants what may be sent now. @returns when to look again; undefined where no request waits */
  function grantUntil(now: number): number | undefined {
    if (now < blockedUntil) return blockedUntil;
    if (refusedAt !== undefined && named) learn(blockedUntil);
    if (refusedAt !== undefined) return probe(now);
    startWindow(now);
    for (const priority of PRIORITIES)
      for (let head = waiting[priority][0]; head !== undefined; head = waiting[priority][0]) {
        const time = timeFor(head.requests, priority, now);
        if (time > now) return time;
        waiting[priority].shift();
        grant(head, now);
      }
    return undefined;
  }

  function grant({ requests, grant: call }: Waiter, now: number): void {
    if (limit === undefined && now - lastGrant > PAUSE) {
      windowStart = now;
      accepted = 0;
    }
    lastGrant = now;
    used += requests;
    call();
  }

  /** One grant shows whether the others may follow. @returns when to look again */
  function probe(now: number): number {
    if (probing && now - probedAt < LOST_PROBE) return probedAt + LOST_PROBE;
    const queue = waiting[PRIORITIES.find((priority) => waiting[priority].length > 0) ?? 'bulk'];
    const smallest = queue.reduce((one, other) => (other.requests < one.requests ? other : one));
    queue.splice(queue.indexOf(smallest), 1);
    probing = true;
    probedAt = now;
    grant(smallest, now);
    return now + LOST_PROBE;
  }

  function startWindow(now: number): void {
    if (limit === undefined || now < windowStart + limit.window) return;
    if (hold > 0) hold -= 1;
    else if (!limit.fixed && used >= limit.requests * 0.9)
      limit.requests += Math.max(1, limit.requests * GROWTH);
    windowStart += Math.floor((now - windowStart) / limit.window) * limit.window;
    used = 0;
    accepted = 0;
  }

  function timeFor(requests: number, priority: Priority, now: number): number {
    if (limit === undefined || used === 0) return now;
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
      const rate = isClose ? before * (1 - 2 * GROWTH) : Math.max(before / 2, seen);
      limit = { ...limit, requests: Math.max(1, rate * limit.window) };
    }
    hold = known ? HOLD : 1;
    windowStart = end;
    used = 0;
    accepted = 0;
  }

  return {
    take(requests, priority, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const waiter = {
          requests,
          grant: () => {
            signal?.removeEventListener('abort', abort);
            resolve();
          },
        };
        function abort(): void {
          waiting[priority] = waiting[priority].filter((other) => other !== waiter);
          if (!PRIORITIES.some((one) => waiting[one].length > 0)) {
            stopTimer?.();
            stopTimer = undefined;
          } else pump();
          reject(signal?.reason);
        }
        signal?.addEventListener('abort', abort, { once: true });
        waiting[priority].push(waiter);
        pump();
      });
    },
    refused(retryAfter) {
      const now = clock.now();
      const since = refusedAt ?? now;
      refusedAt = since;
      probing = false;
      named = retryAfter !== undefined && retryAfter > 0;
      const wait =
        retryAfter !== undefined && retryAfter > 0
          ? retryAfter
          : Math.max(PROBE, (now - since) * PROBE_SHARE) * (0.5 + random() / 2);
      blockedUntil = Math.max(blockedUntil, now + wait);
    },
    accepted(requests) {
      accepted += requests;
      if (refusedAt === undefined || named || !probing) return;
      accepted -= requests;
      learn(clock.now());
      pump();
    },
    released(requests) {
      used -= requests;
      probing = false;
      pump();
    },
    limitTo(requestsPerSecond) {
      limit = { requests: (requestsPerSecond * WINDOW) / 1000, window: WINDOW, fixed: true };
      windowStart = clock.now();
      used = 0;
    },
    rate: () => (limit === undefined ? undefined : (limit.requests * 1000) / limit.window),
  };
}
