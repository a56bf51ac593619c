import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { PluginError } from '../base/errors';
import type { ChunkRange } from './chunk-store';
import { type ChunkData, chunkId, JOB_VERSION, type Job, queueName } from './job';
import type { JobRegistry } from './job-registry';

/** Chunks that are added, looked up or removed at once. */
const BULK = 500;

/** The largest priority number that BullMQ takes; a smaller number is served first. */
const LOWEST_PRIORITY = 2_097_151;

/** Attempts of one chunk before it is dead; waiting for the budget is not an attempt. */
const ATTEMPTS = 5;

/**
 * Adds the unfinished chunks of a job that the queue does not have; the others are left unchanged. Chunks are missing in a new job, after
 * Redis lost its last second, and after workers dropped chunks of a cancelled job while it was submitted again.
 */
export function addMissingChunks(
  redis: Redis,
  registry: JobRegistry,
  job: Job,
  ranges: readonly ChunkRange[],
): Promise<void> {
  const { name, tenant, hash } = job;
  return withQueue(redis, tenant, async (queue) => {
    // A chunk that finishes after this is added again, and dropped by the worker that takes it.
    const finished = await registry.finishedChunks(job);
    const chunks = ranges
      .map((range, index) => ({ ...range, index, id: chunkId(name, hash, index) }))
      .filter(({ index }) => !finished.has(index));
    for (const some of inBulks(chunks)) {
      if ((await redis.exists(some.map(({ id }) => queue.toKey(id)))) === some.length) continue;
      await queue.addBulk(
        some.map(({ id, ...chunk }) => ({
          name: 'chunk',
          data: { version: JOB_VERSION, job: name, tenant, hash, ...chunk },
          opts: {
            jobId: id,
            // By place in its own job: the first chunks of a small job go before the later chunks of a large one.
            priority: Math.min(chunk.index + 1, LOWEST_PRIORITY),
            attempts: ATTEMPTS,
            backoff: { type: 'exponential', delay: 1_000 },
            removeOnComplete: true,
          },
        })),
      );
    }
  });
}

/** Removes the unfinished chunks of a job from the queue, dead ones as well; workers end those in progress. */
export function removeChunks(redis: Redis, registry: JobRegistry, job: Job): Promise<void> {
  const { name, tenant, hash, chunks } = job;
  return withQueue(redis, tenant, async (queue) => {
    const finished = await registry.finishedChunks(job);
    const indexes = Array.from({ length: chunks }, (_, index) => index);
    for (const some of inBulks(indexes.filter((index) => !finished.has(index))))
      await Promise.all(some.map((index) => queue.remove(chunkId(name, hash, index))));
  });
}

function* inBulks<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += BULK) yield all.slice(at, at + BULK);
}

/** Calls `use` with the queue of a tenant. */
export async function withQueue<T>(
  redis: Redis,
  tenant: string,
  use: (queue: Queue<ChunkData>) => Promise<T>,
): Promise<T> {
  const queue = await openQueue(redis, tenant);
  try {
    return await use(queue);
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

/** @throws PluginError CONFIG_INVALID when BullMQ is not installed */
export async function importBullmq(): Promise<typeof import('bullmq')> {
  return import('bullmq').catch((cause: unknown) => {
    throw new PluginError('CONFIG_INVALID', 'Queues need the packages bullmq and ioredis.', {
      hint: 'Install them beside this package: `npm install bullmq@6 ioredis@5`.',
      cause,
    });
  });
}
