import { setMaxListeners } from 'node:events';

/** A separate signal that also aborts with another one. */
export interface LinkedAbort {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
  /** Ends the link; to be called when the work is over. */
  unlink(): void;
}

/**
 * Links a new signal to one that may live for much longer. `AbortSignal.any` would keep a few kilobytes in the long-lived signal for each
 * call, as measured on Node 20.
 */
export function linkedAbort(outer: AbortSignal | undefined): LinkedAbort {
  const own = new AbortController();
  // Hundreds of waiting requests may listen to it; Node warns from eleven listeners on.
  setMaxListeners(0, own.signal);
  const follow = () => own.abort(outer?.reason);
  if (outer?.aborted) follow();
  else outer?.addEventListener('abort', follow, { once: true });
  return {
    signal: own.signal,
    abort: (reason) => own.abort(reason),
    unlink: () => outer?.removeEventListener('abort', follow),
  };
}
