import type { Job as QueueJob } from 'bullmq';
import type { Redis } from 'ioredis';
import type { ChunkData, Job } from './job';
import { openQueue } from './submit';

/** A chunk that failed in all its attempts, or in a way that no attempt can change. */
interface DeadChunk {
  readonly index: number;
  readonly reason: string;
  /** Returns it to the queue, unless another process did. */
  retry(): Promise<void>;
  /** Removes it; one that was retried and that a worker has drops out with its job. */
  remove(): Promise<void>;
}

/** Calls `use` with the dead chunks of a job. */
export async function withDeadChunks<T>(
  { name, tenant }: Job,
  client: Redis,
  use: (dead: readonly DeadChunk[]) => Promise<T> | T,
): Promise<T> {
  const queue = await openQueue(client, tenant);
  try {
    const failed = await queue.getFailed();
    const dead = failed
      .filter((chunk) => (chunk.data as ChunkData).job === name)
      .map((chunk) => ({
        index: (chunk.data as ChunkData).index,
        reason: chunk.failedReason ?? 'no reason was recorded',
        retry: () => whileFailed(chunk, () => chunk.retry()),
        remove: () => whileFailed(chunk, () => chunk.remove()),
      }));
    return await use(dead.sort((one, other) => one.index - other.index));
  } finally {
    await queue.close();
  }
}

/** Acts on a chunk; an error does not matter once the chunk is no longer dead. */
async function whileFailed(chunk: QueueJob<ChunkData>, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (await chunk.isFailed()) throw error;
  }
}

export function countDeadChunks(job: Job, client: Redis): Promise<number> {
  return withDeadChunks(job, client, (dead) => dead.length);
}
