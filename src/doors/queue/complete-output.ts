import { stat } from 'node:fs/promises';
import { PluginError } from '../../base/errors';
import { alreadyComplete, completeRows } from '../../enrich/already-complete';
import type { FormatName } from '../../enrich/formats/format';
import { type ChunkStore, type StoredInput, storedInputs } from '../../queue/chunk-store';
import type { Job } from '../../queue/job';
import { type JobPlaces, removeJob } from '../../queue/remove-job';

/** Whether an output exists that no run can continue: it is not empty and has no journal. */
export async function isOccupied(out: string): Promise<boolean> {
  const size = (await stat(out).catch(() => undefined))?.size ?? 0;
  return size > 0 && (await stat(`${out}.journal`).catch(() => undefined)) === undefined;
}

/**
 * Ends a command whose output is complete, and removes the job of it that a crash left.
 * @returns the line for the user
 * @throws PluginError ARGUMENT_INVALID if the output contains anything else than the rows of this list
 */
export async function endComplete(
  out: string,
  format: FormatName,
  stored: StoredInput,
  { name, tenant, location }: Pick<Job, 'name' | 'tenant' | 'location'>,
  places: JobPlaces,
): Promise<string> {
  const rows = await completeIn(out, format, stored, places.store);
  const job = await places.registry.find(name);
  if (job?.hash === stored.hash && job.tenant === tenant && job.location === location) {
    const { chunks } = await places.registry.progress(job);
    if (chunks === job.chunks) await removeJob(job, places);
  }
  return alreadyComplete(rows, out);
}

async function completeIn(
  out: string,
  format: FormatName,
  stored: StoredInput,
  store: ChunkStore,
): Promise<number> {
  const rows = await completeRows(out, format, storedInputs(store, stored)).finally(() =>
    store.remove(stored.input),
  );
  if (rows !== undefined) return rows;
  throw new PluginError('ARGUMENT_INVALID', `--out: ${out} exists and is not empty.`, {
    hint: 'Name another file, or delete this one.',
  });
}
