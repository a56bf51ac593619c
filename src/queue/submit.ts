import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { PluginError } from '../base/errors';
import { formatCount, quoted } from '../base/sanitize';
import type { ChunkRange, ChunkStore, StoredInput } from './chunk-store';
import { type ChunkData, chunkId, isName, JOB_VERSION, type Job, queueName } from './job';
import type { JobRegistry } from './job-registry';
import { importBullmq } from './worker';

/** Chunks that are added to the queue at once. */
const BULK = 500;

/** The largest priority number that BullMQ takes; a smaller number is served first. */
const LOWEST_PRIORITY = 2_097_151;

/** Attempts of one chunk before it is dead; waiting for the budget is not an attempt. */
const ATTEMPTS = 5;

export interface Submission {
  readonly name: string;
  readonly tenant: string;
  readonly location: string;
  /** ISO 8601. */
  readonly started: string;
  /** Cached responses of requests before this time are not used, milliseconds since the epoch; any age by default. */
  readonly notBefore?: number | undefined;
  /** Whether `--every` submits it: a later run with another list replaces it. */
  readonly periodic?: boolean | undefined;
}

/**
 * Submits a stored input as a job; the same input under the same name joins the job that is there.
 * @throws PluginError ARGUMENT_INVALID when the name is taken by a job with another input, or is not a name
 */
export async function submitJob(
  redis: Redis,
  registry: JobRegistry,
  input: StoredInput,
  { name, tenant, location, started, notBefore, periodic = false }: Submission,
): Promise<Job> {
  for (const [what, text] of Object.entries({ queue: name, tenant })) {
    if (!isName(text))
      throw new PluginError('ARGUMENT_INVALID', `${what}: ${quoted(text)} is not a name.`, {
        hint: 'Use up to 63 letters, digits, dots, dashes and underscores.',
      });
  }
  const wanted: Job = {
    version: JOB_VERSION,
    name,
    tenant,
    hash: input.hash,
    rows: input.rows,
    chunks: input.chunks.length,
    location,
    input: input.input,
    started,
    state: 'running',
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(periodic ? { periodic } : {}),
  };
  // Opened first: a job without a queue would keep its name and never run.
  const queue = await openQueue(redis, tenant);
  try {
    const job = await addJob(registry, wanted);
    await addChunks(queue, registry, job, input.chunks);
    return job;
  } finally {
    await queue.close();
  }
}

async function addJob(registry: JobRegistry, wanted: Job): Promise<Job> {
  const { name, hash, tenant } = wanted;
  const job = await registry.add(wanted);
  if (job.hash !== hash || job.tenant !== tenant)
    throw new PluginError(
      'ARGUMENT_INVALID',
      `The job ${JSON.stringify(name)} has another input (${formatCount(job.rows)} rows, tenant ${job.tenant}).`,
      { hint: `Choose another name, or remove the old job with \`mdti jobs clean ${name}\`.` },
    );
  return (job.state === 'cancelled' ? await registry.apply(job, 'restart') : undefined) ?? job;
}

/** Adds the unfinished chunks of a job; those that the queue has are left unchanged. */
async function addChunks(
  queue: Queue<ChunkData>,
  registry: JobRegistry,
  job: Job,
  ranges: readonly ChunkRange[],
): Promise<void> {
  const { name, tenant, hash } = job;
  const finished = await registry.finishedChunks(job);
  const chunks = ranges
    .map((range, index) => ({ ...range, index }))
    .filter(({ index }) => !finished.has(index));
  for (let at = 0; at < chunks.length; at += BULK) {
    await queue.addBulk(
      chunks.slice(at, at + BULK).map((chunk) => ({
        name: 'chunk',
        data: { version: JOB_VERSION, job: name, tenant, hash, ...chunk },
        opts: {
          jobId: chunkId(name, hash, chunk.index),
          // By place in its own job: the first chunks of a small job go before the later chunks of a large one.
          priority: Math.min(chunk.index + 1, LOWEST_PRIORITY),
          attempts: ATTEMPTS,
          backoff: { type: 'exponential', delay: 1_000 },
          removeOnComplete: true,
        },
      })),
    );
  }
}

/**
 * Adds the chunks of a running job that are neither finished nor dead nor in the queue: Redis may lose its last second, and workers may
 * drop a chunk while a cancelled job is submitted again.
 * @param dead number of dead chunks
 */
export async function addMissingChunks(
  redis: Redis,
  registry: JobRegistry,
  job: Job,
  ranges: readonly ChunkRange[],
  dead: number,
): Promise<void> {
  const queue = await openQueue(redis, job.tenant);
  try {
    // Counted before the finished ones: a chunk that finishes in between is counted twice, and not taken for a missing one.
    const queued = await queue.getJobCountByTypes('waiting', 'prioritized', 'active', 'delayed');
    const { chunks } = await registry.progress(job);
    if (queued + dead < job.chunks - chunks) await addChunks(queue, registry, job, ranges);
  } finally {
    await queue.close();
  }
}

export async function openQueue(redis: Redis, tenant: string): Promise<Queue<ChunkData>> {
  const { Queue } = await importBullmq();
  const queue = new Queue<ChunkData>(queueName(tenant), { connection: redis });
  // The connection reports its errors, and comes back by itself.
  queue.on('error', () => {});
  return queue;
}

/** The rows of a finished job in the order of the input, chunk by chunk. */
export async function* rowsOf(store: ChunkStore, { hash, chunks }: Job): AsyncGenerator<string> {
  for (let index = 0; index < chunks; index++) yield await store.readRows(hash, index);
}
