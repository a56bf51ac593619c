import type { Clock } from '../base/clock';
import { linkedAbort } from '../base/linked-abort';
import type { Log } from '../base/log';
import type { RequestBudget } from '../budget/budget';
import { type BackoffState, parseRetryAfter } from '../http/retry';
import type { HttpRequest, HttpResponse, Transport } from '../http/transport';
import { adaptiveConcurrency } from './adaptive-concurrency';
import { BATCH_SIZE, batchRequest, batchResponses, isBatchRejected } from './batch';
import {
  abortWhenAbandoned,
  byPriority,
  type PendingRequest,
  type RequestQueue,
  type ResponseWaiter,
  removeFromQueue,
  type SendOptions,
  sharedAbortListener,
} from './request-queue';

/** The requests of all commands of one instance on their way to Graph. */
export type GraphTraffic = (request: HttpRequest, sending: SendOptions) => Promise<HttpResponse>;

export interface TrafficPorts {
  readonly transport: Transport;
  readonly log: Log;
  readonly clock: Clock;
  readonly budget?: RequestBudget | undefined;
  /** The backoff after a 429, shared by all commands. */
  readonly backoffState: BackoffState;
}

/** Pages of lists at once, at the start. */
const LISTS = 8;

/**
 * Sends the requests of all commands of an instance: what is sent at about the same time shares `$batch` requests of 20, equal
 * requests are sent once, and nothing is sent while Graph said to wait. Each request gets its own response, as if it had been
 * sent alone, so its command retries, waits and fails by that response. Where batches are rejected, every request is sent alone.
 */
