import { isRecord } from '../json';

/** What outlives a command (tokens, a pending device code), among keys that may not be ours. */
export type State = Readonly<Record<string, unknown>>;

/** Where the state lies. `update` reads, changes and writes as one step, however many commands run at once. */
export interface Store {
  read(): Promise<State>;
  update(change: (state: State) => State): Promise<void>;
}

/** A store for a door that gets the state with the command and hands it back with the answer. */
export interface MemoryStore extends Store {
  /** The state as it is now. */
  current(): State;
}

export function memoryStore(initial: unknown = {}): MemoryStore {
  let state = isRecord(initial) ? initial : {};
  return {
    current: () => state,
    read: async () => state,
    update: async (change) => {
      state = change(state);
    },
  };
}
