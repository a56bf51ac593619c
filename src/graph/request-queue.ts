import type { LinkedAbort } from '../base/linked-abort';
import { type AbortSignalLike, PlainAbort } from '../base/plain-abort';
import type { Priority } from '../budget/budget';
import type { HttpRequest, HttpResponse } from '../http/transport';
import type { AdaptiveConcurrency } from './adaptive-concurrency';

/** Options that a command passes along with a request. */
export interface SendOptions {
  /** Whether it may share a `$batch` with others; a page of a list travels alone. */
  readonly batched: boolean;
  readonly priority?: Priority;
  /** The deadline of the command, on the monotonic clock. */
  readonly deadline?: number;
  /** End of the retry budget for an outage, on the monotonic clock; waiting for the request budget counts as well. */
  readonly outageEnds?: number;
}

/** Commands that wait for one response. */
export interface PendingRequest {
  readonly key: string;
  readonly request: HttpRequest;
  readonly options: SendOptions;
  readonly waiters: Set<ResponseWaiter>;
  /** The exchange that it travels in. */
  inFlight?: { left: number; readonly abandoned: PlainAbort };
}

export interface ResponseWaiter {
  readonly deadline: number;
  resolve(response: HttpResponse): void;
  reject(error: unknown): void;
}

/** Requests that wait, with the number of exchanges that may be in flight for them. */
export interface RequestQueue {
  readonly concurrency: AdaptiveConcurrency;
  readonly size: () => number;
  readonly queue: PendingRequest[];
  /** Requests that are claimed by exchanges which wait for the budget. */
  claimed: number;
  /** Aborted when no request is left that waits; then replaced. */
  abandoned: LinkedAbort;
}

const URGENCY: Readonly<Record<Priority, number>> = { interactive: 0, fetch: 1, bulk: 2 };

export function byPriority(queue: readonly PendingRequest[]): readonly PendingRequest[] {
  const urgency = ({ options }: PendingRequest) => URGENCY[options.priority ?? 'interactive'];
  const first = queue[0];
  if (first === undefined || queue.every((entry) => urgency(entry) === urgency(first))) return queue;
  return [...queue].sort((one, other) => urgency(one) - urgency(other));
}

/** Aborted when every command has left that waits for one of the requests. */
export function abortWhenAbandoned(group: readonly PendingRequest[]): AbortSignalLike {
  const exchange = { left: group.length, abandoned: new PlainAbort() };
  for (const entry of group) entry.inFlight = exchange;
  return exchange.abandoned;
}

/** Removes entries from a queue; most often they are its head. */
export function removeFromQueue<T>(queue: T[], group: ReadonlySet<T>): void {
  let heads = 0;
  for (let head = queue[heads]; head !== undefined && group.has(head); head = queue[heads]) heads += 1;
  queue.splice(0, heads);
  if (heads === group.size) return;
  const rest = queue.filter((entry) => !group.has(entry));
  queue.splice(0, queue.length, ...rest);
}

/** Calls back when a signal is aborted, with one listener for all callers: `removeEventListener` is linear in the number of listeners. */
export function sharedAbortListener(): (signal: AbortSignalLike, call: () => void) => () => void {
  const known = new WeakMap<AbortSignalLike, Set<() => void>>();
  return (signal, call) => {
    const calls = known.get(signal) ?? new Set();
    if (!known.has(signal)) {
      known.set(signal, calls);
      signal.addEventListener('abort', () => {
        for (const one of [...calls]) one();
      });
    }
    calls.add(call);
    return () => calls.delete(call);
  };
}
