import { PluginError } from '../../base/errors';
import { quoted } from '../../base/sanitize';
import { FORMATS, type FormatName } from '../../enrich/formats/format';
import { type JournalStep, readJournal } from '../../enrich/journal';
import { fileOutput, otherFormat } from '../../enrich/output-file';
import { type ChunkStore, damaged, rowsInChunk, rowsOf } from '../../queue/chunk-store';
import { storedRows } from '../../queue/enrich-chunk';
import type { Job } from '../../queue/job';

/** Applies the output format to the rows of all chunks in their order, exactly as one process would. */
export async function mergeRows(job: Job, store: ChunkStore, out: string, format: FormatName): Promise<void> {
  const output = await fileOutput(out, format, job.started);
  let complete = false;
  try {
    if (!canContinue(output.done, job.hash)) throw otherRun(out);
    let row = 0;
    let index = 0;
    for await (const text of rowsOf(store, job)) {
      const rows = storedRows(text);
      if (rows.length !== rowsInChunk(job.rows, index++)) throw damaged('rows');
      row += rows.length;
      if (row <= output.done.rows) continue;
      await output.put(rows.map((one) => FORMATS[format].row(one)).join(''), rows.length, job.hash);
    }
    complete = true;
  } finally {
    await output.close(complete);
  }
}

/**
 * Whether the rows of a list can be written to an output, as far as its journal shows.
 * @throws PluginError ARGUMENT_INVALID for the rows of another run or another format
 */
export async function requireContinuable(out: string, hash: string, format: FormatName): Promise<void> {
  const found = await readJournal(`${out}.journal`);
  if (found === undefined || found.done.rows === 0) return;
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
