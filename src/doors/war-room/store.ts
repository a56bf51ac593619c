import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Clock, systemClock } from '../../base/clock';
import { PluginError } from '../../base/errors';
import { isRecord, parseJson } from '../../base/json';
import { makeFolder } from '../../base/owned-path';
import { quoted } from '../../base/sanitize';
import {
  FOLDER_MODE,
  isMissingOrBelowFile,
  isSystemError,
  replaceFile,
  unavailable,
} from '../../state/files';
import { type Held, withLock } from '../../state/lock';
import { asInvestigation, EMPTY_INVESTIGATION, type Investigation } from './investigation';
import type { Target } from './target';

/** The version of the file format. Version 1, without the field, had neither a target nor ids. */
const VERSION = 2;

/** Bytes of one investigation's file. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Milliseconds between two checks whether another process wrote. */
const POLL_INTERVAL = 250;

/** The investigations of one target, in one folder. */
export interface Investigations {
  /** @throws PluginError INVOCATION_UNREADABLE for a name that is not letters, digits, `_` and `-`. */
  open(name: string): InvestigationStore;
  names(): Promise<string[]>;
  /** @throws PluginError STATE_UNAVAILABLE if the old name does not exist, or the new name exists. */
  rename(from: string, to: string): Promise<void>;
  /** @throws PluginError STATE_UNAVAILABLE if the name does not exist. */
  remove(name: string): Promise<void>;
}

/** One investigation, which several processes may read and change. */
export interface InvestigationStore {
  readonly name: string;
  /** @throws PluginError STATE_UNAVAILABLE for a file that cannot be read or belongs to another target. */
  read(): Promise<Investigation>;
  /**
   * Applies a change to the newest stored form and writes the result. Changes of several processes follow one another.
   * @throws PluginError STATE_UNAVAILABLE if it cannot be written, or was renamed or deleted since it was read.
   */
  change(apply: (now: Investigation) => Investigation): Promise<Investigation>;
  /** Calls back when the stored form has changed, by this process or another; returns how to stop. */
  watch(onChange: (investigation: Investigation) => void): () => void;
}

/** Opens the investigations next to the state of the command line; those of a sandbox are in a separate folder. */
export function openInvestigations(
  stateFile: string,
  target: Target,
  clock: Clock = systemClock,
): Investigations {
  const base = join(dirname(stateFile), 'investigations');
  const folder = target.kind === 'sandbox' ? join(base, 'sandbox') : base;
  const never = new AbortController().signal;

  function locked<T>(what: string, work: (held: Held) => Promise<T>): Promise<T> {
    return asPluginError(what, async () => {
      makeFolder(folder, FOLDER_MODE);
      return withLock(join(folder, '.lock'), clock, never, work);
    });
  }

  return {
    open: (name) => openStore(fileOf(folder, name), name, target, locked),
    async names() {
      const files = await readdir(folder).catch((error: unknown) => {
        if (isMissingOrBelowFile(error)) return [];
        throw unavailable(`The folder ${folder} cannot be read`, error);
      });
      return files.flatMap((file) => /^([\w-]{1,64})\.json$/.exec(file)?.[1] ?? []);
    },
    rename: (from, to) =>
      locked(`The investigation ${from} cannot be renamed`, async () => {
        const [source, destination] = [fileOf(folder, from), fileOf(folder, to)];
        if (!(await exists(source))) throw notThere(from);
        if (await exists(destination))
          throw new PluginError('STATE_UNAVAILABLE', `An investigation named "${to}" already exists.`, {
            hint: 'Choose another name.',
          });
        await rename(source, destination);
      }),
    remove: (name) =>
      locked(`The investigation ${name} cannot be deleted`, async () => {
        const file = fileOf(folder, name);
        if (!(await exists(file))) throw notThere(name);
        await rm(file);
      }),
  };
}

type Locked = <T>(what: string, work: (held: Held) => Promise<T>) => Promise<T>;

interface Loaded {
  /** Changes whenever the file is replaced. */
  readonly stamp: string;
  readonly investigation: Investigation;
}

