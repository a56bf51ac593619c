import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, rm, rmdir, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Clock, sleep } from '../base/clock';
import { isRecord, parseJson } from '../base/json';
import { makeFolder } from '../base/owned-path';
import { checkFolder, codeOf, FILE_MODE, FOLDER_MODE, isMissing } from './files';

/*
 * A lock that outlives neither its holder nor a kill -9, made of files alone. A plain lock file does not do: two that find
 * it left behind by a dead process can each remove it, the second one that of the first. So the lock is a folder of
 * numbered tickets, and the highest number holds it. A process that finds the highest ticket given back, or its holder dead,
 * claims the next number, which the file system gives to one of them (link(2) fails where the name exists). A number never
 * comes twice: the highest ticket is emptied when it is given back, and removed only by the holder of a higher one.
 */

/** Milliseconds between two signs of life of a holder, and after how many without one it counts as dead. */
const HEARTBEAT = 5_000;
const DEAD_AFTER = 30_000;

/** Milliseconds between two checks of a lock that another process has. */
const LOOK_AGAIN = 15;

/** Distinguishes this process from an earlier one with its number: in a container that is often 1. */
const LIFE = randomUUID();

export interface Held {
  /** A path that no other process writes to while the lock is held. */
  readonly scratch: string;
  /** Whether the lock is still ours: a machine that slept may have lost it. */
  isOurs(): Promise<boolean>;
}

/**
 * Does some work while no other process does any under the same folder.
 * @throws the signal's reason where it ends the wait, and the system's errors.
 */
export async function withLock<T>(
  folder: string,
  clock: Clock,
  signal: AbortSignal,
  work: (held: Held) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  makeFolder(folder, FOLDER_MODE);
  checkFolder(folder);
  const number = await claimed(folder, clock, signal);
  const ticket = join(folder, String(number));
  const heartbeat = setInterval(() => void touch(ticket).catch(() => {}), HEARTBEAT);
  heartbeat.unref();
  try {
    await sweep(folder, number);
    return await work({
      scratch: join(folder, `write-${number}`),
      isOurs: async () => (await highest(folder)) === number,
    });
  } finally {
    clearInterval(heartbeat);
    await truncate(ticket).catch(() => {});
  }
}

async function claimed(folder: string, clock: Clock, signal: AbortSignal): Promise<number> {
  const isAlive = watch(clock);
  for (;;) {
    const top = await highest(folder);
    const ticket = join(folder, String(top));
    if (top > 0 && (await isHeld(ticket)) && (await isAlive(ticket))) {
      // A free lock is taken however long the machine takes to look at it: the signal ends the wait for another holder.
      signal.throwIfAborted();
      await sleep(clock, LOOK_AGAIN * (0.5 + Math.random()), signal);
    } else if (await claim(folder, top + 1)) {
      return top + 1;
    }
  }
}

async function claim(folder: string, number: number): Promise<boolean> {
  const mark = join(folder, `claim-${randomUUID()}`);
  const ticket = join(folder, String(number));
  await writeFile(mark, JSON.stringify({ process: process.pid, life: LIFE, machine: hostname() }), {
    mode: FILE_MODE,
  });
  try {
    await link(mark, ticket);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || isMissing(error)) return false;
    throw error;
  } finally {
    await rm(mark, { force: true });
  }
  if ((await highest(folder)) === number) return true;
  await rm(ticket, { force: true });
  return false;
}

async function isHeld(ticket: string): Promise<boolean> {
  try {
    const holder = parseJson(await readFile(ticket, 'utf8'));
    if (!isRecord(holder)) return false;
    if (Date.now() - (await stat(ticket)).mtimeMs > DEAD_AFTER) return false;
    return holder.machine !== hostname() || lives(holder.process, holder.life);
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

function lives(pid: unknown, life: unknown): boolean {
  if (pid === process.pid) return life === LIFE;
  try {
    return process.kill(Number(pid), 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
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

/** Removes a lock of this process that is no longer needed; a folder with files of others is kept. */
export async function removeLock(folder: string): Promise<void> {
  await removeOwn(folder, await readdir(folder));
  await rmdir(folder).catch(() => {});
}

async function highest(folder: string): Promise<number> {
  const numbers = (await readdir(folder)).filter((name) => TICKET_NAME.test(name)).map(Number);
  return Math.max(0, ...numbers);
}

async function touch(ticket: string): Promise<void> {
  const now = new Date();
  await utimes(ticket, now, now);
}
