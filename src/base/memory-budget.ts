import { BOUNDS } from './bounds';
import { PluginError } from './errors';

/** Bytes that one command, document or message may contain. */
export interface MemoryBudget {
  /**
   * Counts bytes before they are kept.
   * @throws PluginError TOO_LARGE naming the bound, from the first byte above it.
   */
  take(bytes: number): void;
}

/** Below this many bytes V8 is not requested its limit: that costs start-up time. */
const SMALL = 8 * 1024 * 1024;

const MIB = 1024 * 1024;

/**
 * Opens a budget; a process with a small heap gets a share of it.
 * @param holder the owner of the bytes, as the subject of a sentence: "The responses to one command".
 */
export function memoryBudget(holder: string, most: number = BOUNDS.commandBytes): MemoryBudget {
  let taken = 0;
  let limit: number | undefined;
  return {
    take(bytes) {
      taken += bytes;
      if (taken <= Math.min(SMALL, most)) return;
      limit ??= Math.min(most, Math.floor(heapLimit() * BOUNDS.heapShare));
      if (taken > limit)
        throw new PluginError('TOO_LARGE', `${holder} exceeded ${Math.floor(limit / MIB)} MiB.`, {
          hint: 'Request less: a lower limit, fewer observables, or fewer properties with $select.',
        });
    },
  };
}

function heapLimit(): number {
  return process.getBuiltinModule('node:v8').getHeapStatistics().heap_size_limit;
}
