import type { Redis } from 'ioredis';
import type { ChunkStore } from './chunk-store';
import { withDeadChunks } from './dead-chunks';
import type { Job } from './job';
import type { JobRegistry } from './job-registry';

interface JobPlaces {
  readonly store: ChunkStore;
  readonly registry: JobRegistry;
  readonly client: Redis;
}

/** Removes a job and what it stored. Its record goes last, so `mdti jobs clean` finds what a crash leaves. */
export async function removeJob(job: Job, { store, registry, client }: JobPlaces): Promise<void> {
  await withDeadChunks(job, client, async (dead) => {
    for (const { remove } of dead) await remove();
  });
  await store.remove(job);
  await registry.remove(job);
}
