import { rename, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Redis } from 'ioredis';
import { sleep, systemClock } from '../../base/clock';
import { PluginError, toPluginError } from '../../base/errors';
import { jsonLog, logLevel } from '../../base/log';
import { formatCount, quoted } from '../../base/sanitize';
import { FORMATS, type FormatName } from '../../enrich/formats/format';
import { readJournal } from '../../enrich/journal';
import { fileOutput } from '../../enrich/output-file';
import type { ChunkStore, StoredInput } from '../../queue/chunk-store';
import { countDeadChunks } from '../../queue/dead-chunks';
import { storedRows } from '../../queue/enrich-chunk';
import type { Job } from '../../queue/job';
import { type JobRegistry, jobRegistry } from '../../queue/job-registry';
import { BLOB_PREFIX, openChunkStore } from '../../queue/open-chunk-store';
import { rowsOf, type Submission, submitJob } from '../../queue/submit';
import { connectQueue } from './connect';
import { countWorkers, noWorker } from './count-workers';
import { forecast } from './forecast';

/** Milliseconds between two checks of the progress, and between two lines on a terminal and elsewhere. */
const LOOK = 250;
const TERMINAL_LINE = 1_000;
const LINE = 10_000;

/** Milliseconds until a run of `--every` that failed starts again. */
const AGAIN = 60_000;

interface QueueOptions {
  readonly queue: string;
  readonly tenant: string;
  /** The file that the rows go to; required, since the job outlives this process. */
  readonly out: string | undefined;
  /** A folder that every worker reaches, or `blob:NAME`; `OUT.job` by default. */
  readonly folder: string | undefined;
  readonly format: FormatName;
  /** Cached responses of requests before this time are not used, milliseconds since the epoch. */
  readonly notBefore?: number | undefined;
  /** Replaces what `out` contains, unless that is the beginning of this job's rows. */
  readonly replace?: boolean;
}

/**
 * `mdti enrich FILE --queue NAME`: stores the input, submits it, waits until the workers are done, and writes what `mdti
 * enrich` alone would write. The job continues when this process ends; the same command waits for it again.
 */
export async function enrichOverQueue(
  source: AsyncIterable<string>,
  { queue: name, tenant, out, folder, format, notBefore, replace = false }: QueueOptions,
  signal: AbortSignal,
): Promise<number> {
  if (out === undefined)
    throw new PluginError('INVOCATION_UNREADABLE', '--queue needs --out FILE.', {
      hint: 'The job continues after this command exits. Add `--out rows.ndjson`.',
    });
  await requireFree(out, replace);
  const log = jsonLog(logLevel(process.env.MDTI_LOG), (line) => process.stderr.write(line));
  const connected = await connectQueue(process.env, log);
  try {
    const location = folder?.startsWith(BLOB_PREFIX) ? folder : resolve(folder ?? `${out}.job`);
    const store = await openChunkStore(location, process.env);
    const input = await store.writeInput(source);
    const started = new Date().toISOString();
    const registry = jobRegistry(connected.client, connected.settings.sealingKey);
    const job = await submitOnce(connected.client, registry, store, input, {
      name,
      tenant,
      location,
      started,
      notBefore,
    });
    if (replace && job.input === input.input) await removeOutput(out);
    const status = await waitFor(job, registry, connected.client, signal);
    if (status !== 0) return status;
    await merge(job, store, out, format);
    await registry.remove(job);
    await store.remove(job);
    process.stderr.write(`${formatCount(job.rows)} rows are in ${out}.\n`);
    return 0;
  } finally {
    await connected.close();
  }
}

/**
 * Whether the rows can be written when they are there, which may be in hours.
 * @throws PluginError ARGUMENT_INVALID for a file that is not empty and not the beginning of a job's rows
 */
async function requireFree(out: string, replace: boolean): Promise<void> {
  const size = (await stat(out).catch(() => undefined))?.size ?? 0;
  const isBegun = (await stat(`${out}.journal`).catch(() => undefined)) !== undefined;
  if (size > 0 && !isBegun && !replace)
    throw new PluginError('ARGUMENT_INVALID', `--out: ${out} exists and is not empty.`, {
      hint: 'Name another file, or delete this one.',
    });
}

async function removeOutput(out: string): Promise<void> {
  if ((await readJournal(`${out}.journal`)) !== undefined) await rm(`${out}.journal`);
  await rm(out, { force: true });
}

/** Submits the input, and removes it again if it is not the one that workers read: the job has its own, or was rejected. */
async function submitOnce(
  client: Redis,
  registry: JobRegistry,
  store: ChunkStore,
  stored: StoredInput,
  submission: Submission,
): Promise<Job> {
  let job: Job | undefined;
  try {
    job = await submitJob(client, registry, stored, submission);
    return job;
  } finally {
    if (job?.input !== stored.input) await store.discardInput(stored.input);
  }
}