function openStore(file: string, name: string, target: Target, locked: Locked): InvestigationStore {
  let last: Loaded | undefined;

  async function load(): Promise<Loaded> {
    const stamp = await stampOf(file);
    if (last?.stamp === stamp) return last;
    // A file that was there and is gone was renamed or deleted; an empty one would quietly start again.
    if (stamp === '' && last !== undefined) throw gone(name);
    const investigation = stamp === '' ? EMPTY_INVESTIGATION : await readFrom(file, name, target);
    last = { stamp, investigation };
    return last;
  }

  return {
    name,
    read: () =>
      asPluginError(`The investigation ${name} in ${file} cannot be read`, async () => {
        return (await load()).investigation;
      }),
    change: (apply) =>
      locked(`The investigation ${name} cannot be written to ${file}`, async (held) => {
        const { investigation: before } = await load();
        const investigation = apply(before);
        if (investigation === before) return before;
        const text = JSON.stringify({ version: VERSION, target, ...investigation });
        if (Buffer.byteLength(text) > MAX_BYTES) throw tooLarge(name);
        if (!(await held.isOurs())) throw overtaken(name);
        await replaceFile(file, text, held.scratch);
        last = { stamp: await stampOf(file), investigation };
        return investigation;
      }),
    watch(onChange) {
      let checking = false;
      let seen = last?.stamp ?? '';
      async function check(): Promise<void> {
        const { stamp, investigation } = await load();
        if (stamp === seen) return;
        seen = stamp;
        onChange(investigation);
      }
      const timer = setInterval(() => {
        if (checking) return;
        checking = true;
        // What cannot be read is reported by the next read or change, which has a caller to report it to.
        check()
          .catch(() => {})
          .finally(() => {
            checking = false;
          });
      }, POLL_INTERVAL);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}

function fileOf(folder: string, name: string): string {
  if (/^[\w-]{1,64}$/.test(name)) return join(folder, `${name}.json`);
  const shown = quoted(name);
  throw new PluginError('INVOCATION_UNREADABLE', `${shown} cannot be the name of an investigation.`, {
    hint: 'Use up to 64 letters, digits, _ and -.',
  });
}

async function stampOf(file: string): Promise<string> {
  try {
    const { ino, mtimeNs, size } = await stat(file, { bigint: true });
    return `${ino} ${mtimeNs} ${size}`;
  } catch (error) {
    if (isMissingOrBelowFile(error)) return '';
    throw error;
  }
}

async function exists(file: string): Promise<boolean> {
  return (await stampOf(file)) !== '';
}

async function readFrom(file: string, name: string, target: Target): Promise<Investigation> {
  if ((await stat(file)).size > MAX_BYTES) throw tooLarge(name);
  const stored = parseJson(await readFile(file, 'utf8'));
  const version = isRecord(stored) ? (stored.version ?? 1) : undefined;
  if (Number(version) > VERSION)
    throw new PluginError('STATE_UNAVAILABLE', `${file} was written by a newer version of mdti.`, {
      hint: 'Update mdti, or use another name.',
    });
  const investigation = asInvestigation(stored);
  if (investigation === undefined || !isRecord(stored))
    throw new PluginError('STATE_UNAVAILABLE', `${file} does not contain an investigation.`, {
      hint: 'Move the file away, or use another name.',
    });
  if (version !== 1 && !isDeepStrictEqual(stored.target, target))
    throw new PluginError('STATE_UNAVAILABLE', `The investigation "${name}" belongs to another tenant.`, {
      hint: 'Use another name, or the profile that the investigation was started with.',
    });
  return investigation;
}

async function asPluginError<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isSystemError(error) ? unavailable(what, error) : error;
  }
}

function notThere(name: string): PluginError {
  return new PluginError('STATE_UNAVAILABLE', `There is no investigation named "${name}".`, {
    hint: 'List them with /investigations.',
  });
}

function gone(name: string): PluginError {
  return new PluginError('STATE_UNAVAILABLE', `The investigation "${name}" was renamed or deleted.`, {
    hint: 'List the investigations with /investigations and open another one.',
  });
}

function tooLarge(name: string): PluginError {
  return new PluginError('STATE_UNAVAILABLE', `The investigation "${name}" would exceed 64 MiB.`, {
    hint: 'Save it with /export FILE and empty it with /clear, or start another one.',
  });
}

function overtaken(name: string): PluginError {
  return new PluginError(
    'STATE_UNAVAILABLE',
    `Another process took the lock on the investigation "${name}".`,
    {
      hint: 'Run the line again.',
    },
  );
}
