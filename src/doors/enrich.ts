import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { csvColumn } from '../enrich/csv-column';
import { enrich } from '../enrich/enrich';
import { FORMATS } from '../enrich/formats/format';
import { lines } from '../enrich/lines';
import { openGraph } from '../enrich/open-graph';
import { fileSink, streamSink } from '../enrich/sink';
import { summary } from '../enrich/tally';
import { PluginError, toPluginError } from '../errors';
import { jsonLog, logLevel } from '../log';
import { type EnrichOptions, HELP, readOptions } from './enrich-options';
import { showProgress } from './enrich-progress';
import { interruptible } from './interruptible';
import { type Overlay, ownPorts } from './ports';
import { put } from './stdout';

/** `mdti enrich`: rows go to stdout or a file, how it goes to stderr. Status 1 where the work was not done to its end. */
export async function enrichFrom(
  argv: readonly string[],
  inSandbox: (wanted: boolean, work: (overlay: Overlay | undefined) => Promise<number>) => Promise<number>,
): Promise<number> {
  const options = readOptions(argv);
  if (options === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  return inSandbox(options.sandbox, (overlay) => interruptible((signal) => work(options, overlay, signal)));
}

async function work(
  options: EnrichOptions,
  overlay: Overlay | undefined,
  signal: AbortSignal,
): Promise<number> {
  const { params, store, ca } = ownPorts({
    paramsFile: options.paramsFile,
    profile: options.profile,
    overlay,
  });
  const input = await openInput(options.input);
  const chunks: AsyncIterable<string> = addAbortSignal(signal, input.stream).setEncoding('utf8');
  const now = new Date().toISOString();
  const sink = await (options.out === undefined
    ? streamSink(put, options.format, now)
    : fileSink(options.out, options.format, now));
  const progress = showProgress(process.stderr, sink.done.rows, input.share);
  const log = progress.listening(
    jsonLog(logLevel(process.env.MDTI_LOG ?? 'error'), (line) => process.stderr.write(line)),
  );
  const graph = openGraph(params, { store, log, ca });
  const source = options.column === undefined ? lines(chunks) : csvColumn(chunks, options.column);
  try {
    await enrich(source, FORMATS[options.format], sink, { graph, signal, tell: progress.tell });
    process.stderr.write(`${progress.end(summary)}\n`);
    return 0;
  } catch (thrown) {
    const error = toPluginError(thrown);
    const kept =
      options.out === undefined
        ? ''
        : ` What was had is in ${options.out}: the same command takes it up again.`;
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
