/** What is used of an AbortSignal by code that only has to know when to stop. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: AbortSignal['reason'];
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
  /** @throws the reason once it is aborted */
  throwIfAborted(): void;
}

/**
 * Signal and controller in one, for work that is done thousands of times. An AbortSignal takes ten times as long to make, and V8 keeps it
 * until the next full garbage collection, with all that its listeners refer to, as measured on Node 20.
 */
export class PlainAbort implements AbortSignalLike {
  aborted = false;
  reason: AbortSignal['reason'];
  readonly #listeners = new Set<() => void>();

  addEventListener(_: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  /**
   * Calls the listeners, once. Without a reason, code that throws it reports a cancellation, as with an AbortSignal.
   * @throws the first error of a listener, after all of them
   */
  abort(reason: unknown = new DOMException('This operation was aborted', 'AbortError')): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    const failures: unknown[] = [];
    for (const listener of this.#listeners)
      try {
        listener();
      } catch (error) {
        failures.push(error);
      }
    this.#listeners.clear();
    if (failures.length > 0) throw failures[0];
  }
}
