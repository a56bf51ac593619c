import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fstatSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, systemClock } from '../base/clock';
import type { Log } from '../base/log';
import { makeFolder } from '../base/owned-path';
import { isJustStarted, mergeSegments, type ReadSegment } from './merge-segments';
import {
  decodeRecord,
  encodeRecord,
  endOfFitting,
  HEADER_BYTES,
  keyHashes,
  LARGEST_RECORD,
  type NewRecord,
} from './record';
import { RecordIndex, type RecordLocation } from './record-index';
import type { CachedResponse, ResponseCache } from './response-cache';
import {
  diskReason,
  ignoreErrors,
  listSegments,
  openOwned,
  readAt,
  SUFFIX,
  segmentSizes,
  whyUnsafe,
  writeBytes,
} from './segment-files';

export interface DiskCacheOptions {
  readonly folder: string;
  readonly log: Log;
  readonly clock?: Pick<Clock, 'now' | 'monotonic'>;
  /** Bytes of all segments; the oldest are deleted first. */
  readonly limit?: number;
}

export interface DiskCache extends ResponseCache {
  status(): { readonly responses: number; readonly bytes: number; readonly segments: number };
  /** Deletes segments whose responses have all expired. @returns the bytes that were freed */
  prune(): number;
  clear(): void;
  close(): void;
}

const LIMIT = 256 * 1024 * 1024;

/** Bytes of one segment; a full one is followed by the next. */
const SEGMENT_BYTES = 16 * 1024 * 1024;

/** Milliseconds between two checks for records of other processes. */
const REFRESH = 2_000;

/** Milliseconds without writing after a failure, of a full disk for instance. */
const PAUSE = 60_000;

/** Files of the cache that are open at once; the next ones follow when these are merged. */
const MOST_OPEN = 128;

/** Bytes that are read at once. */
const SCAN_BYTES = 1024 * 1024;

interface Segment extends ReadSegment {
  scanned: number;
  lastExpiry: number;
}

/**
 * A response cache in a folder of append-only files. Each process writes its own files and reads those of all, so processes need no
 * lock; a record counts only if its checksum fits. Damaged files are set aside, and failures of the disk cost speed only.
 */
