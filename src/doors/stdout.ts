import { once } from 'node:events';

/** How a program ends that writes to somebody who reads no more, as in `mdti … | head`: 128 and the number of SIGPIPE. */
const UNREAD = 141;

/** Writes to stdout; ready for more when it resolves. */
export async function put(text: string): Promise<void> {
  if (process.stdout.listenerCount('error') === 0) process.stdout.on('error', end);
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

function end(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(UNREAD);
  throw error;
}
