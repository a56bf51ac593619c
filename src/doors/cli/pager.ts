import { spawn } from 'node:child_process';
import { writeStdout } from '../io/stdout';

/** The status of a shell that does not find the program. */
const NOT_FOUND = 127;

/**
 * Writes a string to stdout, through a pager where it is longer than the terminal: PAGER, else `less`. An empty PAGER, `cat`, a pipe
 * and TERM=dumb use no pager.
 */
export async function writePaged(
  text: string,
  environment: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<void> {
  const pager = environment.PAGER ?? 'less';
  const rows = process.stdout.isTTY ? process.stdout.rows : Number.POSITIVE_INFINITY;
  const short = text.split('\n').length <= rows;
  if (short || pager.trim() === '' || pager === 'cat' || environment.TERM === 'dumb' || !process.stdin.isTTY)
    return writeStdout(text, signal);
  if ((await pipeTo(pager, text, environment)) === NOT_FOUND) await writeStdout(text, signal);
}

function pipeTo(pager: string, text: string, environment: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve) => {
    // R shows colors, F leaves at once where everything fits, X keeps the text on the screen.
    const env = { ...environment, LESS: environment.LESS ?? 'FRX' };
    const child = spawn(pager, { shell: true, stdio: ['pipe', 'inherit', 'inherit'], env });
    child.on('error', () => resolve(NOT_FOUND));
    child.on('close', (status) => resolve(status ?? 0));
    // A reader that quits early closes the pipe.
    child.stdin.on('error', () => {});
    child.stdin.end(text);
  });
}
