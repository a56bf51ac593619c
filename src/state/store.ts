import { isRecord } from '../base/json';
import type { AbortSignalLike } from '../base/plain-abort';

/** The data that outlives a command (tokens, a pending device code), among keys that may not be ours. */
export type State = Readonly<Record<string, unknown>>;

/** From the current state to the new one. */
export type Change = (state: State) => State | Promise<State>;

/**
 * The store of the state. `update` reads, changes and writes as one step: changes follow one another, however many commands
 * run at once, and a change that fails leaves the state unchanged. So a change may take its time, and a sign-in is made in it.
 */
export interface Store {
  read(): Promise<State>;
  /** @param signal aborts the wait for earlier changes; it does not interrupt a change in progress. */
  update(change: Change, signal?: AbortSignalLike): Promise<void>;
}

/** A store for an interface that gets the state with the command and hands it back with the result. */
export interface MemoryStore extends Store {
  /** The current state. */
  current(): State;
}

/** Returns the store with a callback that gets the whole state after each change. */
export function reporting(store: MemoryStore, onState: (state: State) => void): MemoryStore {
  return {
    ...store,
    async update(change, signal) {
      const before = store.current();
      await store.update(change, signal);
      if (store.current() !== before) onState(store.current());
    },
  };
}

export function memoryStore(initial: unknown = {}): MemoryStore {
  let state = isRecord(initial) ? initial : {};
  let last: Promise<void> = Promise.resolve();
  return {
    current: () => state,
    read: async () => state,
    update(change, signal) {
      const turn = last.then(async () => {
        signal?.throwIfAborted();
        state = await change(state);
      });
      last = turn.catch(() => {});
      return turn;
    },
  };
}