export function diskCache(options: DiskCacheOptions): DiskCache {
  const { folder, log, clock = systemClock, limit = LIMIT } = options;
  const { now, monotonic } = clock;
  const segments: (Segment | undefined)[] = [];
  const hashes = keyHashes();
  let index = new RecordIndex();
  let refreshedAt = Number.NEGATIVE_INFINITY;
  let own: { readonly segment: number; file: number; bytes: number } | undefined;
  let pausedUntil = 0;
  let isOff = false;

  function refresh(): void {
    if (monotonic() - refreshedAt < REFRESH) return;
    refreshedAt = monotonic();
    const why = whyUnsafe(folder);
    if (why !== undefined && !isOff) log('warn', 'the response cache is off', { reason: why });
    isOff = why !== undefined;
    const names = new Set(isOff ? [] : listSegments(folder));
    for (const [number, segment] of segments.entries())
      if (segment !== undefined && !names.has(segment.name)) drop(number);
    for (const name of [...names].sort()) {
      const known = segments.find((segment) => segment?.name === name);
      const isFull = segments.filter(Boolean).length >= MOST_OPEN;
      const segment = known ?? (isFull ? undefined : openSegment(name));
      if (segment !== undefined && segments.indexOf(segment) !== own?.segment) scan(segment);
    }
  }

  function refreshNow(): void {
    refreshedAt = Number.NEGATIVE_INFINITY;
    refresh();
  }

  function openSegment(name: string): Segment | undefined {
    try {
      const segment = { name, file: openOwned(join(folder, name)), scanned: 0, lastExpiry: 0 };
      segments.push(segment);
      return segment;
    } catch {
      return undefined;
    }
  }

  function drop(number: number): void {
    const segment = segments[number];
    if (segment === undefined) return;
    closeSync(segment.file);
    segments[number] = undefined;
    // Deleted by another process: what is written next goes to a new file.
    if (own?.segment !== number) return;
    closeSync(own.file);
    own = undefined;
  }

  /** Puts the records after the scanned ones into the index. Half a record at the end is one that is being written. */
  function scan(segment: Segment): void {
    const { size } = fstatSync(segment.file);
    const number = segments.indexOf(segment);
    let chunk = Buffer.alloc(0);
    let start = segment.scanned;
    while (segment.scanned + HEADER_BYTES <= size) {
      if (segment.scanned + HEADER_BYTES > start + chunk.length) {
        start = segment.scanned;
        chunk = readAt(segment.file, start, Math.min(SCAN_BYTES, size - start));
        if (chunk.length < HEADER_BYTES) return;
      }
      const at = segment.scanned - start;
      const length = chunk.readUInt32LE(at);
      if (length < HEADER_BYTES || length > LARGEST_RECORD) {
        setAside(segment, number);
        return;
      }
      if (segment.scanned + length > size) return;
      const hash = chunk.subarray(at + 8, at + 24);
      segment.lastExpiry = Math.max(segment.lastExpiry, chunk.readDoubleLE(at + 32));
      note(hash, { segment: number, offset: segment.scanned, length }, chunk.readDoubleLE(at + 24));
      segment.scanned += length;
    }
  }

  /** Of two records with one key, the newer counts. */
  function note(hash: Buffer, place: RecordLocation, requestedAt: number): void {
    const known = index.get(hash);
    const before = known === undefined ? undefined : read(known);
    if (before?.subarray(8, 24).equals(hash) && before.readDoubleLE(24) > requestedAt) return;
    index.set(hash, place);
  }

  function read({ segment, offset, length }: RecordLocation): Buffer | undefined {
    const found = segments[segment];
    if (found === undefined) return undefined;
    const bytes = readAt(found.file, offset, length);
    return bytes.length === length ? bytes : undefined;
  }

  function setAside(segment: Segment, number: number): void {
    log('warn', 'a damaged file of the response cache was renamed', { file: segment.name });
    ignoreErrors(() => renameSync(join(folder, segment.name), join(folder, `${segment.name}.damaged`)));
    drop(number);
  }

  function get(key: string): CachedResponse | undefined {
    const hash = hashes.of(key);
    const place = index.get(hash);
    const bytes = place === undefined ? undefined : read(place);
    const response = bytes === undefined ? undefined : decodeRecord(bytes, hash);
    return response !== undefined && response.expiresAt > now() ? response : undefined;
  }

  function write(responses: readonly (readonly [string, CachedResponse])[]): void {
    refresh();
    if (isOff || monotonic() < pausedUntil) return;
    const records = responses.flatMap(([key, response]) => {
      const hash = hashes.of(key);
      const bytes = encodeRecord(hash, response);
      return bytes === undefined ? [] : [{ hash, bytes, response }];
    });
    for (let first = 0; first < records.length; ) {
      if (own === undefined || own.bytes >= SEGMENT_BYTES) own = startSegment();
      const end = endOfFitting(records, first, SEGMENT_BYTES - own.bytes);
      append(own, records.slice(first, end));
      first = end;
    }
  }

  /** Writes records at once: one call to the system for a batch of responses. */
  function append(to: NonNullable<typeof own>, records: readonly NewRecord[]): void {
    writeBytes(to.file, Buffer.concat(records.map(({ bytes }) => bytes)));
    const segment = segments[to.segment];
    for (const { hash, bytes, response } of records) {
      index.set(hash, { segment: to.segment, offset: to.bytes, length: bytes.length });
      to.bytes += bytes.length;
      if (segment === undefined) continue;
      segment.scanned = to.bytes;
      segment.lastExpiry = Math.max(segment.lastExpiry, response.expiresAt);
    }
  }

  function startSegment(): NonNullable<typeof own> {
    if (own !== undefined) closeSync(own.file);
    own = undefined;
    makeFolder(folder, 0o700);
    const why = whyUnsafe(folder);
    if (why !== undefined) throw new Error(why);
    evict(limit - SEGMENT_BYTES);
    const name = `${String(now()).padStart(15, '0')}-${randomBytes(6).toString('hex')}${SUFFIX}`;
    const file = openSync(join(folder, name), 'wx', 0o600);
    ignoreErrors(() => chmodSync(join(folder, name), 0o600));
    const segment = openSegment(name);
    if (segment === undefined) throw new Error('the segment cannot be read');
    const read = segments.filter((one) => one !== undefined && one !== segment) as Segment[];
    const bytes = mergeSegments(folder, read, file, SEGMENT_BYTES, now());
    if (bytes > 0) refreshNow();
    return { segment: segments.indexOf(segment), file, bytes };
  }

  /** Deletes the oldest files until the others fit. */
  function evict(room: number): void {
    const sizes = segmentSizes(folder);
    let total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { name, bytes } of sizes) {
      if (total <= room) break;
      ignoreErrors(() => rmSync(join(folder, name)));
      total -= bytes;
    }
    refreshNow();
  }

  function forget(): void {
    for (const number of segments.keys()) drop(number);
    segments.length = 0;
    index = new RecordIndex();
    if (own !== undefined) closeSync(own.file);
    own = undefined;
    refreshedAt = Number.NEGATIVE_INFINITY;
  }

  return {
    async getMany(keys) {
      try {
        refresh();
        return keys.map(get);
      } catch (error) {
        log('info', 'the response cache cannot be read', { reason: String(error) });
        return keys.map(() => undefined);
      }
    },
    async setMany(responses) {
      try {
        write(responses);
      } catch (error) {
        log('warn', 'the response cache cannot be written; commands continue without it', {
          reason: diskReason(error),
        });
        pausedUntil = monotonic() + PAUSE;
        if (own !== undefined) ignoreErrors(() => closeSync(own?.file ?? -1));
        own = undefined;
      }
    },
    status() {
      ignoreErrors(refresh);
      const sizes = segmentSizes(folder);
      return {
        responses: index.size,
        bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
        segments: sizes.length,
      };
    },
    prune() {
      ignoreErrors(refreshNow);
      let freed = 0;
      for (const [number, segment] of segments.entries()) {
        if (segment === undefined || segment.lastExpiry > now() || number === own?.segment) continue;
        if (isJustStarted(segment, now())) continue;
        freed += segment.scanned;
        ignoreErrors(() => rmSync(join(folder, segment.name)));
        drop(number);
      }
      return freed;
    },
    clear() {
      forget();
      for (const name of listSegments(folder, true)) ignoreErrors(() => rmSync(join(folder, name)));
    },
    close: forget,
  };
}
