import type { Redis } from 'ioredis';
import { systemClock } from '../../base/clock';
import { formatCount } from '../../base/sanitize';
import type { ChunkRange } from '../../queue/chunk-store';
import { countDeadChunks } from '../../queue/dead-chunks';
import type { Job } from '../../queue/job';
import type { JobRegistry } from '../../queue/job-registry';
import { addMissingChunks } from '../../queue/submit';
import { countWorkers, noWorker } from './count-workers';
import { forecast } from './forecast';

/** Milliseconds between two checks of the progress, and between two lines on a terminal and elsewhere. */
const LOOK = 250;
const TERMINAL_LINE = 1_000;
const LINE = 10_000;

interface WaitPorts {
  readonly registry: JobRegistry;
  readonly client: Redis;
  readonly signal: AbortSignal;
}

/**
 * Shows the progress of a job until it ends.
 * @param ranges of its chunks, to add those again that the queue lost
 * @returns 0 when all chunks are finished, 1 when the job was cancelled or this process is interrupted
 */
export async function waitForJob(
  job: Job,
  ranges: readonly ChunkRange[],
  { registry, client, signal }: WaitPorts,
): Promise<number> {
  const { name } = job;
  const begun = systemClock.monotonic();
  const first = await registry.progress(job);
  let shown = Number.NEGATIVE_INFINITY;
  for (;;) {
    const now = await registry.find(name);
    const progress = await registry.progress(job);
    if (progress.chunks >= job.chunks && now?.state !== 'merged') {
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
      return 0;
    }
    if (now === undefined || now.input !== job.input || now.state === 'merged') {
      process.stderr.write(`The job ${name} is gone: another process finished or removed it.\n`);
      return 1;
    }
    if (now.state === 'cancelled') {
      process.stderr.write(`The job ${name} was cancelled. Submit it again with the same command.\n`);
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
      const dead = await countDeadChunks(job, client);
      if (now.state === 'running') await addMissingChunks(client, registry, job, ranges, dead);
      const line = await progressLine(now, { progress, dead, ...watched }, registry, client);
      process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
    }
    await new Promise((done) => setTimeout(done, LOOK));
  }
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
  const stuck = dead === 0 ? '' : `, ${formatCount(dead)} dead: run \`mdti jobs show ${job.name}\``;
  const paused = job.state === 'paused' ? ', paused' : '';
  const idle = (await countWorkers(job.tenant, client)) === 0 ? `, ${noWorker(job.tenant)}` : '';
  return `${formatCount(done)} of ${formatCount(job.rows)} rows${ending}${paused}${stuck}${idle}`;
}

function rowsIn({ rows }: Progress): number {
  return Object.values(rows).reduce((sum, count) => sum + count, 0);
}
