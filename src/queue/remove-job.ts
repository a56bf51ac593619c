import type { Redis } from 'ioredis';
import type { ChunkStore } from './chunk-store';
import type { Job } from './job';
import type { JobRegistry } from './job-registry';
import { removeChunks } from './queued-chunks';

export interface JobPlaces {
  readonly store: ChunkStore;
  readonly registry: JobRegistry;
  readonly client: Redis;
}

/**
 * Removes a job and what it stored. It ends first: a worker that has one of its chunks then removes what that chunk leaves. Its record goes
 * last, so `mdti jobs clean` finds what a crash leaves.
 */
export async function removeJob(job: Job, { store, registry, client }: JobPlaces): Promise<void> {
  // A later job with the same name and list has chunks with the same ids.
  if ((await registry.apply(job, 'end')) !== undefined) await removeChunks(client, registry, job);
  await store.remove(job.input);
  await registry.remove(job);
}
