import type { Redis } from 'ioredis';
import { systemClock } from '../../base/clock';
import { counted, formatCount } from '../../base/sanitize';
import { totalOf } from '../../enrich/statistics';
import type { ChunkRange } from '../../queue/chunk-store';
import { countDeadChunks } from '../../queue/dead-chunks';
import type { Job } from '../../queue/job';
import type { JobRegistry } from '../../queue/job-registry';
import { addMissingChunks } from '../../queue/queued-chunks';
import { countWorkers, noWorker } from './count-workers';
import { forecast } from './forecast';

/** Milliseconds between two checks of the progress, between two lines on a terminal and elsewhere, and between two checks of the queue. */
const LOOK = 250;
const TERMINAL_LINE = 1_000;
const LINE = 10_000;
const QUEUE_CHECK = 10_000;

interface WaitPorts {
  readonly registry: JobRegistry;
  readonly client: Redis;
  readonly signal: AbortSignal;
}

export type WaitEnd = 'complete' | 'gone' | 'left';

/**
 * Shows the progress of a job until it ends, or until a signal aborts, also while Redis is unreachable.
 * @param ranges of its chunks, to add those again that the queue lost
 * @returns `complete` when all chunks are finished, `gone` if the job was removed, `left` if it was cancelled or this process is interrupted
 */
export async function waitForJob(
  job: Job,
  ranges: readonly ChunkRange[],
  { registry, client, signal }: WaitPorts,
): Promise<WaitEnd> {
  const aborted = untilAborted(signal);
  const watched = watch(job, ranges, { registry, client, signal });
  const end = await Promise.race([aborted.promise, watched]).finally(aborted.stop);
  if (end !== undefined) return end;
  process.stderr.write(
    `\nInterrupted. The job ${job.name} continues in the queue; run the same command to fetch its rows, or \`mdti jobs cancel ${job.name}\`.\n`,
  );
  return 'left';
}

/** A promise that resolves when a signal aborts, and a way to stop listening. */
function untilAborted(signal: AbortSignal): { readonly promise: Promise<undefined>; stop(): void } {
  let stop = () => {};
  const promise = new Promise<undefined>((resolve) => {
    const onAbort = () => resolve(undefined);
    signal.addEventListener('abort', onAbort);
    stop = () => signal.removeEventListener('abort', onAbort);
  });
  return { promise, stop };
}

async function watch(
  job: Job,
  ranges: readonly ChunkRange[],
  { registry, client, signal }: WaitPorts,
): Promise<WaitEnd | undefined> {
  const { name } = job;
  const since = systemClock.monotonic();
  const first = await registry.progress(job);
  let shown = Number.NEGATIVE_INFINITY;
  let checked = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    const now = await registry.find(name);
    const progress = await registry.progress(job);
    if (now === undefined || now.input !== job.input || now.state === 'ended') {
      process.stderr.write(
        `The job ${name} is gone: another process finished or removed it, or Redis lost it.\n`,
      );
      return 'gone';
    }
    if (progress.chunks >= job.chunks) {
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
      return 'complete';
    }
    if (now.state === 'cancelled') {
      process.stderr.write(`The job ${name} was cancelled. Submit it again with the same command.\n`);
      return 'left';
    }
    if (now.state === 'running' && systemClock.monotonic() - checked > QUEUE_CHECK) {
      checked = systemClock.monotonic();
      await addMissingChunks(client, registry, job, ranges);
    }
    if (systemClock.monotonic() - shown > (process.stderr.isTTY ? TERMINAL_LINE : LINE)) {
      shown = systemClock.monotonic();
      const dead = await countDeadChunks(job, client);
      const line = await progressLine(now, { progress, dead, since, first }, registry, client);
      process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
    }
    await new Promise((done) => setTimeout(done, LOOK));
  }
  return undefined;
}

type Progress = Awaited<ReturnType<JobRegistry['progress']>>;

interface Watched {
  readonly progress: Progress;
  readonly dead: number;
  /** When this process began to watch, and the progress at that time. */
  readonly since: number;
  readonly first: Progress;
}

async function progressLine(
  job: Job,
  { progress, dead, since, first }: Watched,
  registry: JobRegistry,
  client: Redis,
): Promise<string> {
  const done = totalOf(progress.rows);
  const ending = forecast({
    rowsLeft: job.rows - done,
    watched: {
      chunks: progress.chunks - first.chunks,
      rows: done - totalOf(first.rows),
      milliseconds: systemClock.monotonic() - since,
    },
    rate: await registry.rateOf(job.tenant),
  });
  const stuck = dead === 0 ? '' : `, ${formatCount(dead)} dead: run \`mdti jobs show ${job.name}\``;
  const paused = job.state === 'paused' ? ', paused' : '';
  const idle = (await countWorkers(job.tenant, client)) === 0 ? `, ${noWorker(job.tenant)}` : '';
  return `${formatCount(done)} of ${counted(job.rows, 'row')}${ending}${paused}${stuck}${idle}`;
}
