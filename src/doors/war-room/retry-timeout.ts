import { type Clock, sleep } from '../../base/clock';
import { PluginError } from '../../base/errors';
import { linkedAbort } from '../../base/linked-abort';
import type { AbortSignalLike } from '../../base/plain-abort';
import { counted } from '../../base/sanitize';
import type { Outcome } from '../../engine/invocation';
import { isErrorEntry } from '../../xsoar/entry';
import type { SystemArguments } from '../../xsoar/system-arguments';

/** Runs a failed command again, as set by `retry-count` and `retry-interval`, unless some of its rows were already passed on. */
export async function withRetries(
  { retryCount, retryInterval }: SystemArguments,
  clock: Clock,
  signal: AbortSignalLike | undefined,
  attempt: () => Promise<Outcome>,
  final: () => boolean,
): Promise<Outcome> {
  for (let left = retryCount; ; left--) {
    const outcome = await attempt();
    if (left === 0 || final() || signal?.aborted || !outcome.entries.some(isErrorEntry)) return outcome;
    try {
      await sleep(clock, retryInterval * 1000, signal);
    } catch {
      // Cancelled while waiting: the last failure is the result.
      return outcome;
    }
  }
}

/** Ends a command after `execution-timeout`, with an error entry like every other timeout. */
export async function withTimeout(
  command: string,
  { executionTimeout }: SystemArguments,
  clock: Clock,
  signal: AbortSignalLike | undefined,
  work: (signal: AbortSignalLike | undefined) => Promise<Outcome>,
): Promise<Outcome> {
  if (executionTimeout === undefined) return work(signal);
  const deadline = linkedAbort(signal);
  const overtime = new PluginError(
    'TIMED_OUT',
    `${command} timed out after ${counted(executionTimeout, 'second')}.`,
    {
      hint: 'Raise execution-timeout, or request less at once.',
    },
  );
  const stop = clock.after(executionTimeout * 1000, () => deadline.abort(overtime));
  try {
    return await work(deadline.signal);
  } finally {
    stop();
    deadline.unlink();
  }
}
