import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isRecord, parseJson } from '../base/json';
import { formatCount } from '../base/sanitize';
import type { FormatName } from './formats/format';
import { csvColumn, decode, lines } from './read-input';
import { readRow } from './row';

/** Reads the inputs of written rows, and throws where something else is written; a bundle does not contain them. */
const INPUTS_OF: Partial<Record<FormatName, (chunks: AsyncIterable<string>) => AsyncIterable<string>>> = {
  csv: (chunks) => csvColumn(chunks, 'input'),
  async *ndjson(chunks) {
    for await (const line of lines(chunks)) {
      const row = parseJson(line);
      if (!isRecord(row) || typeof row.input !== 'string') throw new TypeError('a line is not a row');
      yield row.input;
    }
  },
};

/** Whether an output exists that no run can resume: it has no journal. */
export async function isWithoutJournal(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || !found.isFile() || found.size === 0) return false;
  return (await stat(`${file}.journal`).catch(() => undefined)) === undefined;
}

/**
 * Returns the number of rows of a finished output that has one row for each observable of the source, in any order, since rows that
 * failed at first come last; undefined for any other file.
 */
export async function completeRows(
  file: string,
  format: FormatName,
  source: AsyncIterable<string>,
): Promise<number | undefined> {
  const read = INPUTS_OF[format];
  if (read === undefined) return undefined;
  const written = await digestOf(read(decode(createReadStream(file)))).catch(() => undefined);
  if (written === undefined) return undefined;
  const wanted = await digestOf(inputsOf(source));
  return written.count === wanted.count && written.sum === wanted.sum ? written.count : undefined;
}

/** Returns the line about a finished output. */
export function alreadyComplete(rows: number, out: string): string {
  return `already complete: ${formatCount(rows)} ${rows === 1 ? 'row is' : 'rows are'} in ${out}.\n`;
}

async function* inputsOf(source: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const text of source) yield readRow(text).input;
}

/** A digest that does not depend on the order: the sum of all hashes. */
async function digestOf(
  inputs: AsyncIterable<string>,
): Promise<{ readonly count: number; readonly sum: bigint }> {
  let count = 0;
  let sum = 0n;
  for await (const input of inputs) {
    count += 1;
    sum += BigInt(`0x${createHash('sha256').update(input).digest('hex')}`);
  }
  return { count, sum };
}
