import { constants, lstatSync, type Stats } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf, PluginError } from '../base/errors';
import { isRecord } from '../base/json';
import { exposedFolder, isOurs } from '../base/owned-path';

/** Only the user may read what we write. */
export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

/** Flags for opening a file: no link is followed, and no pipe waited for. Windows has neither. */
export const UNFOLLOWED = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Writes a file atomically: a reader finds the old or the new content, even if this process is killed.
 * @param scratch a path in the same file system that no other process writes to.
 */
export async function replaceFile(file: string, text: string, scratch: string): Promise<void> {
  const handle = await open(scratch, 'wx', FILE_MODE);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(scratch, file);
}

/**
 * Reads a file of this user: opened once, without following a link, and checked on the descriptor.
 * @param secret whether other users must not be able to read it either.
 * @throws PluginError STATE_UNAVAILABLE for a link, and for a file that other users own, write or (a secret one) read.
 */
export async function readOwned(file: string, secret: boolean): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | UNFOLLOWED).catch((error: unknown) => {
    throw codeOf(error) === 'ELOOP' ? unsafe(file, 'is a link') : error;
  });
  try {
    const found = await handle.stat();
    if (!found.isFile() && !found.isDirectory()) throw unsafe(file, 'is not a file');
    const why = whyUnsafe(found, secret);
    if (why !== undefined) throw unsafe(file, why);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

function whyUnsafe(found: Pick<Stats, 'uid' | 'mode'>, secret: boolean): string | undefined {
  if (process.platform === 'win32') return undefined;
  if (found.uid !== process.getuid?.()) return 'belongs to another user';
  if (!isOurs(found)) return 'can be written by other users';
  return secret && (found.mode & 0o077) !== 0 ? 'can be read by other users' : undefined;
}

/**
 * Checks a folder that this process writes into.
 * @throws PluginError STATE_UNAVAILABLE for a folder that is a link, belongs to another user, or that other users can replace.
 */
export function checkFolder(folder: string): void {
  const found = lstatSync(folder);
  if (!found.isDirectory()) throw unsafe(folder, 'is not a folder');
  const why = whyUnsafe(found, false);
  if (why !== undefined) throw unsafe(folder, why);
  const exposed = exposedFolder(dirname(folder));
  if (exposed !== undefined) throw unsafe(exposed, 'can be changed by other users');
}

function unsafe(path: string, why: string): PluginError {
  return new PluginError(
    'STATE_UNAVAILABLE',
    `${path} ${why}, so sign-ins are not read from it or saved there.`,
    {
      hint: 'Name a file in a folder of this user in MDTI_STATE_FILE, or remove this one and run the command again.',
    },
  );
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

/** Whether an error means that the file does not exist, or that a folder of its path is a file. */
export function isMissingOrBelowFile(error: unknown): boolean {
  return isMissing(error) || codeOf(error) === 'ENOTDIR';
}

/** An error of a system call, which names the call. */
export function isSystemError(error: unknown): boolean {
  return isRecord(error) && 'syscall' in error && 'code' in error;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this user is used up',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a file is where a folder should be',
  EISDIR: 'a folder is where a file should be',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'it is a link that points to itself',
  EMFILE: 'this process has reached its limit of open files (`ulimit -n`)',
  ENFILE: 'this machine has reached its limit of open files',
};

/** Returns the reason why the system refused a file, in words. */
export function refusalReason(error: unknown): string {
  return REASONS[codeOf(error)] ?? 'the operating system returned an error';
}

/** Returns the end of a sentence about a file that a user named: `does not exist`, `is a folder`, `cannot be read: permission denied`. */
export function whyUnreadable(cause: unknown): string {
  if (isMissingOrBelowFile(cause)) return 'does not exist';
  return codeOf(cause) === 'EISDIR' ? 'is a folder' : `cannot be read: ${refusalReason(cause)}`;
}

/** Converts an error of the file system to ours. @param otherwise an alternative for the user */
export function unavailable(
  what: string,
  cause: unknown,
  otherwise = 'name another file in MDTI_STATE_FILE',
): PluginError {
  return new PluginError('STATE_UNAVAILABLE', `${what}: ${refusalReason(cause)}.`, {
    hint: `Check the path and its permissions, or ${otherwise}.`,
    cause,
  });
}

/**
 * Writes all bytes: one write may store only a part of them, on a disk that is almost full for instance.
 * @param position offset in the file; after the last written byte by default
 */
export async function writeAll(handle: FileHandle, bytes: Buffer, position?: number): Promise<void> {
  for (let sent = 0; sent < bytes.length; ) {
    const at = position === undefined ? null : position + sent;
    const { bytesWritten } = await handle.write(bytes, sent, bytes.length - sent, at);
    sent += bytesWritten;
  }
}
