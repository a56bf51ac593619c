import type { Clock } from '../../base/clock';
import { PluginError } from '../../base/errors';
import type { Outcome } from '../../engine/invocation';
import { isErrorEntry } from '../../xsoar/entry';
import type { SystemArguments } from '../../xsoar/system-arguments';

/** Tries a failed command again, as `retry-count` and `retry-interval` say, unless what it did so far cannot be repeated. */
export async function withRetries(
  { retryCount, retryInterval }: SystemArguments,
  clock: Clock,
  signal: AbortSignal | undefined,
  attempt: () => Promise<Outcome>,
  final: () => boolean,
): Promise<Outcome> {
  for (let left = retryCount; ; left--) {
    const outcome = await attempt();
    if (left === 0 || final() || signal?.aborted || !outcome.entries.some(isErrorEntry)) return outcome;
    await new Promise<void>((resume) => clock.after(retryInterval * 1000, resume));
  }
}

/** Gives a command up after `execution-timeout`; as an entry, like every other end of time. */
export async function withTimeout(
  command: string,
  { executionTimeout }: SystemArguments,
  clock: Clock,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal | undefined) => Promise<Outcome>,
): Promise<Outcome> {
  if (executionTimeout === undefined) return work(signal);
  const deadline = new AbortController();
  const overtime = new PluginError(
    'TIMED_OUT',
    `${command} was given up after ${executionTimeout} seconds.`,
    {
      hint: 'Raise execution-timeout, or ask for less at once.',
    },
  );
  const stop = clock.after(executionTimeout * 1000, () => deadline.abort(overtime));
  try {
    return await work(signal === undefined ? deadline.signal : AbortSignal.any([signal, deadline.signal]));
  } finally {
    stop();
  }
}
