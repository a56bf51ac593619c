import { closeSync, openSync, readSync } from 'node:fs';
import { BOUNDS } from '../base/bounds';
import { isPluginError, PluginError } from '../base/errors';
import { formatCount, shownPath } from '../base/sanitize';
import { whyUnreadable } from './files';

const PIECE = 64 * 1024;

/**
 * Returns the text of a file of settings that a user named.
 * @throws PluginError CONFIG_INVALID with the error of the system as its cause, TOO_LARGE for a file above the bound
 */
export function readUserFile(file: string): string {
  try {
    return boundedText(file);
  } catch (cause) {
    if (isPluginError(cause)) throw cause;
    throw new PluginError('CONFIG_INVALID', `${shownPath(file)} ${whyUnreadable(cause)}.`, {
      hint: 'Check its path and its permissions.',
      cause,
    });
  }
}

/**
 * Returns the text of a file up to the bound. The size that the system reports is not enough to bound it: a device has none.
 * @throws the error of the system; PluginError TOO_LARGE for a file above the bound
 */
export function boundedText(file: string): string {
  const descriptor = openSync(file, 'r');
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for (let piece = nextPiece(descriptor); piece.length > 0; piece = nextPiece(descriptor)) {
      bytes += piece.length;
      if (bytes > BOUNDS.userFile) throw tooLarge(file);
      pieces.push(piece);
    }
  } finally {
    closeSync(descriptor);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function nextPiece(descriptor: number): Buffer {
  const piece = Buffer.allocUnsafe(PIECE);
  return piece.subarray(0, readSync(descriptor, piece, 0, PIECE, null));
}

function tooLarge(file: string): PluginError {
  return new PluginError(
    'TOO_LARGE',
    `${shownPath(file)} has more than ${formatCount(BOUNDS.userFile)} bytes, the limit for such a file.`,
    { hint: 'Check that its path is the right one.' },
  );
}
