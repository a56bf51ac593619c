import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ignoreErrors, listSegments, readAt, writeBytes } from './segment-files';

/** A file of records, and how much of it is read. */
export interface ReadSegment {
  readonly name: string;
  readonly file: number;
  /** Bytes that are in the index. */
  readonly scanned: number;
  readonly lastExpiry: number;
}

/** Files above this number are merged: each process starts one, and each costs time. */
const MOST_SEGMENTS = 64;

/** Bytes of the largest file that is merged. */
const SMALL = 1024 * 1024;

/** Milliseconds that an empty file is left to the process that started it. */
const STARTED = 3_600_000;

/**
 * Copies the records of small files to the end of this process's own and deletes those files, the oldest first.
 * @param room bytes that the own file may gain
 * @returns the bytes that it gained
 */
export function mergeSegments(
  folder: string,
  read: readonly ReadSegment[],
  to: number,
  room: number,
  now: number,
): number {
  let left = listSegments(folder).length;
  let gained = 0;
  if (left <= MOST_SEGMENTS) return gained;
  for (const segment of [...read].sort((one, other) => (one.name < other.name ? -1 : 1))) {
    if (left <= MOST_SEGMENTS / 2) break;
    if (segment.scanned > SMALL || isJustStarted(segment, now)) continue;
    if (segment.lastExpiry > now) {
      if (gained + segment.scanned > room) break;
      writeBytes(to, readAt(segment.file, 0, segment.scanned));
      gained += segment.scanned;
    }
    ignoreErrors(() => rmSync(join(folder, segment.name)));
    left -= 1;
  }
  return gained;
}

/** Whether another process may be about to write to a file. Its name starts with the time when it was started. */
export function isJustStarted({ name, scanned }: ReadSegment, now: number): boolean {
  return scanned === 0 && now - Number.parseInt(name, 10) < STARTED;
}
