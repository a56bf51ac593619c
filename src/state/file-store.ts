import { rename } from 'node:fs/promises';
import { type Clock, systemClock } from '../base/clock';
import { PluginError } from '../base/errors';
import { isRecord, parseJson } from '../base/json';
import type { Log } from '../base/log';
import { type AbortSignalLike, PlainAbort } from '../base/plain-abort';
import { shownPath } from '../base/sanitize';
import type { StatePaths } from '../base/user-paths';
import { isMissing, isSystemError, readOwned, replaceFile, unavailable } from './files';
import { keyToWrite, readKey } from './key';
import { type Held, withLock } from './lock';
import { seal, unseal } from './seal';
import type { State, Store } from './store';

interface FileStorePorts {
  readonly log: Log;
  readonly clock?: Clock;
}

/**
 * The state as a file of the user's, encrypted and replaced as a whole, so that it can be read at any time and without the lock;
 * changes take turns, whichever process makes them. A file that cannot be decrypted counts as empty: it is moved aside, so
 * that this is reported once.
 */
export function fileStore(place: StatePaths, { log, clock = systemClock }: FileStorePorts): Store {
  const { file } = place;

  /** Undefined for a file that is there and cannot be used. */
  async function load(): Promise<State | undefined> {
    const sealed = await readOwned(file, false).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    if (sealed === undefined) return {};
    const key = await readKey(place);
    const text = key && unseal(sealed, key);
    const state = text && parseJson(text);
    return isRecord(state) ? state : undefined;
  }

  async function loadOrSetAside(): Promise<State> {
    const state = await load();
    if (state !== undefined) return state;
    const aside = `${file}.damaged`;
    await rename(file, aside);
    log(
      'warn',
      'the state file cannot be read and was renamed; sign in again if the sign-in method needs a user',
      {
        file,
        movedTo: aside,
      },
    );
    return {};
  }

  async function save(state: State, held: Held): Promise<void> {
    const key = await keyToWrite(place, held.scratch);
    if (!(await held.isOurs())) throw takenOver();
    await replaceFile(file, seal(JSON.stringify(state), key), held.scratch);
  }

  function locked<T>(
    work: (held: Held) => Promise<T>,
    signal: AbortSignalLike = new PlainAbort(),
  ): Promise<T> {
    return withLock(`${file}.lock`, clock, signal, work);
  }

  return {
    read: () =>
      withFileErrors(
        async () => (await load()) ?? (await locked(loadOrSetAside)),
        `The state file ${shownPath(file)} cannot be read`,
      ),
    update: (change, signal) =>
      withFileErrors(
        () =>
          locked(async (held) => {
            const before = await loadOrSetAside();
            const after = await change(before);
            if (after !== before) await save(after, held);
          }, signal),
        `The state file ${shownPath(file)} cannot be changed`,
      ),
  };
}

/** Converts errors of the operating system to a PluginError; rethrows every other error unchanged. */
async function withFileErrors<T>(work: () => Promise<T>, what: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isSystemError(error) ? unavailable(what, error) : error;
  }
}

function takenOver(): PluginError {
  return new PluginError('STATE_UNAVAILABLE', 'Another process took the lock on the state file.', {
    hint: 'Run the command again.',
  });
}
