import type { AbortListenable } from '../base/plain-abort';
import { abortError } from '../http/retry';
import { isLongList, type LooseArgs, VALUES_OF_A_TURN } from './plan';

/**
 * Plans arguments with a long list part by part, so that timers and signals are noticed in between. What several parts have in common is kept once.
 * @param planPart plans arguments that contain a part of the list, which has two values at least
 * @param keyOf equal for what is planned of equal values
 * @throws PluginError TIMED_OUT or CANCELLED, and what `planPart` throws
 */
export async function inTurns<T>(
  args: LooseArgs,
  signal: AbortListenable,
  planPart: (args: LooseArgs) => readonly T[],
  keyOf: (planned: T) => string,
): Promise<readonly T[]> {
  const [name = '', given] = Object.entries(args).find(([, value]) => isLongList(value)) ?? [];
  const values = [...new Set(given as readonly unknown[])];
  const size = Math.ceil(values.length / Math.ceil(values.length / VALUES_OF_A_TURN));
  const found = new Map<string, T>();
  for (let at = 0; at < values.length; at += size) {
    for (const planned of planPart({ ...args, [name]: values.slice(at, at + size) })) {
      const key = keyOf(planned);
      if (!found.has(key)) found.set(key, planned);
    }
    await new Promise(setImmediate);
    if (signal.aborted) throw abortError(signal);
  }
  return [...found.values()];
}