/**
 * `--every`: enriches the list again and again; the file is replaced when a run is complete. Responses that are younger than the
 * period are not requested again, so a run that starts early, after a restart for instance, costs little.
 * @param open reads the list anew
 * @param period milliseconds from the start of one run to the start of the next
 */
export async function enrichPeriodically(
  open: () => Promise<AsyncIterable<string>>,
  { out, ...options }: QueueOptions,
  period: number,
  signal: AbortSignal,
): Promise<number> {
  const next = out === undefined ? undefined : `${out}.next`;
  const folder = options.folder ?? (out === undefined ? undefined : `${out}.job`);
  for (let complete = 0; ; ) {
    const started = Date.now();
    const begun = systemClock.monotonic();
    let wait = period;
    try {
      const run = { ...options, out: next, folder, notBefore: started - period, replace: true };
      const status = await enrichOverQueue(await open(), run, signal);
      if (status !== 0 || out === undefined || next === undefined) return status;
      await rename(next, out);
      complete += 1;
      const then = new Date(started + period).toISOString();
      process.stderr.write(`${out} is complete. The next run starts at ${then}.\n`);
    } catch (error) {
      // The first run shows whether everything is set up; later a fault may pass.
      if (complete === 0 || signal.aborted) throw error;
      const { message, hint = '' } = toPluginError(error);
      wait = Math.min(period, AGAIN);
      process.stderr.write(`${message}\n${hint}\nThe run starts again in a minute.\n`);
    }
    await sleep(systemClock, Math.max(0, begun + wait - systemClock.monotonic()), signal).catch(() => {});
    if (signal.aborted) return 0;
  }
}

/** Resolves with 0 when all chunks are finished, 1 when the job was cancelled or this process is interrupted. */
async function waitFor(job: Job, registry: JobRegistry, client: Redis, signal: AbortSignal): Promise<number> {
  const { name } = job;
  const begun = systemClock.monotonic();
  const first = await registry.progress(job);
  let shown = Number.NEGATIVE_INFINITY;
  for (;;) {
    const now = await registry.find(name);
    const progress = await registry.progress(job);
    if (progress.chunks >= job.chunks) {
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
      return 0;
    }
    if (now === undefined || now.state === 'cancelled') {
      process.stderr.write(
        now === undefined
          ? `The job ${name} is gone: another process finished or removed it.\n`
          : `The job ${name} was cancelled. Submit it again with the same command.\n`,
      );
      return 1;
    }
    if (signal.aborted) {
      process.stderr.write(
        `\nInterrupted. The job ${name} continues in the queue; run the same command to fetch its rows, or \`mdti jobs cancel ${name}\`.\n`,
      );
      return 1;
    }
    if (systemClock.monotonic() - shown > (process.stderr.isTTY ? TERMINAL_LINE : LINE)) {
      shown = systemClock.monotonic();
      const watched = { since: begun, first };
      const line = await progressLine(now, progress, watched, registry, client);
      process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
    }
    await new Promise((done) => setTimeout(done, LOOK));
  }
}

type Progress = Awaited<ReturnType<JobRegistry['progress']>>;

async function progressLine(
  job: Job,
  progress: Progress,
  { since, first }: { readonly since: number; readonly first: Progress },
  registry: JobRegistry,
  client: Redis,
): Promise<string> {
  const done = rowsIn(progress);
  const ending = forecast({
    rowsLeft: job.rows - done,
    watched: {
      chunks: progress.chunks - first.chunks,
      rows: done - rowsIn(first),
      milliseconds: systemClock.monotonic() - since,
    },
    rate: await registry.rateOf(job.tenant),
  });
  const dead = await countDeadChunks(job, client);
  const stuck = dead === 0 ? '' : `, ${formatCount(dead)} dead: run \`mdti jobs show ${job.name}\``;
  const paused = job.state === 'paused' ? ', paused' : '';
  const idle = (await countWorkers(job.tenant, client)) === 0 ? `, ${noWorker(job.tenant)}` : '';
  return `${formatCount(done)} of ${formatCount(job.rows)} rows${ending}${paused}${stuck}${idle}`;
}

function rowsIn({ rows }: Progress): number {
  return Object.values(rows).reduce((sum, count) => sum + count, 0);
}

/** Applies the output format to the rows of all chunks in their order, exactly as one process would. */
async function merge(job: Job, store: ChunkStore, out: string, format: FormatName): Promise<void> {
  const output = await fileOutput(out, format, job.started);
  let complete = false;
  try {
    if (output.done.rows > 0 && output.done.inputHash !== job.hash)
      throw new PluginError('ARGUMENT_INVALID', `--out: ${quoted(out)} has rows of another run.`, {
        hint: 'Name another file, and run the same command to fetch the rows of the job.',
      });
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
