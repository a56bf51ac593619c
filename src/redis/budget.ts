import { randomUUID } from 'node:crypto';
import { sleep, systemClock } from '../base/clock';
import type { AbortSignalLike } from '../base/plain-abort';
import { LONGEST_BLOCK, type Priority, type RequestBudget } from '../budget/budget';
import { budgetKey, REFUSE, RESERVE } from './budget-script';
import { type RedisConnection, unrefOf } from './connection';

/** The first, lowest and highest rate of a budget in requests per second, and its growth. */
export interface RateLimits {
  readonly first: number;
  readonly lowest: number;
  readonly highest: number;
  /** Share that the rate gains per second before the first refusal (a 25th of it afterwards); 0 for a fixed rate. */
  readonly growth: number;
}

interface RedisBudgetOptions {
  /** The tenant and application that the budget belongs to. */
  readonly name: string;
  readonly rates: RateLimits;
  /** Grants, within this engine's share, while Redis is unreachable. */
  readonly local: RequestBudget;
  /** The monotonic clock by default. */
  readonly now?: () => number;
}

const CLASSES: Readonly<Record<Priority, number>> = { interactive: 0, fetch: 1, bulk: 2 };

/** Milliseconds of the budget that may be sent at once after a pause. */
const BURST = 50;

/** Engines that a share of the rate is for while Redis was never reached. */
const ENGINES = 4;

/** Milliseconds to wait until this engine listens for a closed budget; the next reservation contains the same. */
const LISTEN_TIMEOUT = 300;

/** Milliseconds until an engine that waits for its share checks whether Redis is reachable again. */
const LOOK_AGAIN = 250;

/**
 * A request budget that every engine on this Redis shares: a slot is reserved in one step, the caller sleeps once and sends.
 * A refusal closes the budget for all engines at once. While Redis is unreachable, each engine continues with its share of the last
 * known rate, evenly spread; users do not wait for that share.
 */
export async function redisBudget(
  redis: RedisConnection,
  { name, rates, local, now = systemClock.monotonic }: RedisBudgetOptions,
): Promise<RequestBudget & { close(): void }> {
  const key = budgetKey(name);
  const channel = `${key}:closed`;
  let closedUntil = 0;
  const engine = randomUUID();
  let lastRate = rates.first;
  let engines = ENGINES;
  let nextAlone = 0;
  let localGrants = 0;

  /** @returns the wait in milliseconds, bounded; 0 for anything that is not a number */
  function closeFor(milliseconds: number): number {
    const wait = Math.min(LONGEST_BLOCK, Math.max(0, milliseconds) || 0);
    closedUntil = Math.max(closedUntil, now() + wait);
    return wait;
  }

  const listener = redis.client.duplicate({ enableOfflineQueue: true, lazyConnect: true });
  listener.on('connect', () => unrefOf(listener));
  listener.on('error', () => {});
  listener.on('message', (_, wait: string) => {
    closeFor(Number(wait));
  });
  const subscribed = new Promise<void>((resolve) => {
    const timer = setTimeout(settle, LISTEN_TIMEOUT);
    function settle(): void {
      clearTimeout(timer);
      resolve();
    }
    listener.on('ready', () => void listener.subscribe(channel).then(settle, settle));
    listener.on('end', settle);
    if (redis.isReachable()) void listener.connect().catch(settle);
    else settle();
  });
  await subscribed;

  /** Listens again after Redis was away. */
  function listen(): void {
    if (['wait', 'end'].includes(listener.status)) void listener.connect().catch(() => {});
  }

  async function reserve(requests: number, priority: Priority): Promise<number> {
    const reply = await redis.client.eval(
      RESERVE,
      2,
      key,
      `${key}:engines`,
      requests,
      CLASSES[priority],
      rates.first,
      BURST,
      rates.growth,
      rates.highest,
      engine,
    );
    const [wait = 0, rate = lastRate * 1000, count = engines] = reply as [number, number, number];
    lastRate = rate / 1000;
    engines = count;
    // What is reserved is sent, also when Redis is lost: the share of this engine starts after it.
    nextAlone = Math.max(nextAlone, now() + wait);
    return wait;
  }

  async function takeShared(requests: number, priority: Priority, signal: AbortSignalLike | undefined) {
    listen();
    for (;;) {
      const reservedAt = now();
      await sleep(systemClock, await reserve(requests, priority), signal);
      // Closed while this engine slept: its reservation is void, and a new one starts where the budget opens.
      if (closedUntil <= Math.max(now(), reservedAt)) return;
    }
  }

  /** Waits for a slot of this engine's share, and returns to the shared budget as soon as Redis is reachable again. */
  async function takeAlone(
    requests: number,
    priority: Priority,
    signal: AbortSignalLike | undefined,
  ): Promise<number> {
    if (priority !== 'interactive') {
      const slot = Math.max(now(), nextAlone);
      nextAlone = slot + (requests * 1000 * engines) / Math.max(rates.lowest, lastRate);
      while (now() < slot) {
        await sleep(systemClock, Math.min(LOOK_AGAIN, slot - now()), signal);
        if (redis.isReachable() && (await isTakenAgain(requests, priority, signal))) return requests;
      }
    }
    const granted = await local.take(requests, priority, signal);
    localGrants += granted;
    return granted;
  }

  async function isTakenAgain(
    requests: number,
    priority: Priority,
    signal: AbortSignalLike | undefined,
  ): Promise<boolean> {
    try {
      await takeShared(requests, priority, signal);
      return true;
    } catch {
      signal?.throwIfAborted();
      return false;
    }
  }

  /** Returns the number of these requests that the local budget granted; only those are reported to it. */
  function grantedLocally(requests: number): number {
    const own = Math.min(requests, localGrants);
    localGrants -= own;
    return own;
  }

  return {
    async take(requests, priority, signal) {
      let aborted = false;
      let granted = requests;
      await redis.withFallback(
        () =>
          takeShared(requests, priority, signal).catch((error: unknown) => {
            if (!signal?.aborted) throw error;
            aborted = true;
          }),
        async () => {
          granted = await takeAlone(requests, priority, signal);
        },
      );
      if (aborted) signal?.throwIfAborted();
      return granted;
    },
    refused(retryAfter) {
      const wait = closeFor(retryAfter ?? 0);
      void redis.withFallback(
        (client) => client.eval(REFUSE, 1, key, wait, rates.lowest, rates.first, channel),
        () => local.refused(retryAfter),
      );
    },
    accepted(requests) {
      const own = grantedLocally(requests);
      if (own > 0) local.accepted?.(own);
    },
    released(requests) {
      const own = grantedLocally(requests);
      if (own > 0) local.released?.(own);
    },
    close: () => listener.disconnect(),
  };
}
