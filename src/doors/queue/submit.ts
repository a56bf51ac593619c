import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Log } from '../../base/log';
import { isWithoutJournal } from '../../enrich/already-complete';
import type { FormatName } from '../../enrich/formats/format';
import { readJournal } from '../../enrich/journal';
import { enrichStatus, rowsWithoutResult, withoutResultText, writtenRows } from '../../enrich/statistics';
import type { StoredInput } from '../../queue/chunk-store';
import type { Job } from '../../queue/job';
import { jobRegistry } from '../../queue/job-registry';
import { BLOB_PREFIX, openChunkStore } from '../../queue/open-chunk-store';
import { removeJob } from '../../queue/remove-job';
import { endComplete } from './complete-output';
import { connectQueue } from './connect';
import { canContinue, mergeRows, requireContinuable } from './merge';
import { submitOnce } from './submit-once';
import { waitForJob } from './wait-for-job';

export interface QueueOptions {
  readonly queue: string;
  readonly tenant: string;
  /** The file that the rows go to. */
  readonly out: string;
  /** A folder that every worker reaches, or `blob:NAME`; `OUT.job` by default. */
  readonly folder: string | undefined;
  readonly format: FormatName;
  readonly log: Log;
  /** Cached responses of requests before this time are not used, milliseconds since the epoch. */
  readonly notBefore?: number | undefined;
  /** The option that requests newer responses, as typed. */
  readonly renewal?: string | undefined;
  /** Replaces what `out` contains, unless that is the beginning of this job's rows. */
  readonly replace?: boolean;
  /** Whether it is one of many runs: it replaces the job of an earlier one with another list. */
  readonly periodic?: boolean;
}

/**
 * `mdti enrich FILE --queue NAME`: stores the input, submits it, waits until the workers are done, and writes what `mdti
 * enrich` alone would write. The job continues when this process ends; the same command waits for it again.
 * @returns the exit status; `gone` if the job was removed before it was complete
 */
export async function submitAndWait(
  source: AsyncIterable<string>,
  { queue: name, tenant, out, folder, format, log, ...options }: QueueOptions,
  signal: AbortSignal,
): Promise<number | 'gone'> {
  const { notBefore, renewal, replace = false, periodic = false } = options;
  const { client, settings, close } = await connectQueue(process.env, log);
  try {
    const location = folder?.startsWith(BLOB_PREFIX) ? folder : resolve(folder ?? `${out}.job`);
    const inputStore = await openChunkStore(location, process.env);
    const stored = await inputStore.writeInput(source);
    const registry = jobRegistry(client, settings.sealingKey);
    if (!replace && (await isWithoutJournal(out))) {
      const places = { store: inputStore, registry, client };
      const command = { name, tenant, location, out, format, renewal };
      const { text, status } = await endComplete(command, stored, places);
      process.stderr.write(text);
      return status;
    }
    const started = new Date().toISOString();
    const submission = { name, tenant, location, started, notBefore, periodic };
    const job = await submitOnce(stored, submission, {
      store: inputStore,
      registry,
      client,
      check: async () => (replace ? undefined : requireContinuable(out, stored.hash, format)),
    });
    // A job that was there before may be elsewhere.
    const store = await openChunkStore(job.location, process.env);
    if (replace) await removeOther(out, job, stored);
    const end = await waitForJob(job, stored.chunks, { registry, client, signal });
    if (end !== 'complete') return end === 'gone' ? end : 1;
    const counts = await mergeRows(job, store, out, format);
    await removeJob(job, { store, registry, client });
    const rows = rowsWithoutResult(counts);
    const why = withoutResultText({ rows, hasFailed: counts.failed > 0 }, out, format);
    process.stderr.write(writtenRows(counts, out) + why);
    return enrichStatus(rows);
  } finally {
    await close();
  }
}

/** Removes an output unless it contains the first rows of this job, which then continues. */
async function removeOther(out: string, job: Job, stored: StoredInput): Promise<void> {
  const journal = await readJournal(`${out}.journal`);
  const isNew = job.input === stored.input;
  if (!isNew && journal !== undefined && canContinue(journal.done, job.hash)) return;
  if (journal !== undefined) await rm(`${out}.journal`);
  await rm(out, { force: true });
}
