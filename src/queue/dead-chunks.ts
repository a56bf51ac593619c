import type { Job as QueueJob } from 'bullmq';
import type { Redis } from 'ioredis';
import { type ChunkData, chunkId, type Job } from './job';
import { withQueue } from './queued-chunks';

/** A chunk that failed in all its attempts, or in a way that no attempt can change. */
interface DeadChunk {
  readonly index: number;
  readonly reason: string;
  /** Returns it to the queue, unless another process did. */
  retry(): Promise<void>;
}

/** Calls `use` with the dead chunks of a job. */
export function withDeadChunks<T>(
  job: Job,
  client: Redis,
  use: (dead: readonly DeadChunk[]) => Promise<T> | T,
): Promise<T> {
  return withQueue(client, job.tenant, async (queue) => {
    const ids = (await queue.getRanges(['failed'], 0, -1)).filter(isOf(job));
    const found = await Promise.all(ids.map((id) => queue.getJob(id)));
    const dead = found
      .filter((chunk) => chunk !== undefined)
      .map((chunk) => ({
        index: chunk.data.index,
        reason: chunk.failedReason ?? 'no reason was recorded',
        retry: () => retryWhileFailed(chunk),
      }));
    return use(dead.sort((one, other) => one.index - other.index));
  });
}

/** Retries a chunk; an error does not matter once the chunk is no longer dead. */
async function retryWhileFailed(chunk: QueueJob<ChunkData>): Promise<void> {
  try {
    await chunk.retry();
  } catch (error) {
    if (await chunk.isFailed()) throw error;
  }
}

export function countDeadChunks(job: Job, client: Redis): Promise<number> {
  return withQueue(client, job.tenant, async (queue) => {
    const ids = await queue.getRanges(['failed'], 0, -1);
    return ids.filter(isOf(job)).length;
  });
}

/** Whether an id is that of a chunk of this job: dead chunks of an earlier job of the name do not count. */
function isOf({ name, hash }: Job): (id: string) => boolean {
  const prefix = chunkId(name, hash, '');
  return (id) => id.startsWith(prefix);
}
