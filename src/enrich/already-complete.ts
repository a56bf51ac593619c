import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { PluginError } from '../base/errors';
import { parseJson } from '../base/json';
import { cellText } from './formats/csv';
import type { FormatName } from './formats/format';
import { occupied } from './output-errors';
import { csvColumns, decode, lines } from './read-input';
import { type EnrichedRow, readRow } from './row';
import {
  countOutcomes,
  enrichStatus,
  NO_ROWS,
  type OutcomeCounts,
  outcomesText,
  rowsWithoutResult,
  withoutResultText,
  writtenRows,
} from './statistics';

/** How a format repeats the input of a row; a bundle does not contain it. */
interface WrittenInputs {
  /** Reads the rows, and throws where something else is written. */
  read(chunks: AsyncIterable<string>): AsyncIterable<WrittenRow>;
  /** An input as it reads back from a row. */
  readBack(input: string): string;
}

type WrittenRow = Pick<EnrichedRow, 'input' | 'outcome'>;

const WRITTEN: Partial<Record<FormatName, WrittenInputs>> = {
  csv: {
    async *read(chunks) {
      for await (const [input, outcome] of csvColumns(chunks, ['input', 'outcome']))
        yield writtenRow({ input, outcome });
    },
    readBack: (input) => cellText(input).trim(),
  },
  ndjson: {
    async *read(chunks) {
      for await (const line of lines(chunks)) yield writtenRow(parseJson(line));
    },
    readBack: (input) => input,
  },
};

/** @throws TypeError if the value is not a row */
function writtenRow(row: unknown): WrittenRow {
  const { input, outcome } = row as Readonly<Record<string, unknown>>;
  if (typeof input !== 'string' || !isOutcome(outcome)) throw new TypeError('a line is not a row');
  return { input, outcome };
}

function isOutcome(value: unknown): value is EnrichedRow['outcome'] {
  return typeof value === 'string' && Object.hasOwn(NO_ROWS.rows, value);
}

/** The message and the exit status of a command that has nothing to do. */
export interface NothingToDo {
  readonly text: string;
  readonly status: number;
}

/**
 * Returns what a command ends with whose output has all rows of its list already: the status is that of the run that wrote them.
 * @param file an output without a journal
 * @param renewal the option that requests newer responses, such as `--fresh`
 * @throws PluginError ARGUMENT_INVALID for an output with anything else, and for one whose rows should be newer
 */
export async function alreadyComplete(
  file: string,
  format: FormatName,
  source: AsyncIterable<string>,
  renewal?: string,
): Promise<NothingToDo> {
  const counts = await completeRows(file, format, source);
  if (counts === undefined) throw occupied(file, format);
  if (renewal !== undefined) throw notRenewed(file, counts, renewal);
  const rows = rowsWithoutResult(counts);
  return {
    text: `already complete: ${writtenRows(counts, file)}${withoutResultText({ rows, hasFailed: counts.failed > 0 }, file, format)}`,
    status: enrichStatus(rows),
  };
}

function notRenewed(file: string, counts: OutcomeCounts, renewal: string): PluginError {
  return new PluginError(
    'ARGUMENT_INVALID',
    `--out: ${file} already has all rows of this list from an earlier run: ${outcomesText(counts)}.`,
    { hint: `${renewal} does not replace a file. Name another file, or delete this one.` },
  );
}

/** Whether an output exists that no run can resume: it has no journal. */
export async function isWithoutJournal(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || !found.isFile() || found.size === 0) return false;
  return (await stat(`${file}.journal`).catch(() => undefined)) === undefined;
}

/**
 * Counts the rows of a finished output that has one row for each observable of the source, in any order, since rows that failed at
 * first come last; undefined for any other file.
 */
export async function completeRows(
  file: string,
  format: FormatName,
  source: AsyncIterable<string>,
): Promise<OutcomeCounts | undefined> {
  const { [format]: written } = WRITTEN;
  if (written === undefined) return undefined;
  const found = await rowsIn(file, written).catch(() => undefined);
  if (found === undefined) return undefined;
  const wanted = inputDigest();
  for await (const text of source) wanted.add(written.readBack(readRow(text).input));
  return wanted.value() === found.inputs ? found.counts : undefined;
}

async function rowsIn(
  file: string,
  { read }: WrittenInputs,
): Promise<{ readonly inputs: bigint; readonly counts: OutcomeCounts }> {
  const inputs = inputDigest();
  let counts = NO_ROWS.rows;
  for await (const row of read(decode(createReadStream(file)))) {
    inputs.add(row.input);
    counts = countOutcomes([row], counts);
  }
  return { inputs: inputs.value(), counts };
}

/** A digest that does not depend on the order: the sum of the inputs' hashes. */
function inputDigest() {
  let sum = 0n;
  return {
    add(input: string): void {
      sum += BigInt(`0x${createHash('sha256').update(input).digest('hex')}`);
    },
    value: () => sum,
  };
}
