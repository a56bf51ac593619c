import { mkdirSync, mkdtempSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../src/base/clock';
import { withLock } from '../../src/state/lock';

/** A signal that ends no wait. */
export const never = new AbortController().signal;

/** Describes a process of this machine that does not run. */
export const GONE = { process: 2 ** 22 + 1, life: 'x', machine: hostname() };

/** The path of a lock whose folder does not exist yet. */
export function newLock(): string {
  return join(mkdtempSync(join(tmpdir(), 'mdti-lock-')), 'lock');
}

/** The folder of a lock without tickets. */
export function newLockFolder(): string {
  const folder = newLock();
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

/** A clock whose waits end at once, after a call with their milliseconds. */
export function clockWithoutWaits(onWait: (milliseconds: number) => void): Clock {
  return {
    ...systemClock,
    after(milliseconds, call) {
      onWait(milliseconds);
      setImmediate(call);
      return () => {};
    },
  };
}

/** Whether a lock is still held after the first look at it. */
export async function isHeld(folder: string): Promise<boolean> {
  const waiting = new AbortController();
  const after = () => {
    setImmediate(() => waiting.abort(new Error('held')));
    return () => {};
  };
  const outcome = await withLock(folder, { ...systemClock, after }, waiting.signal, async () => 'free').catch(
    (error: Error) => error.message,
  );
  return outcome === 'held';
}
