import type { AbortSignalLike } from '../base/plain-abort';

/** The priority of a request: for a user, a scheduled fetch, or a long list. Lower classes wait for higher ones. */
export type Priority = 'interactive' | 'fetch' | 'bulk';

/** The classes, most urgent first. */
export const PRIORITIES: readonly Priority[] = ['interactive', 'fetch', 'bulk'];

/** Milliseconds that one refusal blocks a budget for at most. After a longer `Retry-After`, requests probe whether Graph accepts them. */
export const LONGEST_BLOCK = 3_600_000;

/**
 * Port: the request budget that all commands of one tenant and application share. Called just before the transport: a batch
 * takes one for each of its members, a page takes one.
 */
export interface RequestBudget {
  /**
   * Waits until requests may be sent; returns a number, not a promise, if nothing delays them: a promise for each request costs time.
   * @returns number of requests: all, or a single one that probes whether Graph accepts requests again
   * @throws the signal's reason when it is aborted first
   */
  take(requests: number, priority: Priority, signal?: AbortSignalLike): number | Promise<number>;
  /**
   * Reports a 429.
   * @param retryAfter milliseconds to wait as requested by Graph; undefined if it named no time
   * @param requests number of requests rejected together, 1 by default
   */
  refused(retryAfter: number | undefined, requests?: number): void;
  /** Reports requests that Graph did not refuse; a budget that does not learn ignores it. */
  accepted?(requests: number): void;
  /** Gives back requests that were taken and not sent, or that got no response. */
  released?(requests: number): void;
  /** Returns the time on the monotonic clock at which a waiting request may be sent; undefined if none waits or the time is unknown. */
  opensAt?(): number | undefined;
  /** Closes the link to other processes; later requests are granted by this process alone. */
  close?(): void;
}

/** The limit learned from 429 responses, complete enough for another process to continue with it. Times are of the monotonic clock. */
export interface BudgetState {
  /** Undefined if no limit is known. */
  readonly limit: { readonly requests: number; readonly window: number } | undefined;
  readonly windowStart: number;
  /** Requests that were granted since then. */
  readonly used: number;
  /** Nothing is granted before. */
  readonly blockedUntil: number;
}
