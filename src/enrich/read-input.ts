import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { BOUNDS } from '../base/bounds';
import { PluginError } from '../base/errors';
import { sanitize } from '../base/sanitize';

/**
 * Yields the lines that are neither blank nor a comment (`#`), trimmed and without a byte order mark. A line that is longer than a cell
 * may be is cut, and is then rejected for its length.
 */
export async function* lines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let parts: string[] = [];
  let length = 0;
  const add = (text: string) => {
    if (length <= BOUNDS.cell) parts.push(text.slice(0, BOUNDS.cell + 1 - length));
    length += text.length;
  };
  // `trim` removes a byte order mark too. A comment is not a line; the quotes of a CSV with one column are not part of it.
  const take = () => {
    const line = parts.join('').trim();
    parts = [];
    length = 0;
    return line.startsWith('#') ? '' : line.replace(/^"([^"]*)"$/, '$1').trim();
  };
  for await (const piece of chunks) {
    // Some programs write carriage returns without a newline. Blank lines more or less do not matter.
    const chunk = piece.replaceAll('\r', '\n');
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      // Fast path: a list may begin or end with millions of blank lines.
      if (end > from || length > 0) {
        add(chunk.slice(from, end));
        const line = take();
        if (line !== '') yield line;
      }
      from = end + 1;
    }
    add(chunk.slice(from));
  }
  const last = take();
  if (last !== '') yield last;
}

/** Splits a text into its lines, whatever ends them. A text without a line end is one line. */
export function linesIn(text: string): [string, ...string[]] {
  return text.split(LINE_END) as [string, ...string[]];
}

const LINE_END = /\r\n?|\n/;

/** Decodes UTF-8, or UTF-16 by its byte order mark or by the zero bytes of its first characters. */
export async function* decode(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let first = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (decoder !== undefined) {
      yield decoder.decode(chunk, { stream: true });
      continue;
    }
    first = Buffer.concat([first, chunk]);
    if (first.length < 4) continue;
    decoder = new TextDecoder(encodingOf(first));
    yield decoder.decode(first, { stream: true });
  }
  decoder ??= new TextDecoder(encodingOf(first));
  yield decoder.decode(first.length < 4 ? first : new Uint8Array());
}

function encodingOf([one, two, three, four]: Uint8Array): string {
  if ((one === 0xff && two === 0xfe) || (one !== 0 && two === 0 && three !== 0 && four === 0))
    return 'utf-16le';
  if ((one === 0xfe && two === 0xff) || (one === 0 && two !== 0 && three === 0 && four !== 0))
    return 'utf-16be';
  return 'utf-8';
}

/** Supported delimiters; the most frequent one in the header is used. */
const DELIMITERS = [',', ';', '\t'] as const;

/** The error for a replacement character in decoded text. */
const NOT_UTF8 = 'The input is not UTF-8 (perhaps Latin-1): save it as UTF-8.';

/** Characters of a header and of one record. */
const LONGEST_RECORD = BOUNDS.cell;

/**
 * One column of a CSV text (RFC 4180, header first; cells separated by commas, semicolons or tabs), blank cells left out.
 * @throws PluginError ARGUMENT_INVALID if no column has that name, and for a quote that is not closed, naming its line.
 */
export async function* csvColumn(
  chunks: AsyncIterable<string> | readonly string[],
  name: string,
): AsyncGenerator<string> {
  for await (const [cell] of csvColumns(chunks, [name])) if (cell) yield cell;
}

/** The cells of some columns, trimmed, record by record. @throws PluginError as `csvColumn` does */
export async function* csvColumns(
  chunks: AsyncIterable<string> | readonly string[],
  names: readonly string[],
): AsyncGenerator<string[]> {
  let columns: readonly number[] | undefined;
  for await (const record of records(chunks)) {
    if (columns === undefined) columns = names.map((name) => columnOf(record, name));
    else yield columns.map((column) => record[column]?.trim() ?? '');
  }
}

/** The records of a CSV text, the header among them. @throws PluginError ARGUMENT_INVALID for a quote that is not closed */
export async function* records(
  chunks: AsyncIterable<string> | readonly string[],
): AsyncGenerator<readonly string[]> {
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
  try {
    yield* parser as AsyncIterable<string[]>;
  } catch (error) {
    throw error instanceof CsvError ? damaged(error) : error;
  } finally {
    source.destroy();
  }
}

/** Spreadsheets write the separator into a line above the header; comments may be there too. */
const PREAMBLE = /^\uFEFF?(?:[\t ]*(?:#[^\r\n]*|sep=[^\r\n]{0,2})?(?:\r\n?|\n))+/i;

/** Returns a string from its first line that is not blank, a comment, or the `sep=;` of a spreadsheet. */
export function withoutPreamble(text: string): string {
  return text.replace(PREAMBLE, '');
}

/** The cells of a header line that looks like CSV; undefined for any other line. */
export function headerOf(line: string): readonly string[] | undefined {
  const cells = line.split(delimiterOf(line)).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  return cells.length > 1 ? cells : undefined;
}

/** Reads the header to find the delimiter, and gives the whole text. */
async function withDelimiter(
  chunks: AsyncIterable<string> | readonly string[],
): Promise<{ text: AsyncGenerator<string>; delimiter: string }> {
  const iterator = Readable.from(chunks)[Symbol.asyncIterator]();
  let read = '';
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    read += next.value;
    if (LINE_END.test(withoutPreamble(read)) || read.length > LONGEST_RECORD) break;
  }
  const start = withoutPreamble(read);
  async function* text(): AsyncGenerator<string> {
    try {
      yield start;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { text: text(), delimiter: delimiterOf(linesIn(start)[0]) };
}

function delimiterOf(header: string): string {
  const outside = header.replace(/"[^"]*"/g, '');
  const cells = (delimiter: string) => outside.split(delimiter).length;
  return DELIMITERS.reduce((best, other) => (cells(other) > cells(best) ? other : best));
}

function columnOf(header: readonly string[], name: string): number {
  const names = header.map((cell) => cell.trim());
  const encoding = names.some((cell) => cell.includes('\uFFFD')) ? ` ${NOT_UTF8}` : '';
  const similar = names.findIndex((cell) => cell.toLowerCase() === name.toLowerCase());
  const at = [names.indexOf(name), similar].find((found) => found >= 0);
  if (at !== undefined) return at;
  throw new PluginError('ARGUMENT_INVALID', `--column: the input has no column ${JSON.stringify(name)}.`, {
    hint: `Its columns are ${names.map((cell) => JSON.stringify(cell)).join(', ')}.${encoding}`,
  });
}

function damaged(error: CsvError): PluginError {
  // The parser names the line of every error.
  const { code, lines } = error as CsvError & { readonly lines: number };
  const what =
    code === 'CSV_QUOTE_NOT_CLOSED'
      ? 'a quote is not closed'
      : code === 'CSV_MAX_RECORD_SIZE'
        ? 'a record is too long, or a quote is not closed'
        : 'an unescaped quote within a cell';
  return new PluginError('ARGUMENT_INVALID', `Line ${lines} of the CSV input: ${what} (${sanitize(code)}).`, {
    hint: 'Write a quote within a quoted cell as two quotes.',
  });
}
