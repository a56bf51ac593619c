import type { Redis } from 'ioredis';
import type { ChunkData, Job } from './job';
import { openQueue } from './submit';

/** A chunk that failed in all its attempts, or in a way that no attempt can change. */
interface DeadChunk {
  readonly index: number;
  readonly reason: string;
  retry(): Promise<void>;
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
        retry: () => chunk.retry(),
        remove: () => chunk.remove(),
      }));
    return await use(dead.sort((one, other) => one.index - other.index));
  } finally {
    await queue.close();
  }
}

export function countDeadChunks(job: Job, client: Redis): Promise<number> {
  return withDeadChunks(job, client, (dead) => dead.length);
}
