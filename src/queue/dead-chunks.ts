import type { Redis } from 'ioredis';
import type { ChunkData, Job } from './job';
import { openQueue } from './submit';

/** A chunk that failed in all its attempts, or in a way that no attempt can change. */
export interface DeadChunk {
  readonly index: number;
  readonly reason: string;
  retry(): Promise<void>;
  remove(): Promise<void>;
}

export async function deadChunks({ name, tenant }: Job, client: Redis): Promise<DeadChunk[]> {
  const queue = await openQueue(client, tenant);
  const failed = await queue.getFailed();
  return failed
    .filter((chunk) => (chunk.data as ChunkData).job === name)
    .map((chunk) => ({
      index: (chunk.data as ChunkData).index,
      reason: chunk.failedReason ?? 'no reason was recorded',
      retry: () => chunk.retry(),
      remove: () => chunk.remove(),
    }))
    .sort((one, other) => one.index - other.index);
}
