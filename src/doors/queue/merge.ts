import { PluginError } from '../../base/errors';
import { quoted } from '../../base/sanitize';
import { FORMATS, type FormatName } from '../../enrich/formats/format';
import { type JournalStep, readJournal } from '../../enrich/journal';
import { otherFormat } from '../../enrich/output-errors';
import { fileOutput } from '../../enrich/output-file';
import { countOutcomes, NO_ROWS, type OutcomeCounts } from '../../enrich/statistics';
import { type ChunkStore, damaged, rowsInChunk, rowsOf } from '../../queue/chunk-store';
import { storedRows } from '../../queue/enrich-chunk';
import type { Job } from '../../queue/job';

/** Applies the output format to the rows of all chunks in their order, exactly as one process would. @returns all rows by outcome */
export async function mergeRows(
  job: Job,
  store: ChunkStore,
  out: string,
  format: FormatName,
): Promise<OutcomeCounts> {
  const output = await fileOutput(out, format, job.started);
  let complete = false;
  try {
    if (!canContinue(output.done, job.hash)) throw otherRun(out);
    let row = 0;
    let index = 0;
    let counts = NO_ROWS.rows;
    for await (const text of rowsOf(store, job)) {
      const rows = storedRows(text);
      if (rows.length !== rowsInChunk(job.rows, index++)) throw damaged('rows');
      row += rows.length;
      counts = countOutcomes(rows, counts);
      if (row <= output.done.rows) continue;
      await output.put(rows.map((one) => FORMATS[format].row(one)).join(''), rows.length, job.hash);
    }
    complete = true;
    return counts;
  } finally {
    await output.close(complete);
  }
}

/**
 * Whether the rows of a list can be written to an output, as far as its journal shows.
 * @throws PluginError ARGUMENT_INVALID for the rows of another run or another format, CONFIG_INVALID for a file that cannot be written
 */
export async function requireContinuable(out: string, hash: string, format: FormatName): Promise<void> {
  const found = await readJournal(`${out}.journal`);
  // Opened as the merge opens it: an output that cannot be written fails before the work.
  if (found === undefined || found.done.rows === 0)
    return (await fileOutput(out, format, new Date().toISOString())).close(false);
  if (!canContinue(found.done, hash)) throw otherRun(out);
  if (found.format !== format) throw otherFormat(out, found.format);
}

/** Whether the rows of an output are the first ones of this list. A merge leaves no row for later, but `enrich` alone may. */
export function canContinue({ rows, inputHash, failed = [] }: JournalStep, hash: string): boolean {
  return rows === 0 || (inputHash === hash && failed.length === 0);
}

function otherRun(out: string): PluginError {
  return new PluginError('ARGUMENT_INVALID', `--out: ${quoted(out)} has rows of another run.`, {
    hint: 'Name another file; the same command then fetches the rows of the job.',
  });
}
