import { BOUNDS } from '../base/bounds';
import { PluginError } from '../base/errors';
import { quoted } from '../base/sanitize';
import { csvColumn, headerOf, lines, linesIn, records, withoutPreamble } from './read-input';
import { isObservable } from './row';

/** Lines of a CSV that show which column has the observables, the header among them. */
const SAMPLE = 12;

/** The input of `enrich`: one text per observable. */
interface InputRows {
  readonly rows: AsyncIterable<string>;
  /** The column that was found in a CSV without being named. */
  readonly column?: string;
}

/**
 * Returns the strings of an input: the cells of a column, or lines. A CSV whose column is not named is recognized by its header, of
 * which no cell is an observable; most records after it have several cells too.
 * @throws PluginError ARGUMENT_INVALID if the column does not exist, or if the choice is ambiguous
 */
export async function inputRows(chunks: AsyncIterable<string>, column?: string): Promise<InputRows> {
  if (column !== undefined) return { rows: await started(csvColumn(chunks, column)) };
  const { start, all } = rewindable(chunks);
  const [first] = linesIn(withoutPreamble(await start(1)));
  const header = headerOf(first)?.slice(0, BOUNDS.columns);
  if (header === undefined || header.some(isObservable)) return { rows: lines(all()) };
  const [cells = header, ...others] = await whole(records([await start(SAMPLE)]));
  if (!isCsv(others)) return { rows: lines(all()) };
  const names = cells.slice(0, BOUNDS.columns).map((cell) => cell.trim());
  const found = likelyColumn(names, others);
  if (found !== undefined) return { rows: await started(csvColumn(all(), found)), column: found };
  throw new PluginError('ARGUMENT_INVALID', 'The input looks like CSV, and no column is named.', {
    hint: `Name the column of the observables with --column: one of ${distinct(names).map(quoted).join(', ')}.`,
  });
}

/** Whether most records after the header have several cells too: a list may begin with any text. A header alone has none. */
function isCsv(others: readonly (readonly string[])[]): boolean {
  return others.length === 0 || others.filter(({ length }) => length > 1).length * 2 > others.length;
}

/** Of columns with the same name, the first one is read. */
function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => name !== '');
}

/** The column with the most observables; undefined if most of its cells are not observables or two columns have as many. */
function likelyColumn(names: readonly string[], others: readonly (readonly string[])[]): string | undefined {
  const counts = distinct(names).map((name) => {
    const at = names.indexOf(name);
    const cells = others.map((record) => record[at]?.trim() ?? '').filter((cell) => cell !== '');
    return { name, found: cells.filter(isObservable).length, cells: cells.length };
  });
  const [best, next] = counts.sort((one, other) => other.found - one.found);
  const isClear = best !== undefined && best.found * 2 > best.cells && best.found !== next?.found;
  return isClear ? best.name : undefined;
}

/** All that a sample contains, which may end within a quoted cell. */
async function whole<T>(items: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  try {
    for await (const item of items) read.push(item);
  } catch {
    // The sample may cut its last record; that is not an error of the input.
  }
  return read;
}

/** Reads the first row at once: an input that cannot be read fails before an output is created. */
async function started(rows: AsyncGenerator<string>): Promise<AsyncIterable<string>> {
  const first = await rows.next();
  async function* all(): AsyncGenerator<string> {
    if (first.done) return;
    yield first.value;
    yield* rows;
  }
  return all();
}

/** Lets the start of a string be read before all of it. */
function rewindable(chunks: AsyncIterable<string>) {
  const iterator = chunks[Symbol.asyncIterator]();
  let text = '';
  let ended = false;
  return {
    /** At least this many lines, or the whole text; no more is read than that takes. */
    async start(count: number): Promise<string> {
      while (!ended && text.length < BOUNDS.cell && linesIn(withoutPreamble(text)).length <= count) {
        const next = await iterator.next();
        if (next.done) ended = true;
        else text += next.value;
      }
      return text;
    },
    async *all(): AsyncGenerator<string> {
      yield text;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    },
  };
}
