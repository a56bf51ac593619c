import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { CachedResponse } from './response-cache';

/*
 * A record: length of the whole record (4 bytes), checksum of all that follows (4), hash of the key (16), time of the request (8),
 * end of use (8), 1 or 0 for found or not found (1), JSON. Numbers are little-endian.
 */
export const HEADER_BYTES = 41;

/** A larger response is not cached. */
export const LARGEST_RECORD = 1024 * 1024;

/** Names a key without storing it: files do not show which observables were looked up. */
export function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest().subarray(0, 16);
}

/** Number of remembered hashes: a response is stored soon after its lookup. */
const REMEMBERED = 8_192;

/** Names keys, and remembers the names for a while. */
export function keyHashes(): { of(key: string): Buffer } {
  const known = new Map<string, Buffer>();
  return {
    of(key) {
      const before = known.get(key);
      if (before !== undefined) return before;
      const hash = hashOf(key);
      if (known.size >= REMEMBERED) known.clear();
      known.set(key, hash);
      return hash;
    },
  };
}

/** Returns a record as bytes; undefined if it is too large. */
export function encodeRecord(
  hash: Buffer,
  { json, requestedAt, expiresAt }: CachedResponse,
): Buffer | undefined {
  const text = Buffer.from(json ?? '');
  const length = HEADER_BYTES + text.length;
  if (length > LARGEST_RECORD) return undefined;
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(length, 0);
  hash.copy(bytes, 8);
  bytes.writeDoubleLE(requestedAt, 24);
  bytes.writeDoubleLE(expiresAt, 32);
  bytes.writeUInt8(json === undefined ? 0 : 1, 40);
  text.copy(bytes, HEADER_BYTES);
  bytes.writeUInt32LE(crc32(bytes.subarray(8)), 4);
  return bytes;
}

/** Returns the response in a record; undefined for damaged bytes and for a record with another key. */
export function decodeRecord(bytes: Buffer, hash: Buffer): CachedResponse | undefined {
  if (bytes.length < HEADER_BYTES || bytes.readUInt32LE(0) !== bytes.length) return undefined;
  if (bytes.readUInt32LE(4) !== crc32(bytes.subarray(8))) return undefined;
  if (!bytes.subarray(8, 24).equals(hash)) return undefined;
  return {
    json: bytes.readUInt8(40) === 0 ? undefined : bytes.toString('utf8', HEADER_BYTES),
    requestedAt: bytes.readDoubleLE(24),
    expiresAt: bytes.readDoubleLE(32),
  };
}

/** A record that is not written yet. */
export interface NewRecord {
  readonly hash: Buffer;
  readonly bytes: Buffer;
  readonly response: CachedResponse;
}

/** Returns the end of the records from `first` on that fit into this many bytes together; always includes at least one record. */
export function endOfFitting(records: readonly NewRecord[], first: number, room: number): number {
  let bytes = 0;
  let end = first;
  for (let next = records[end]; next !== undefined; next = records[end]) {
    bytes += next.bytes.length;
    if (end > first && bytes > room) break;
    end += 1;
  }
  return end;
}
