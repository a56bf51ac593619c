import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { exposedFolder, isOurs } from '../base/owned-path';

/** The end of a segment's name. */
export const SUFFIX = '.responses';

/** Returns the reason not to use the folder: another user could write responses to it. Undefined if it is safe or missing. */
export function whyUnsafe(folder: string): string | undefined {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (!found.isDirectory()) return `${folder} is not a folder`;
  if (!isOurs(found)) return `${folder} belongs to another user or can be written by other users`;
  const exposed = exposedFolder(folder);
  return exposed === undefined ? undefined : `${exposed} can be changed by other users`;
}

/** Opens a file of this user for reading: no link, and no pipe, which would wait for a writer. @throws Error for any other */
export function openOwned(path: string): number {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  const found = fstatSync(file);
  if (found.isFile() && isOurs(found)) return file;
  closeSync(file);
  throw new Error('it is not a file of this user');
}

export function readAt(file: number, offset: number, length: number): Buffer<ArrayBuffer> {
  const bytes = Buffer.allocUnsafe(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
}

export function writeBytes(file: number, bytes: Buffer): void {
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(file, bytes, sent);
}

export function listSegments(folder: string, damaged = false): string[] {
  try {
    return readdirSync(folder).filter(
      (name) => name.endsWith(SUFFIX) || (damaged && name.endsWith(`${SUFFIX}.damaged`)),
    );
  } catch {
    return [];
  }
}

export function segmentSizes(folder: string): { name: string; bytes: number }[] {
  return listSegments(folder)
    .sort()
    .flatMap((name) => {
      try {
        return [{ name, bytes: lstatSync(join(folder, name)).size }];
      } catch {
        return [];
      }
    });
}

export function ignoreErrors(work: () => void): void {
  try {
    work();
  } catch {
    // A cache that fails costs speed only.
  }
}

export function diskReason(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
}
