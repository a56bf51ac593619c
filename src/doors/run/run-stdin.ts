import { toPluginError } from '../../base/errors';
import { jsonLog, logLevel } from '../../base/log';
import { jsonChunks } from '../io/json-chunks';
import { withSignals } from '../io/signals';
import { readStdin } from '../io/stdin';
import { writeStdout } from '../io/stdout';
import { type RunOptions, refusedDocument, run } from './run';

/** `mdti run` on this process: the document from stdin, the result to stdout, logs to stderr; gives the exit status. */
export async function runProcess(override?: RunOptions['override']): Promise<number> {
  const log = jsonLog(logLevel(process.env.MDTI_LOG), (line) => process.stderr.write(line));
  const stdin = await readStdin().catch(toPluginError);
  return withSignals(async (signal) => {
    const { document, status } =
      typeof stdin === 'string' ? await run(stdin, { log, override, signal }) : refusedDocument(stdin);
    for (const piece of jsonChunks(document)) await writeStdout(piece);
    await writeStdout('\n');
    return status;
  });
}