export function batchingTransport({
  transport,
  log,
  clock,
  budget,
  backoffState,
}: TrafficPorts): GraphTraffic {
  const pending = new Map<string, PendingRequest>();
  const onAbort = sharedAbortListener();
  let size = BATCH_SIZE;
  let stopWaiting: (() => void) | undefined;
  let waitedUntil = 0;
  const lane = (first: number | undefined, most: () => number): RequestQueue => ({
    concurrency: adaptiveConcurrency(clock.monotonic, first),
    size: most,
    queue: [],
    claimed: 0,
    abandoned: linkedAbort(undefined),
  });
  const unbatched = lane(LISTS, () => 1);
  const batched = lane(undefined, () => size);
  /** Members that a batch response left out: each is sent once more, alone. */
  const leftOut: PendingRequest[] = [];

  /** After the current turn, in which others may still join. */
  function schedule(): void {
    setImmediate(() => {
      if (isBackingOff()) return;
      for (const waiting of [batched, unbatched])
        while (ready(waiting) > 0 && waiting.concurrency.begin()) void sendNextGroup(waiting);
    });
  }

  function ready(waiting: RequestQueue): number {
    const extra = waiting === batched ? leftOut.length : 0;
    return waiting.queue.length + extra - waiting.claimed;
  }

  /** Whether Graph requested a wait. Fails requests without time for it; the others stay in the queue. */
  function isBackingOff(): boolean {
    const { backoff } = backoffState;
    const wait = (backoff?.until ?? 0) - clock.monotonic();
    if (backoff === undefined || wait <= 0 || backoff.until <= waitedUntil) return false;
    for (const waiting of [batched.queue, leftOut, unbatched.queue])
      for (const entry of [...waiting])
        for (const member of [...entry.waiters])
          if (member.deadline <= backoff.until)
            removeWaiter(entry, member, () => member.reject(backoff.error));
    if (pending.size > 0 && stopWaiting === undefined)
      stopWaiting = clock.after(wait, () => {
        stopWaiting = undefined;
        waitedUntil = backoff.until;
        schedule();
      });
    return true;
  }

  async function sendNextGroup(waiting: RequestQueue): Promise<void> {
    const claim = Math.min(waiting.size(), ready(waiting));
    const permitted = await permittedOf(waiting, claim);
    const group = permitted > 0 ? next(waiting, permitted) : [];
    // Requests that were cancelled in the meantime give back what was taken for them: others wait for it.
    if (group.length < permitted) budget?.released?.(permitted - group.length);
    const [first, ...others] = group;
    if (first === undefined) waiting.concurrency.release();
    else waiting.concurrency.end(await sendGroupNow(first, others));
    if (pending.size > 0) schedule();
  }

  /** Waits for the budget while a command waits for a response. @returns number of requests that may be sent */
  async function permittedOf(waiting: RequestQueue, claim: number): Promise<number> {
    if (budget === undefined) return claim;
    const { signal } = waiting.abandoned;
    waiting.claimed += claim;
    try {
      const [entry] = byPriority(waiting.queue);
      const granted = await budget.take(claim, entry?.options.priority ?? 'interactive', signal);
      if (!isBackingOff()) return granted;
      budget.released?.(granted);
      return 0;
    } catch (error) {
      if (!signal.aborted)
        for (const entry of next(waiting, claim)) settle(entry, (member) => member.reject(error));
      return 0;
    } finally {
      waiting.claimed -= claim;
    }
  }

  /** A batch is sent with one token: while a refused one is replaced, the old and the new are in use side by side. */
  function next(waiting: RequestQueue, most: number): readonly PendingRequest[] {
    if (waiting === batched && leftOut.length > 0) return leftOut.splice(0, 1);
    const ordered = byPriority(waiting.queue);
    const token = ordered[0]?.request.headers.authorization;
    const group = new Set<PendingRequest>();
    for (const entry of ordered) {
      if (group.size >= most) break;
      if (entry.request.headers.authorization === token) group.add(entry);
    }
    removeFromQueue(waiting.queue, group);
    return [...group];
  }

  /** Sends a group and hands out the responses. @returns whether Graph refused one of them with 429 */
  async function sendGroupNow(first: PendingRequest, others: readonly PendingRequest[]): Promise<boolean> {
    const group = [first, ...others];
    try {
      const responses =
        others.length === 0
          ? [
              await transport({
                ...first.request,
                timeout: timeLeft(first),
                signal: abortWhenAbandoned(group),
              }),
            ]
          : await inBatch(first, others);
      report(responses);
      for (const [place, entry] of group.entries()) {
        const response = responses[place];
        if (response === undefined && entry.waiters.size > 0) leftOut.push(entry);
        else if (response !== undefined) settle(entry, (member) => member.resolve(response));
      }
      return responses.some((response) => response?.status === 429);
    } catch (error) {
      budget?.released?.(group.length);
      for (const entry of group) settle(entry, (member) => member.reject(error));
      return false;
    }
  }

  function report(responses: readonly (HttpResponse | undefined)[]): void {
    const refused = responses.filter((response) => response?.status === 429);
    const seconds = refused.map((response) => parseRetryAfter(response?.headers['retry-after'], clock.now()));
    if (refused.length < responses.length) budget?.accepted?.(responses.length - refused.length);
    if (refused.length === 0) return;
    const longest = Math.max(0, ...seconds.map((wait) => wait ?? 0)) * 1000;
    budget?.refused(longest > 0 ? longest : undefined, refused.length);
  }

  /** Undefined in the place of what has to be sent alone. */
  async function inBatch(
    first: PendingRequest,
    others: readonly PendingRequest[],
  ): Promise<readonly (HttpResponse | undefined)[]> {
    const group = [first, ...others];
    const request = batchRequest([first.request, ...others.map((entry) => entry.request)]);
    // Bytes of a batch count against a command only where all of it belongs to that command.
    const { memory } = first.request;
    const isOneCommand = group.every((entry) => entry.request.memory === memory);
    const response = await transport({
      ...request,
      timeout: timeLeft(first),
      signal: abortWhenAbandoned(group),
      memory: isOneCommand ? memory : undefined,
    });
    if (isBatchRejected(response)) {
      size = 1;
      log('warn', 'batches are rejected', { status: response.status });
      return group.map(() => undefined);
    }
    if (response.status >= 400) return group.map(() => response);
    const responses = batchResponses(response, log) ?? [];
    return group.map((_, place) => responses[place]);
  }

  /** Milliseconds for the exchange of a request that may have waited for the budget. */
  function timeLeft({ request, options }: PendingRequest): number {
    const { outageEnds = Number.POSITIVE_INFINITY } = options;
    return Math.max(1, Math.min(request.timeout, outageEnds - clock.monotonic()));
  }

  function settle(entry: PendingRequest, deliver: (member: ResponseWaiter) => void): void {
    pending.delete(entry.key);
    for (const member of entry.waiters) deliver(member);
    entry.waiters.clear();
  }

  function removeWaiter(entry: PendingRequest, member: ResponseWaiter, deliver: () => void): void {
    entry.waiters.delete(member);
    deliver();
    if (entry.waiters.size > 0) return;
    if (pending.get(entry.key) === entry) pending.delete(entry.key);
    for (const waiting of [batched.queue, leftOut, unbatched.queue]) {
      const place = waiting.indexOf(entry);
      if (place >= 0) waiting.splice(place, 1);
    }
    const { inFlight: own } = entry;
    if (own !== undefined) {
      own.left -= 1;
      if (own.left === 0) own.abandoned.abort();
    }
    for (const waiting of [batched, unbatched])
      if (waiting.queue.length === 0 && waiting.claimed > 0) {
        waiting.abandoned.abort();
        waiting.abandoned = linkedAbort(undefined);
      }
    if (pending.size > 0) return;
    stopWaiting?.();
    stopWaiting = undefined;
  }

  return (request, options) =>
    new Promise((resolve, reject) => {
      const { signal } = request;
      if (signal?.aborted) return reject(signal.reason);
      const key = `${request.method} ${request.url} ${request.headers.authorization}`;
      const known = pending.get(key);
      const entry: PendingRequest = known ?? {
        key,
        request,
        options,
        waiters: new Set(),
      };
      const abort = () => removeWaiter(entry, member, () => reject(signal?.reason));
      const forget = signal === undefined ? () => {} : onAbort(signal, abort);
      const member: ResponseWaiter = {
        deadline: options.deadline ?? Number.POSITIVE_INFINITY,
        resolve(response) {
          forget();
          resolve(response);
        },
        reject(error) {
          forget();
          reject(error);
        },
      };
      entry.waiters.add(member);
      if (known !== undefined) return;
      pending.set(key, entry);
      const { queue } = options.batched ? batched : unbatched;
      // Rows are written in order: one that was rejected delays all rows after it.
      if (request.isRetry) queue.unshift(entry);
      else queue.push(entry);
      schedule();
    });
}
