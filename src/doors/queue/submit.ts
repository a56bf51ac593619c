import { resolve } from 'node:path';
import { PluginError } from '../../base/errors';
import { jsonLog, logLevel } from '../../base/log';
import { formatCount } from '../../base/sanitize';
import { FORMATS, type FormatName } from '../../enrich/formats/format';
import { fileOutput } from '../../enrich/output-file';
import type { ChunkStore } from '../../queue/chunk-store';
import { storedRows } from '../../queue/enrich-chunk';
import type { Job } from '../../queue/job';
import { type JobRegistry, jobRegistry } from '../../queue/job-registry';
import { BLOB_PREFIX, openChunkStore } from '../../queue/open-chunk-store';
import { rowsOf, submitJob } from '../../queue/submit';
import { connectQueue } from './connect';

/** Milliseconds between two looks at the progress, and between two lines where stderr is no terminal. */
const LOOK = 250;
const LINE = 10_000;

export interface QueueOptions {
  readonly queue: string;
  readonly tenant: string;
  /** The file that the rows go to; required, since the job outlives this process. */
  readonly out: string | undefined;
  /** A folder that every worker reaches, or `blob:NAME`; `OUT.job` by default. */
  readonly folder: string | undefined;
  readonly format: FormatName;
}

/**
 * `mdti enrich FILE --queue NAME`: stores the input, submits it, waits until the workers are done, and writes what `mdti
 * enrich` alone would write. The job goes on when this process ends; the same command waits for it again.
 */
export async function enrichOverQueue(
  source: AsyncIterable<string>,
  { queue: name, tenant, out, folder, format }: QueueOptions,
  signal: AbortSignal,
): Promise<number> {
  if (out === undefined)
    throw new PluginError('INVOCATION_UNREADABLE', '--queue needs --out FILE.', {
      hint: 'The job goes on when this command ends, so its rows need a file.',
    });
  const log = jsonLog(logLevel(process.env.MDTI_LOG), (line) => process.stderr.write(line));
  const connected = await connectQueue(process.env, log);
  try {
    const location = folder?.startsWith(BLOB_PREFIX) ? folder : resolve(folder ?? `${out}.job`);
    const store = await openChunkStore(location, process.env);
    const input = await store.writeInput(source);
    const started = new Date().toISOString();
    const job = await submitJob(connected.client, input, { name, tenant, location, started });
    const registry = jobRegistry(connected.client);
    const status = await waitFor(job, registry, signal);
    if (status !== 0) return status;
    await merge(job, store, out, format);
    await registry.remove(name);
    await store.remove();
    process.stderr.write(`${formatCount(job.rows)} rows are in ${out}.\n`);
    return 0;
  } finally {
    await connected.close();
  }
}

/** Resolves with 0 when all chunks are finished, 1 when the job was cancelled or this process is interrupted. */
async function waitFor(
  { name, chunks, rows }: Job,
  registry: JobRegistry,
  signal: AbortSignal,
): Promise<number> {
  const begun = Date.now();
  const first = (await registry.progress(name)).chunks;
  let shown = 0;
  for (;;) {
    const job = await registry.find(name);
    const finished = (await registry.progress(name)).chunks;
    if (finished >= chunks) {
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
      return 0;
    }
    if (job === undefined || job.state === 'cancelled') {
      process.stderr.write(`The job ${name} was cancelled. Submit it again with the same command.\n`);
      return 1;
    }
    if (signal.aborted) {
      process.stderr.write(
        `\nInterrupted. The job ${name} goes on in the queue; run the same command to fetch its rows, or \`mdti jobs cancel ${name}\`.\n`,
      );
      return 1;
    }
    if (process.stderr.isTTY || Date.now() - shown > LINE) {
      shown = Date.now();
      const line = `${formatCount(Math.round((rows * finished) / Math.max(chunks, 1)))} of ${formatCount(rows)} rows${forecast(finished - first, chunks - finished, Date.now() - begun)}${job.state === 'paused' ? ', paused' : ''}`;
      process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
    }
    await new Promise((done) => setTimeout(done, LOOK));
  }
}

/** When the rest will be done, from the chunks that finished while this process watched. */
function forecast(finished: number, left: number, milliseconds: number): string {
  if (finished <= 0) return '';
  const seconds = Math.round((left * milliseconds) / finished / 1000);
  const minutes = Math.floor(seconds / 60);
  return `, ${formatCount(minutes)}:${String(seconds % 60).padStart(2, '0')} left`;
}

/** Applies the output format to the rows of all chunks in their order, exactly as one process would. */
async function merge(job: Job, store: ChunkStore, out: string, format: FormatName): Promise<void> {
  const output = await fileOutput(out, format, job.started);
  let complete = false;
  try {
    let row = 0;
    for await (const text of rowsOf(store, job)) {
      const rows = storedRows(text);
      row += rows.length;
      if (row <= output.done.rows) continue;
      await output.put(rows.map((one) => FORMATS[format].row(one)).join(''), rows.length, job.hash);
    }
    complete = true;
  } finally {
    await output.close(complete);
  }
}
