import { open, rename } from 'node:fs/promises';
import { PluginError } from '../base/errors';

/** Only the user may read what we write. */
export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

/**
 * Writes a file so that whoever reads it, at whatever time we are stopped, finds it as it was or as it shall be.
 * @param scratch a path in the same file system that nobody else writes to.
 */
export async function replaceFile(file: string, text: string, scratch: string): Promise<void> {
  const handle = await open(scratch, 'w', FILE_MODE);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(scratch, file);
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** An error of a system call, which names the call. */
export function isSystemError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error && 'code' in error;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this user is used up',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a file stands where a folder should be',
  EISDIR: 'a folder stands where a file should be',
};

/** What the system refused, in our error. */
export function unavailable(what: string, cause: unknown): PluginError {
  const reason = REASONS[codeOf(cause)] ?? 'the system refused it';
  return new PluginError('STATE_UNAVAILABLE', `${what}: ${reason}.`, {
    hint: 'Check the path and its permissions, or name another file in MDTI_STATE_FILE.',
    cause,
  });
}
