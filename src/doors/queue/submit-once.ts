import type { Redis } from 'ioredis';
import { withCleanUp } from '../../base/clean-up';
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
export function submitOnce(stored: StoredInput, submission: Submission, ports: SubmitPorts): Promise<Job> {
  const { store, registry } = ports;
  return withCleanUp(submit(stored, submission, ports), async () => {
    // Submitting may fail after the job was stored. An input too many is better than one too few.
    const isNeeded = await registry.find(submission.name).then(
      (job) => job?.input === stored.input,
      (error) => !isPluginError(error),
    );
    if (!isNeeded) await store.remove(stored.input);
  });
}

async function submit(
  stored: StoredInput,
  submission: Submission,
  { registry, client, check }: SubmitPorts,
): Promise<Job> {
  await check();
  const known = await registry.find(submission.name);
  if (known !== undefined) {
    const store = await openChunkStore(known.location, process.env);
    if (await isReplaceable(known, store, stored, submission))
      await removeJob(known, { store, registry, client });
  }
  return submitJob(client, registry, stored, submission);
}

/**
 * Whether a job is not needed: it ended and a crash left it, or it is an earlier run of `--every` with another list, or with files that
 * were removed before Redis lost its last second.
 */
async function isReplaceable(
  { state, periodic, hash, tenant, location, input }: Job,
  store: ChunkStore,
  stored: StoredInput,
  submission: Submission,
): Promise<boolean> {
  if (state === 'ended') return true;
  const isEarlierRun = periodic === true && submission.periodic === true;
  if (!isEarlierRun || tenant !== submission.tenant || location !== submission.location) return false;
  return hash !== stored.hash || !(await store.hasInput(input));
}
