import { readSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';

const PIECE = 64 * 1024;

/**
 * All of stdin. Read at once where it can be, since opening it as a stream costs start-up time; a pipe that does not block
 * and has nothing to give yet is waited for. What cannot be read at all is an empty text.
 */
export async function readStdin(): Promise<string> {
  const pieces: Buffer[] = [];
  try {
    for (let piece = nextPiece(); piece.length > 0; piece = nextPiece()) pieces.push(piece);
  } catch (error) {
    if (!isNotReady(error)) return '';
    pieces.push(await buffer(process.stdin).catch(() => Buffer.alloc(0)));
  }
  return Buffer.concat(pieces).toString('utf8');
}

function nextPiece(): Buffer {
  const piece = Buffer.allocUnsafe(PIECE);
  return piece.subarray(0, readSync(0, piece, 0, PIECE, null));
}

function isNotReady(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}
