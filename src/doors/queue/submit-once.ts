import type { Redis } from 'ioredis';
import { isPluginError } from '../../base/errors';
import type { ChunkStore, StoredInput } from '../../queue/chunk-store';
import type { Job } from '../../queue/job';
import type { JobRegistry } from '../../queue/job-registry';

import { openChunkStore } from '../../queue/open-chunk-store';
import { removeJob } from '../../queue/remove-job';
import { type Submission, submitJob } from '../../queue/submit';

interface SubmitPorts {
  /** The store of the input. */
  readonly store: ChunkStore;
  readonly registry: JobRegistry;
  readonly client: Redis;
  /** Throws if the rows could not be written. */
  check(): Promise<void>;
}

/** Submits a stored input, and removes it again unless a job needs it: the job that it joins has its own. */
export async function submitOnce(
  stored: StoredInput,
  submission: Submission,
  { store, registry, client, check }: SubmitPorts,
): Promise<Job> {
  const { name } = submission;
  try {
    await check();
    const known = await registry.find(name);
    if (known !== undefined && isReplaceable(known, stored, submission)) {
      const itsStore = await openChunkStore(known.location, process.env);
      await removeJob(known, { store: itsStore, registry, client });
    }
    return await submitJob(client, registry, stored, submission);
  } finally {
    // Submitting may fail after the job was stored. An input too many is better than one too few.
    const isNeeded = await registry.find(name).then(
      (job) => job?.input === stored.input,
      (error) => !isPluginError(error),
    );
    if (!isNeeded) await store.remove(stored.input);
  }
}

/**
 * Whether a job is not needed: it ended and a crash left it, or `--every` submitted it and submits another list now, whose
 * rows replace those of the earlier one.
 */
function isReplaceable(
  { state, periodic, hash, tenant, location }: Job,
  stored: StoredInput,
  submission: Submission,
): boolean {
  if (state === 'ended') return true;
  const isEarlierRun = periodic === true && submission.periodic === true;
  return (
    isEarlierRun && hash !== stored.hash && tenant === submission.tenant && location === submission.location
  );
}
