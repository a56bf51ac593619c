import { PluginError } from './errors';
import { type AbortSignalLike, PlainAbort } from './plain-abort';

/** A separate signal that also aborts with another one. */
export interface LinkedAbort {
  readonly signal: AbortSignalLike;
  abort(reason?: unknown): void;
  /** Ends the link; to be called when the work is over. */
  unlink(): void;
}

/**
 * Links a new signal to one that may live for much longer. `AbortSignal.any` would keep a few kilobytes in the long-lived signal for each
 * call, as measured on Node 20.
 * @param outer of the program that uses the library, so it may be anything; null is none
 * @throws PluginError ARGUMENT_INVALID for a value that is not an AbortSignal
 */
export function linkedAbort(outer: AbortSignalLike | null | undefined): LinkedAbort {
  const own = new PlainAbort();
  try {
    const follow = () => own.abort(outer?.reason);
    if (outer?.aborted) follow();
    else outer?.addEventListener('abort', follow);
    const unfollow = () => outer?.removeEventListener('abort', follow);
    return { signal: own, abort: (reason) => own.abort(reason), unlink: () => quietly(unfollow) };
  } catch (error) {
    throw notASignal(error);
  }
}

/** What imitates a signal may throw; the work is over by then. */
function quietly(call: () => void): void {
  try {
    call();
  } catch {}
}

/** A program without types may pass `{signal}`, as many other libraries take it. */
function notASignal(cause: unknown): PluginError {
  return new PluginError('ARGUMENT_INVALID', 'What cancels the command is not an AbortSignal.', {
    hint: 'Pass the signal itself: execute(command, args, signal), or run(command, args, { signal }).',
    cause,
  });
}
