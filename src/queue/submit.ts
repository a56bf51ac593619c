import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { PluginError } from '../base/errors';
import { formatCount, quoted } from '../base/sanitize';
import type { ChunkStore, StoredInput } from './chunk-store';
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
}

/**
 * Submits a stored input as a job; the same input under the same name joins the job that is there.
 * @throws PluginError ARGUMENT_INVALID when the name is taken by a job with another input, or is not a name
 */
export async function submitJob(
  redis: Redis,
  registry: JobRegistry,
  input: StoredInput,
  { name, tenant, location, started, notBefore }: Submission,
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
  };
  const job = await registry.add(wanted);
  if (job.hash !== input.hash || job.tenant !== tenant)
    throw new PluginError(
      'ARGUMENT_INVALID',
      `The job ${JSON.stringify(name)} has another input (${formatCount(job.rows)} rows, tenant ${job.tenant}).`,
      { hint: `Choose another name, or remove the old job with \`mdti jobs clean ${name}\`.` },
    );
  // Workers drop the chunks of a cancelled job; submitting it again adds them again.
  if (job.state === 'cancelled') await registry.setState(name, 'running');
  const queue = await openQueue(redis, tenant);
  try {
    for (let at = 0; at < input.chunks.length; at += BULK) {
      await queue.addBulk(
        input.chunks.slice(at, at + BULK).map((range, place) => {
          const index = at + place;
          const data: ChunkData = {
            version: JOB_VERSION,
            job: name,
            tenant,
            hash: input.hash,
            index,
            ...range,
          };
          return {
            name: 'chunk',
            data,
            opts: {
              jobId: chunkId(name, input.hash, index),
              // By place in its own job: the first chunks of a small job go before the later chunks of a large one.
              priority: Math.min(index + 1, LOWEST_PRIORITY),
              attempts: ATTEMPTS,
              backoff: { type: 'exponential', delay: 1_000 },
              removeOnComplete: true,
            },
          };
        }),
      );
    }
  } finally {
    await queue.close();
  }
  return job;
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
