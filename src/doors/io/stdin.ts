import { readSync } from 'node:fs';
import { codeOf, isPluginError } from '../../base/errors';
import { type MemoryBudget, memoryBudget } from '../../base/memory-budget';

const PIECE = 64 * 1024;

/** The code of the system where a pipe has nothing to read yet. */
const NOT_READY = 'EAGAIN';

/**
 * Reads all of stdin: synchronously where possible, since opening it as a stream costs start-up time. A stdin that cannot be read at
 * all is an empty text.
 * @throws PluginError TOO_LARGE above the memory of one command.
 */
export async function readStdin(): Promise<string> {
  const pieces: Buffer[] = [];
  const memory = memoryBudget('The document on stdin');
  try {
    for (let piece = nextPiece(); piece.length > 0; piece = nextPiece()) {
      memory.take(piece.length);
      pieces.push(piece);
    }
  } catch (error) {
    if (isPluginError(error)) throw error;
    if (codeOf(error) !== NOT_READY) return '';
    await takeRest(pieces, memory);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** Keeps what arrived before a pipe broke. */
async function takeRest(pieces: Buffer[], memory: MemoryBudget): Promise<void> {
  try {
    for await (const piece of process.stdin) {
      memory.take(piece.length);
      pieces.push(piece);
    }
  } catch (error) {
    if (isPluginError(error)) throw error;
  }
}

function nextPiece(): Buffer {
  const piece = Buffer.alloc(PIECE);
  return piece.subarray(0, readSync(0, piece, 0, PIECE, null));
}
