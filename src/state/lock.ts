import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, rm, rmdir, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, sleep } from '../base/clock';
import { codeOf } from '../base/errors';
import { isRecord, parseJson } from '../base/json';
import { makeFolder } from '../base/owned-path';
import type { AbortSignalLike } from '../base/plain-abort';
import { checkFolder, FILE_MODE, FOLDER_MODE, isMissing } from './files';
import { mayRun, thisProcess } from './lock-holder';

/*
 * A lock that outlives neither its holder nor a kill -9, made of files alone. A plain lock file does not do: two that find
 * it left behind by a dead process can each remove it, the second one that of the first. So the lock is a folder of
 * numbered tickets, and the highest number holds it. A process that finds the highest ticket given back, or its holder dead,
 * claims the next number, which the file system gives to one of them (link(2) fails where the name exists). A number never
 * comes twice while the folder exists: the highest ticket is emptied when it is given back, and removed only by the holder of a higher
 * one, or with the folder.
 */

/** Milliseconds between two signs of life of a holder, and after how many without one it counts as dead. */
const HEARTBEAT = 5_000;
const DEAD_AFTER = 30_000;

/** Milliseconds between two checks of a lock that another process has. */
const LOOK_AGAIN = 15;

/** How often the folder may be missing right after it was made: holders remove it, but not this often in a row. */
const MOST_REMOVALS = 100;

export interface Held {
  /** A path that no other process writes to while the lock is held. */
  readonly scratch: string;
  /** Whether the lock is still ours: a machine that slept may have lost it. */
  isOurs(): Promise<boolean>;
}

type Then = 'keep the folder' | 'remove the folder';

/**
 * Does some work while no other process does any under the same folder.
 * @param then whether the folder stays for the next lock
 * @throws the signal's reason where it ends the wait, and the system's errors.
 */
export async function withLock<T>(
  folder: string,
  clock: Clock,
  signal: AbortSignalLike,
  work: (held: Held) => Promise<T>,
  then: Then = 'keep the folder',
): Promise<T> {
  signal.throwIfAborted();
  const ticket = await claimed(folder, clock, signal);
  const { number, path } = ticket;
  const heartbeat = setInterval(() => void touch(path).catch(() => {}), HEARTBEAT);
  heartbeat.unref();
  try {
    await sweep(folder, number);
    return await work({ scratch: join(folder, `write-${number}`), isOurs: () => isOurs(folder, ticket) });
  } finally {
    clearInterval(heartbeat);
    await giveBack(folder, ticket, then).catch(() => {});
  }
}

interface Ticket {
  readonly number: number;
  readonly path: string;
  /** Different for each claim. */
  readonly text: string;
}

async function claimed(folder: string, clock: Clock, signal: AbortSignalLike): Promise<Ticket> {
  const isAlive = watch(clock);
  const isTaken = async (number: number) => {
    const path = join(folder, String(number));
    return number > 0 && (await isHeld(path)) && (await isAlive(path));
  };
  for (let removals = 0; ; ) {
    try {
      makeFolder(folder, FOLDER_MODE);
      checkFolder(folder);
      const top = await highest(folder);
      if (await isTaken(top)) {
        // A free lock is taken however long the machine takes to look at it: the signal ends the wait for another holder.
        signal.throwIfAborted();
        await sleep(clock, LOOK_AGAIN * (0.5 + Math.random()), signal);
        continue;
      }
      const ticket = await claim(folder, top + 1);
      if (ticket === undefined) continue;
      // In a folder that was removed and made again, the number below may be another holder's by now.
      if (!(await isTaken(top))) return ticket;
      await rm(ticket.path);
    } catch (error) {
      removals += 1;
      if (!isMissing(error) || removals > MOST_REMOVALS) throw error;
    }
  }
}

/** Claims a number; undefined if another process was faster. @throws the system's errors, ENOENT if the folder or the claim was removed */
async function claim(folder: string, number: number): Promise<Ticket | undefined> {
  const id = randomUUID();
  const mark = join(folder, `claim-${id}`);
  const path = join(folder, String(number));
  const text = JSON.stringify({ ...thisProcess(), claim: id });
  try {
    await writeFile(mark, text, { mode: FILE_MODE });
    await link(mark, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  } finally {
    await rm(mark, { force: true });
  }
  if ((await highest(folder)) === number) return { number, path, text };
  await rm(path, { force: true });
  return undefined;
}

/** Whether a ticket still has the lock: a process that slept may have lost it, and the folder may be another one by now. */
async function isOurs(folder: string, { number, path, text }: Ticket): Promise<boolean> {
  try {
    return (await highest(folder)) === number && (await readFile(path, 'utf8')) === text;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Ends a lock; tickets of later holders and files of others are kept. */
async function giveBack(folder: string, ticket: Ticket, then: Then): Promise<void> {
  if (!(await isOurs(folder, ticket))) return;
  if (then === 'keep the folder') return truncate(ticket.path);
  await sweep(folder, ticket.number + 1);
  await rmdir(folder);
}

async function isHeld(ticket: string): Promise<boolean> {
  try {
    const holder = parseJson(await readFile(ticket, 'utf8'));
    if (!isRecord(holder)) return false;
    if (Date.now() - (await stat(ticket)).mtimeMs > DEAD_AFTER) return false;
    return mayRun(holder);
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
}

/**
 * Returns whether a ticket shows signs of life, as seen by this process's own clock: the clock of another machine may be ahead, and its
 * last sign then stays in the future.
 */
function watch(clock: Clock): (ticket: string) => Promise<boolean> {
  let last = '';
  let since = 0;
  return async (ticket) => {
    const seen = `${ticket} ${await stat(ticket).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    )}`;
    if (seen !== last) since = clock.monotonic();
    last = seen;
    return clock.monotonic() - since <= DEAD_AFTER;
  };
}

/** Removes the remains of earlier holders: lower tickets, and scratch files of killed processes. */
async function sweep(folder: string, number: number): Promise<void> {
  const names = await readdir(folder);
  await removeOwn(
    folder,
    names.filter((name) => !(Number(name) >= number)),
  );
}

/** Removes the files of a lock among these; those of others are kept. */
async function removeOwn(folder: string, names: readonly string[]): Promise<void> {
  const remove = async (name: string) => {
    if (await isOwn(folder, name)) await rm(join(folder, name), { force: true });
  };
  await Promise.all(names.map(remove));
}

const TICKET_NAME = /^\d+$/;
const SCRATCH_NAME = /^(?:claim-[\da-f-]{36}|write-\d+)$/;

/** Whether a file belongs to a lock: a ticket, a claim or a scratch file. */
async function isOwn(folder: string, name: string): Promise<boolean> {
  return SCRATCH_NAME.test(name) || (TICKET_NAME.test(name) && isTicket(join(folder, name)));
}

/** The first characters of a ticket; one that was given back is empty. */
const TICKET = '{"process":';

async function isTicket(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => (isMissing(error) ? '' : undefined));
  if (text === undefined) return false;
  const holder = parseJson(text);
  return isRecord(holder) ? 'process' in holder : text.startsWith(TICKET) || TICKET.startsWith(text);
}

/** Whether a folder is missing, or contains nothing but files of a lock. */
export async function hasOnlyLockFiles(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  const own = await Promise.all(names.map((name) => isOwn(folder, name)));
  return own.every(Boolean);
}

async function highest(folder: string): Promise<number> {
  const numbers = (await readdir(folder)).filter((name) => TICKET_NAME.test(name)).map(Number);
  return Math.max(0, ...numbers);
}

async function touch(ticket: string): Promise<void> {
  const now = new Date();
  await utimes(ticket, now, now);
}
