import { readdirSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The end of a segment's name. */
export const SUFFIX = '.answers';

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
        return [{ name, bytes: statSync(join(folder, name)).size }];
      } catch {
        return [];
      }
    });
}

export function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // A cache that fails costs speed only.
  }
}

export function diskReason(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
}
