import { withCleanUp } from '../../base/clean-up';
import { alreadyComplete, type NothingToDo } from '../../enrich/already-complete';
import type { FormatName } from '../../enrich/formats/format';
import { type StoredInput, storedInputs } from '../../queue/chunk-store';
import type { Job } from '../../queue/job';
import { type JobPlaces, removeJob } from '../../queue/remove-job';

/** A command whose output exists and has no journal. */
interface RepeatedCommand extends Pick<Job, 'name' | 'tenant' | 'location'> {
  readonly out: string;
  readonly format: FormatName;
  readonly renewal: string | undefined;
}

/**
 * Ends a command whose output is complete, and removes the job of it that a crash left.
 * @returns the line for the user, and the exit status
 * @throws PluginError ARGUMENT_INVALID as `alreadyComplete` does
 */
export async function endComplete(
  { name, tenant, location, out, format, renewal }: RepeatedCommand,
  stored: StoredInput,
  places: JobPlaces,
): Promise<NothingToDo> {
  const { store, registry } = places;
  const inputs = storedInputs(store, stored);
  const ending = alreadyComplete(out, format, inputs, renewal);
  const ended = await withCleanUp(ending, () => store.remove(stored.input));
  const job = await registry.find(name);
  if (job?.hash === stored.hash && job.tenant === tenant && job.location === location) {
    const { chunks } = await registry.progress(job);
    if (chunks === job.chunks) await removeJob(job, places);
  }
  return ended;
}
