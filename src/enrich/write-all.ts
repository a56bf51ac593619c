import type { FileHandle } from 'node:fs/promises';

/**
 * Writes all bytes: one write may store only a part of them, on a disk that is almost full for instance.
 * @param position where they go; behind the last written byte unless given
 */
export async function writeAll(handle: FileHandle, bytes: Buffer, position?: number): Promise<void> {
  for (let sent = 0; sent < bytes.length; ) {
    const at = position === undefined ? null : position + sent;
    const { bytesWritten } = await handle.write(bytes, sent, bytes.length - sent, at);
    sent += bytesWritten;
  }
}
