import { PluginError } from '../base/errors';

/**
 * One column of a CSV text (RFC 4180, header first), blank cells left out.
 * @throws PluginError ARGUMENT_INVALID where no column has that name.
 */
export async function* csvColumn(chunks: AsyncIterable<string>, name: string): AsyncGenerator<string> {
  let column: number | undefined;
  for await (const record of records(chunks)) {
    if (column === undefined) {
      column = place(record, name);
      continue;
    }
    const cell = record[column]?.trim() ?? '';
    if (cell !== '') yield cell;
  }
}

function place(header: readonly string[], name: string): number {
  const names = header.map((cell) => cell.trim());
  const exact = names.indexOf(name);
  const at = exact >= 0 ? exact : names.findIndex((cell) => cell.toLowerCase() === name.toLowerCase());
  if (at >= 0) return at;
  throw new PluginError('ARGUMENT_INVALID', `The input has no column ${JSON.stringify(name)}.`, {
    hint: `Its first line names ${names.map((cell) => JSON.stringify(cell)).join(', ')}.`,
  });
}

/** The cells of each record. A quoted cell may hold commas, line breaks, and quotes that are doubled. */
async function* records(chunks: AsyncIterable<string>): AsyncGenerator<string[]> {
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  for await (const chunk of chunks) {
    for (const character of chunk) {
      if (character === '"') {
        quoted = !quoted;
        cell += character;
      } else if (quoted || (character !== ',' && character !== '\n')) {
        cell += character;
      } else {
        cells.push(plain(cell));
        cell = '';
        if (character === ',') continue;
        yield cells;
        cells = [];
      }
    }
  }
  if (cell !== '' || cells.length > 0) yield [...cells, plain(cell)];
}

/** What a cell says: without the quotes around it, and with one where two stand. */
function plain(cell: string): string {
  const said = cell.replace(/^\uFEFF|\r$/g, '');
  return /^".*"$/s.test(said) ? said.slice(1, -1).replaceAll('""', '"') : said;
}
