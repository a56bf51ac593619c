import type { Clock } from '../../base/clock';
import type { Log } from '../../base/log';
import type { BudgetState, Priority, RequestBudget } from '../budget';
import { type LocalBudget, type LocalBudgetOptions, localBudget } from '../local-budget';
import { waitForGrant } from '../wait-for-grant';
import type { BudgetSockets } from './budget-sockets';
import type { BudgetReply } from './messages';
import { type BudgetLink, openLink } from './open-link';
import { readLimit, saveLimit } from './saved-limit';

interface MachineBudgetOptions {
  readonly sockets: BudgetSockets;
  /** Serves the budget if no other process does: for work that takes long. Other processes only join. */
  readonly serves: boolean;
  /** Used where no process serves and this one does not either. */
  readonly local: RequestBudget;
  readonly clock: Clock;
  readonly log: Log;
}

interface Waiting {
  readonly requests: number;
  readonly priority: Priority;
  readonly grant: (requests: number) => void;
}

/** Requests in flight, of all processes together, while no limit is known. */
const FIRST_UNDER_WAY = 80;

/** Milliseconds between two pings while requests wait, and how many may be missed before the serving process counts as dead. */
const PING = 300;
const MISSING = 4;

/** Milliseconds without a grant, beyond the backoff and one window, after which a process that only joins continues on its own. */
const LONGEST_WAIT = 10_000;

/** Milliseconds until a place that could not be used, or where no process served, is tried again. */
const TRY_AGAIN = 30_000;
const LOOK_AGAIN = 1_000;

/**
 * The budget of all processes of this machine and user. The first process serves the budget over a socket; the others send requests to
 * it. If it exits or hangs, another takes over with the last known limit. Nothing is locked; a process that cannot connect uses its
 * own budget.
 */
export function machineBudget({ sockets, serves, local, clock, log }: MachineBudgetOptions): RequestBudget {
  const waiting = new Map<number, Waiting>();
  let next = 0;
  let link: BudgetLink | undefined;
  let opening = false;
  let isClosed = false;
  let known: BudgetState | undefined;
  let localUntil = 0;
  let missedPings = 0;
  let grantedAt = 0;
  let stopWatching: (() => void) | undefined;

  const openOwn = (): LocalBudget => {
    const now = clock.monotonic();
    const onLimit: LocalBudgetOptions['onLimit'] = (limit) =>
      saveLimit(sockets.limitFile, limit, clock.now());
    const own = localBudget(clock, { firstUnderWay: FIRST_UNDER_WAY, onLimit });
    const limit = readLimit(sockets.limitFile, clock.now());
    const saved = limit && { limit, windowStart: now, used: 0, blockedUntil: 0 };
    const state = known?.limit === undefined ? saved : known;
    if (state !== undefined) own.restore(state);
    return own;
  };

  /** Opens a link and sends what waits. @param above sockets up to this number do not respond */
  async function open(above: number): Promise<void> {
    if (opening) return;
    opening = true;
    let isOver = false;
    let opened: BudgetLink | undefined;
    const onEnd = () => {
      isOver = true;
      if (link === opened) lost();
    };
    try {
      opened = await openLink({ sockets, clock, open: serves ? openOwn : undefined, above, onGrant, onEnd });
      if (opened === undefined) useLocalBudget(LOOK_AGAIN);
    } catch (error) {
      log('info', 'the budget of this machine is not used', { reason: String(error) });
      useLocalBudget(TRY_AGAIN);
    }
    opening = false;
    missedPings = 0;
    if (isClosed) return opened?.close();
    if (isOver) return lost();
    link = opened;
    for (const [take, { requests, priority }] of waiting) link?.send({ take, requests, priority });
  }

  function onGrant({ granted, requests = 0, state }: BudgetReply): void {
    missedPings = 0;
    known = state;
    if (granted === undefined) return;
    grantedAt = clock.monotonic();
    const one = waiting.get(granted);
    waiting.delete(granted);
    if (one === undefined) link?.send({ released: requests });
    else one.grant(requests);
    watch();
  }

  /** The serving process ended: what waits is sent to the next one. */
  function lost(): void {
    link = undefined;
    if (waiting.size > 0) void open(0);
  }

  function useLocalBudget(milliseconds: number): void {
    localUntil = isClosed ? Number.POSITIVE_INFINITY : clock.monotonic() + milliseconds;
    const all = [...waiting.values()];
    waiting.clear();
    watch();
    for (const { requests, priority, grant } of all)
      void Promise.resolve(local.take(requests, priority)).then(grant);
  }

  /** While requests wait, a process that is suspended or hangs is noticed by its silence. */
  function watch(): void {
    if (waiting.size === 0) {
      stopWatching?.();
      stopWatching = undefined;
    } else
      stopWatching ??= clock.after(PING, () => {
        stopWatching = undefined;
        missedPings += 1;
        if (!serves && link !== undefined && isStuck()) return leave(link);
        if (link === undefined || missedPings <= MISSING) link?.send({ ping: true });
        else {
          const silent = link;
          link = undefined;
          silent.close();
          void open(silent.number);
        }
        watch();
      });
  }

  /** Whether the serving process responds and grants nothing, although it could. */
  function isStuck(): boolean {
    const since = Math.max(grantedAt, known?.blockedUntil ?? 0);
    return clock.monotonic() - since > LONGEST_WAIT + (known?.limit?.window ?? 0);
  }

  function leave(stuck: BudgetLink): void {
    log('info', 'no grant from the shared budget for 10 seconds; using a budget for this process only', {});
    link = undefined;
    stuck.close();
    useLocalBudget(TRY_AGAIN);
  }

  return {
    take(requests, priority, signal) {
      if (link === undefined && clock.monotonic() < localUntil) return local.take(requests, priority, signal);
      return waitForGrant(signal, (deliver) => {
        const take = next++;
        const grant = (granted: number) => {
          if (signal?.aborted) local.released?.(granted);
          deliver(granted);
        };
        waiting.set(take, { requests, priority, grant });
        if (waiting.size === 1) {
          missedPings = 0;
          grantedAt = clock.monotonic();
        }
        if (link === undefined) void open(0);
        else link.send({ take, requests, priority });
        watch();
        return () => {
          if (waiting.delete(take)) link?.send({ cancel: take });
          watch();
        };
      });
    },
    refused(retryAfter, requests = 1) {
      if (link === undefined) local.refused(retryAfter, requests);
      else link.send({ refused: requests, retryAfter });
    },
    accepted(requests) {
      if (link === undefined) local.accepted?.(requests);
      else link.send({ accepted: requests });
    },
    released(requests) {
      if (link === undefined) local.released?.(requests);
      else link.send({ released: requests });
    },
    close() {
      isClosed = true;
      const closing = link;
      link = undefined;
      closing?.close();
      useLocalBudget(0);
    },
    opensAt() {
      if (link === undefined) return local.opensAt?.();
      if (waiting.size === 0 || known === undefined) return undefined;
      return known.blockedUntil > clock.monotonic() ? known.blockedUntil : undefined;
    },
  };
}
