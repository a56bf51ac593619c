import { isPluginError } from '../../base/errors';
import type { Log } from '../../base/log';
import { memoryStore, type Store } from '../../state/store';

/** Uses the memory of this process where the store cannot be read or written, so that a command can go on; logs that once. */
export function fallbackStore(store: Store, log: Log): Store {
  const memory = memoryStore();
  let failed = false;

  async function first<T>(work: () => Promise<T>, instead: () => Promise<T>): Promise<T> {
    if (failed) return instead();
    try {
      return await work();
    } catch (error) {
      if (!isPluginError(error) || error.code !== 'STATE_UNAVAILABLE') throw error;
      failed = true;
      log('warn', 'the sign-in of this command was not saved', { reason: error.message });
      return instead();
    }
  }

  return {
    read: () => first(store.read, memory.read),
    update: (change, signal) =>
      first(
        () => store.update(change, signal),
        () => memory.update(change, signal),
      ),
  };
}
