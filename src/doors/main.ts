import { runDocument } from './run-document';
import { isUnread } from './stdout';

/** An exit status above it is a signal's. */
const ENDED = 128;

/** `mdti`. `run` is loaded with this file, since a platform starts us for each command; the rest when it is asked for. */
async function main(argv: readonly string[]): Promise<number> {
  if (argv.length === 1 && argv[0] === 'run') return runDocument();
  const { person } = await import('./person');
  return person(argv);
}

void main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
  // Who was ended by a signal waits for no reader.
  if (status > ENDED && isUnread()) process.exit();
});
