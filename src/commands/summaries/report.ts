import { PluginError, toPluginError } from '../../base/errors';
import { type Lookup, reportedLookup } from '../../output/lookups';
import type { Entry } from '../../xsoar/entry';
import type { Services } from '../declaration/services';
import type { PartResult } from './part';

/** The record or observable that a summary is about, by its name in context. */
type Subject = NonNullable<Lookup['subject']>;

/** A summary, and what it was made of. */
export interface Summarized {
  /** The subject of the summary: the id of a record, or a normalized observable. */
  readonly id: string;
  readonly entry: Entry;
  readonly results: readonly PartResult[];
}

/** Returns the result of a summary: `Contents` as one row, and the first failed part. @param name of the id in context */
export function summaryLookup(name: string, { id, entry, results }: Summarized): Lookup {
  const failed = results.find(({ error }) => error !== undefined);
  const rows = entry.Contents === null ? [] : [entry.Contents];
  return reportedLookup({ name, id }, rows, failed && titled(failed.part.title, failed.error));
}

/** Reports the result of the one thing that a command summarizes, even if it failed. @param subject with the id that the user typed */
export async function reported(
  { report }: Services,
  subject: Subject,
  work: () => Promise<Summarized>,
): Promise<Entry> {
  try {
    const summarized = await work();
    report([summaryLookup(subject.name, summarized)]);
    return summarized.entry;
  } catch (error) {
    report([reportedLookup(subject, [], toPluginError(error))]);
    throw error;
  }
}

/** The error with the name of the part that it is about. */
function titled(title: string, error: PluginError | undefined): PluginError | undefined {
  return error && new PluginError(error.code, `${title}: ${error.message}`, error);
}
