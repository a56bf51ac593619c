import { existsSync, lstatSync, mkdirSync, realpathSync, type Stats } from 'node:fs';
import { dirname, parse, resolve } from 'node:path';
import { codeOf } from './errors';

const WORLD_WRITE = 0o002;
const GROUP_WRITE = 0o020;
const STICKY = 0o1000;

/**
 * Returns the folder through which another user could replace what is in this one; undefined if there is none. Every folder above
 * it is checked, links included: each must belong to this user or to root, and a folder that others write to must be sticky, as a
 * temporary folder is. Windows has access lists instead of owners and modes.
 */
export function exposedFolder(folder: string): string | undefined {
  if (process.platform === 'win32') return undefined;
  const chain = [...ancestors(folder), ...ancestors(realpathSync(folder))];
  return chain.find((path) => isExposed(lstatSync(path)));
}

/** Whether a file or folder belongs to this user and no other user can write to it. */
export function isOurs(found: Pick<Stats, 'uid' | 'mode'>): boolean {
  if (process.platform === 'win32') return true;
  return found.uid === process.getuid?.() && (found.mode & (WORLD_WRITE | GROUP_WRITE)) === 0;
}

/** Whether a folder belongs to this user or to root, and no other user can write to it. */
export function isProtected(found: Pick<Stats, 'uid' | 'mode'>): boolean {
  return isOurs(found) || isOurs({ mode: found.mode, uid: found.uid === 0 ? (process.getuid?.() ?? 0) : -1 });
}

function isExposed(found: Stats): boolean {
  const { uid, gid, mode } = found;
  if (uid !== 0 && uid !== process.getuid?.()) return true;
  if (found.isSymbolicLink() || (mode & STICKY) !== 0) return false;
  if ((mode & WORLD_WRITE) !== 0) return true;
  // A group of this user's own, and root's in containers that run with any user id, are trusted.
  return (mode & GROUP_WRITE) !== 0 && gid !== 0 && gid !== process.getgid?.();
}

function ancestors(folder: string): string[] {
  const paths: string[] = [];
  for (let path = resolve(folder); ; path = dirname(path)) {
    paths.push(path);
    if (path === parse(path).root) return paths;
  }
}

/**
 * Creates a folder and the folders above it that are missing. Node's own recursive `mkdir` never returns where the system reports a
 * new folder as missing, as it does below `/proc`.
 * @throws the system's error
 */
export function makeFolder(folder: string, mode: number): void {
  const missing: string[] = [];
  for (let path = resolve(folder); !existsSync(path); path = dirname(path)) missing.unshift(path);
  for (const path of missing) makeOne(path, mode);
}

function makeOne(path: string, mode: number): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Another process made it in the meantime.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}
