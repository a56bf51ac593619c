import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { PluginError, toPluginError } from '../../../base/errors';
import { jsonLog, logLevel } from '../../../base/log';
import { csvColumn } from '../../../enrich/csv-column';
import { enrich } from '../../../enrich/enrich';
import { FORMATS } from '../../../enrich/formats/format';
import { lines } from '../../../enrich/lines';
import { openGraph } from '../../../enrich/open-graph';
import { fileOutput, streamOutput } from '../../../enrich/output-file';
import { summary } from '../../../enrich/statistics';
import { withSignals } from '../../io/signals';
import { writeStdout } from '../../io/stdout';
import { localServices, type ParamOverrides } from '../local-services';
import { ENRICH_HELP, type EnrichOptions, readEnrichOptions } from './options';
import { showProgress } from './progress';

/** `mdti enrich`: rows go to stdout or a file, how it goes to stderr. Status 1 where the work was not done to its end. */
export async function enrichFrom(
  argv: readonly string[],
  inSandbox: (
    wanted: boolean,
    work: (overlay: ParamOverrides | undefined) => Promise<number>,
  ) => Promise<number>,
): Promise<number> {
  const options = readEnrichOptions(argv);
  if (options === 'help') {
    process.stdout.write(ENRICH_HELP);
    return 0;
  }
  return inSandbox(options.sandbox, (overrides) => withSignals((signal) => work(options, overrides, signal)));
}

async function work(
  options: EnrichOptions,
  overrides: ParamOverrides | undefined,
  signal: AbortSignal,
): Promise<number> {
  const { params, store, ca } = localServices({
    paramsFile: options.paramsFile,
    profile: options.profile,
    overrides,
  });
  const input = await openInput(options.input);
  const chunks: AsyncIterable<string> = addAbortSignal(signal, input.stream).setEncoding('utf8');
  const now = new Date().toISOString();
  const sink = await (options.out === undefined
    ? streamOutput(writeStdout, options.format, now)
    : fileOutput(options.out, options.format, now));
  const progress = showProgress(process.stderr, sink.done.rows, input.share);
  const log = progress.listening(
    jsonLog(logLevel(process.env.MDTI_LOG ?? 'error'), (line) => process.stderr.write(line)),
  );
  const graph = openGraph(params, { store, log, ca });
  const source = options.column === undefined ? lines(chunks) : csvColumn(chunks, options.column);
  try {
    await enrich(source, FORMATS[options.format], sink, { graph, signal, onProgress: progress.onRows });
    process.stderr.write(`${progress.end(summary)}\n`);
    return 0;
  } catch (thrown) {
    const error = toPluginError(thrown);
    const kept =
      options.out === undefined
        ? ''
        : ` The finished rows are saved in ${options.out}; run the same command to resume.`;
    process.stderr.write(`${progress.end(summary)}\n${error.message}${kept}\n${error.hint ?? ''}\n`);
    return 1;
  }
}

interface Input {
  readonly stream: typeof process.stdin | ReturnType<typeof createReadStream>;
  /** How much of it was read, 0 to 1; undefined where nobody knows its length. */
  share(): number | undefined;
}

async function openInput(file: string | undefined): Promise<Input> {
  if (file === undefined) return { stream: process.stdin, share: () => undefined };
  const { size } = await stat(file).catch((cause: unknown) => {
    throw new PluginError('ARGUMENT_INVALID', `The file ${file} cannot be read.`, {
      hint: 'Check its path and its permissions.',
      cause,
    });
  });
  const stream = createReadStream(file);
  return { stream, share: () => (size === 0 ? 1 : Math.min(1, stream.bytesRead / size)) };
}
