import { readSync } from 'node:fs';

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
    await takeRest(pieces);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** What had come by the time that a pipe broke is kept. */
async function takeRest(pieces: Buffer[]): Promise<void> {
  try {
    for await (const piece of process.stdin) pieces.push(piece);
  } catch {
    return;
  }
}

function nextPiece(): Buffer {
  const piece = Buffer.allocUnsafe(PIECE);
  return piece.subarray(0, readSync(0, piece, 0, PIECE, null));
}

function isNotReady(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}
