import type { Clock } from '../../base/clock';
import { PluginError } from '../../base/errors';
import { type LinkedAbort, linkedAbort } from '../../base/linked-abort';
import type { AbortSignalLike } from '../../base/plain-abort';

/** The tool calls in progress, which may finish after the client closed stdin. */
export interface OpenCalls {
  /** @param signal the client's; `work` gets one that also aborts at the end of {@link drain} */
  run<T>(signal: AbortSignalLike, work: (signal: AbortSignalLike) => Promise<T>): Promise<T>;
  /** Resolves when no call is in progress. Calls that take longer than this time in milliseconds are cancelled. */
  drain(milliseconds: number): Promise<void>;
}

export function openCalls(clock: Clock): OpenCalls {
  const open = new Map<Promise<unknown>, LinkedAbort>();

  function cancelAll(): void {
    const reason = new PluginError('CANCELLED', 'mdti mcp is ending: its stdin was closed.', {
      hint: 'Keep stdin open until every call has its result.',
    });
    for (const call of open.values()) call.abort(reason);
  }

  return {
    run(signal, work) {
      const call = linkedAbort(signal);
      const result = work(call.signal).finally(() => {
        open.delete(result);
        call.unlink();
      });
      open.set(result, call);
      return result;
    },
    async drain(milliseconds) {
      const stop = clock.after(milliseconds, cancelAll);
      await Promise.allSettled(open.keys());
      stop();
    },
  };
}
