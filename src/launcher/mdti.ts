import { isUnread } from '../doors/io/stdout';
import { runProcess } from '../doors/run/run-stdin';

/** An exit status above it means a signal. */
const ENDED = 128;

/** Milliseconds that the remains of cancelled work get to end. */
const REMAINS_END = 1_000;

/** `mdti`. `run` is loaded with this file, since a platform starts a process for each command; other verbs are loaded on demand. */
async function main(argv: readonly string[]): Promise<number> {
  if (argv.length === 1 && argv[0] === 'run') return runProcess();
  // The platform starts it for the first command of a container: it does not load the command line of users.
  if (argv.length === 1 && argv[0] === 'serve')
    return (await import('../doors/serve/process')).serveProcess();
  const { runCli } = await import('../doors/cli/main');
  return runCli(argv);
}

void main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
  if (status <= ENDED) return;
  // A process that a signal cancels waits for no reader, and not for remains of its work that no abort can reach.
  if (isUnread()) process.exit();
  setTimeout(() => process.kill(process.pid, status - ENDED), REMAINS_END).unref();
});
