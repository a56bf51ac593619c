import { once } from 'node:events';

/** How a program ends that writes to somebody who reads no more, as in `mdti … | head`: 128 and the number of SIGPIPE. */
const UNREAD = 141;

/**
 * Writes to stdout; ready for more when it resolves.
 * @param signal ends the wait for a reader.
 * @throws the signal's reason.
 */
export async function writeStdout(text: string, signal?: AbortSignal): Promise<void> {
  if (process.stdout.listenerCount('error') === 0) process.stdout.on('error', end);
  if (process.stdout.write(text)) return;
  try {
    await once(process.stdout, 'drain', signal === undefined ? {} : { signal });
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  }
}

/** Whether somebody is still to read what was written. */
export function isUnread(): boolean {
  return process.stdout.writableNeedDrain;
}

function end({ code }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE') process.exit(UNREAD);
  const told = `What was found could not be written to stdout (${code}). Look where stdout leads to, and ask again.\n`;
  process.stderr.write(told, () => process.exit(1));
}
