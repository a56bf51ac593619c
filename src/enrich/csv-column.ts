import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { BOUNDS } from '../base/bounds';
import { PluginError } from '../base/errors';
import { sanitize } from '../base/sanitize';

/** What separates cells; the one that the header has most of is taken. */
const DELIMITERS = [',', ';', '\t'] as const;

/** Characters of a header and of one record. */
const LONGEST_RECORD = BOUNDS.cell;

/**
 * One column of a CSV text (RFC 4180, header first; cells separated by commas, semicolons or tabs), blank cells left out.
 * @throws PluginError ARGUMENT_INVALID where no column has that name, and for a quote that is not closed, naming its line.
 */
export async function* csvColumn(chunks: AsyncIterable<string>, name: string): AsyncGenerator<string> {
  const { text, delimiter } = await withDelimiter(chunks);
  const parser = parse({
    bom: true,
    delimiter,
    // Files that were edited on several systems mix them.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
  });
  const source = Readable.from(text);
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let column: number | undefined;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      if (column === undefined) {
        column = columnOf(record, name);
        continue;
      }
      const cell = record[column]?.trim() ?? '';
      if (cell !== '') yield cell;
    }
  } catch (error) {
    throw error instanceof CsvError ? damaged(error) : error;
  } finally {
    source.destroy();
  }
}

/** The cells of a header line that looks like CSV; undefined for any other line. */
export function headerOf(line: string): readonly string[] | undefined {
  const cells = line.split(delimiterOf(line)).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  return cells.length > 1 ? cells : undefined;
}

/** Reads the header to find the delimiter, and gives the whole text. */
async function withDelimiter(
  chunks: AsyncIterable<string>,
): Promise<{ text: AsyncGenerator<string>; delimiter: string }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let start = '';
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    start += next.value;
    if (start.includes('\n') || start.length > LONGEST_RECORD) break;
  }
  async function* text(): AsyncGenerator<string> {
    yield start;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { text: text(), delimiter: delimiterOf(start.split('\n', 1)[0] ?? '') };
}

function delimiterOf(header: string): string {
  const outside = header.replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => outside.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function columnOf(header: readonly string[], name: string): number {
  const names = header.map((cell) => cell.trim());
  const exact = names.indexOf(name);
  const at = exact >= 0 ? exact : names.findIndex((cell) => cell.toLowerCase() === name.toLowerCase());
  if (at >= 0) return at;
  throw new PluginError('ARGUMENT_INVALID', `--column: the input has no column ${JSON.stringify(name)}.`, {
    hint: `Its columns are ${names.map((cell) => JSON.stringify(cell)).join(', ')}.`,
  });
}

function damaged({ code, lines }: CsvError & { readonly lines?: number }): PluginError {
  const what =
    code === 'CSV_QUOTE_NOT_CLOSED'
      ? 'a quote is not closed'
      : code === 'CSV_MAX_RECORD_SIZE'
        ? 'a record is too long, or a quote is not closed'
        : 'a quote is at the wrong place';
  return new PluginError(
    'ARGUMENT_INVALID',
    `Line ${lines ?? '?'} of the CSV input: ${what} (${sanitize(code)}).`,
    {
      hint: 'Write a quote within a quoted cell as two quotes.',
    },
  );
}
