import { jsonLog, logLevel } from '../log';
import { interruptible } from './interruptible';
import { jsonPieces } from './json-pieces';
import { type RunOptions, run } from './run';
import { readStdin } from './stdin';
import { put } from './stdout';

/** `mdti run` on this process: the document from stdin, the answer to stdout, logs to stderr; gives the exit status. */
export async function runDocument(override?: RunOptions['override']): Promise<number> {
  const log = jsonLog(logLevel(process.env.MDTI_LOG), (line) => process.stderr.write(line));
  const stdin = await readStdin();
  return interruptible(async (signal) => {
    const { document, status } = await run(stdin, { log, override, signal });
    for (const piece of jsonPieces(document)) await put(piece);
    await put('\n');
    return status;
  });
}
