import type { AbortSignalLike } from '../base/plain-abort';
import { takeTurn } from '../base/turns';
import { abortError } from '../http/retry';
import { type LooseArgs, VALUES_PER_PART } from './plan';

/**
 * Plans arguments with a long list part by part, so that timers and signals run in between. Steps that several parts share are returned once.
 * @param name the argument with the long list
 * @param planPart plans the arguments with one part of the list: never one value, unless all values are equal
 * @param keyOf returns the same key for steps of equal values
 * @throws PluginError TIMED_OUT or CANCELLED, and what `planPart` throws
 */
export async function planInParts<T>(
  args: LooseArgs,
  name: string,
  signal: AbortSignalLike,
  planPart: (args: LooseArgs) => readonly T[],
  keyOf: (planned: T) => string,
): Promise<readonly T[]> {
  const values = [...new Set(args[name] as readonly unknown[])];
  const size = Math.ceil(values.length / Math.ceil(values.length / VALUES_PER_PART));
  const found = new Map<string, T>();
  for (let at = 0; at < values.length; at += size) {
    for (const planned of planPart({ ...args, [name]: values.slice(at, at + size) }))
      found.set(keyOf(planned), planned);
    await takeTurn();
    if (signal.aborted) throw abortError(signal);
  }
  return [...found.values()];
}
