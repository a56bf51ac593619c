import { once } from 'node:events';
import { forTerminal, printable } from './printable';

/** The exit status where the reader of a pipe is gone, as in `mdti … | head`: 128 and the number of SIGPIPE. */
const BROKEN_PIPE = 141;

/**
 * Writes to stdout and resolves when it takes more. A terminal gets no character that it would obey, except for our own styles.
 * @param signal ends the wait for a reader.
 * @throws the signal's reason.
 */
export async function writeStdout(text: string, signal?: AbortSignal): Promise<void> {
  endWithStdout();
  if (process.stdout.write(forTerminal(text, process.stdout))) return;
  try {
    await once(process.stdout, 'drain', { signal });
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  }
}

/** Writes values of Graph or of the input, which contain no styles. Parameters as for {@link writeStdout}. */
export function writeData(text: string, signal?: AbortSignal): Promise<void> {
  return writeStdout(process.stdout.isTTY ? printable(text) : text, signal);
}

/** Exits where stdout is closed or full, instead of dying on an uncaught error. */
export function endWithStdout(): void {
  if (process.stdout.listenerCount('error') === 0) process.stdout.on('error', end);
}

/** Whether written text waits for its reader. */
export function isUnread(): boolean {
  return process.stdout.writableNeedDrain;
}

/** Waits up to this many milliseconds until the reader has read everything. @returns whether it has */
export function flushStdout(milliseconds: number): Promise<boolean> {
  if (process.stdout.writableLength === 0) return Promise.resolve(true);
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds, false);
    process.stdout.write('', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

function end({ code }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE') process.exit(BROKEN_PIPE);
  const message = `stdout: the result cannot be written (${code}). Check where stdout points to and run the command again.\n`;
  process.stderr.write(message, () => process.exit(1));
}
