import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import { largest } from '../../base/largest';

export interface Screen {
  /** Styles may be used; false if the output is piped. */
  readonly styled: boolean;
  /** Columns that a line may have; unlimited where the output is piped. */
  readonly width: number;
  /** How a user gets the columns that are left out of a table; `-o json` by default. */
  readonly allColumns?: string;
}

/**
 * Returns the capabilities of a stream. NO_COLOR and TERM=dumb switch styles off, FORCE_COLOR switches them on for a pipe; see
 * https://no-color.org and https://force-color.org.
 */
export function screenOf(output: NodeJS.WriteStream, environment: NodeJS.ProcessEnv = process.env): Screen {
  const forced = !['', '0', 'false', undefined].includes(environment.FORCE_COLOR);
  const plain = Boolean(environment.NO_COLOR) || environment.TERM === 'dumb';
  return {
    styled: forced || (output.isTTY === true && !plain),
    width: output.isTTY ? output.columns : Number.POSITIVE_INFINITY,
  };
}

const COLORS = { red: [31, 39], yellow: [33, 39], green: [32, 39], dim: [2, 22] } as const;

export function colored(text: string, color: keyof typeof COLORS, screen: Screen): string {
  const [on, off] = COLORS[color];
  return screen.styled ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}

/** An entry's markdown for a terminal: tables aligned, everything wrapped at words to the width, headings bold. */
export function render(markdown: string, screen: Screen): string {
  const lines: string[] = [];
  let table: string[][] = [];
  function endTable(): void {
    for (const row of tableLines(table, screen)) lines.push(row);
    table = [];
  }
  for (const line of markdown.split('\n')) {
    if (line.startsWith('|')) {
      table.push(cells(line));
      continue;
    }
    endTable();
    const heading = /^#{3,4} (.*)/.exec(line)?.[1];
    lines.push(
      heading === undefined ? paragraph(inline(line, screen), screen) : bold(plain(heading), screen),
    );
  }
  endTable();
  return `${lines.join('\n')}\n`;
}

const GAP = '  ';
const NARROWEST = 20;

interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** @param source the head, the line below it, and the rows; empty if there is no table */
function tableLines([head, , ...rows]: readonly (readonly string[])[], screen: Screen): string[] {
  if (head === undefined) return [];
  const table = { head, rows };
  return aligned(table, screen) ?? shortened(table, screen) ?? records(table, screen);
}

/** Empty beyond the end: a row may have fewer cells than the head, a cell fewer lines than another. */
function textAt(texts: readonly string[], place: number): string {
  return texts[place] ?? '';
}

/** Headings of the columns that a narrow screen leaves out, the least important kind first. */
const OPTIONAL: readonly RegExp[] = [/\bID$/, /^First /, /^Last (?:seen|scan)/];

/** A screen that is narrower shows one row after the other. */
const NARROW = 60;

/** Columns that a table keeps at least. */
const FEWEST = 3;

/** The table without the columns that do not fit, named below it; undefined for a single row, which is read better as a record. */
function shortened({ head, rows }: Table, screen: Screen): string[] | undefined {
  if (rows.length < 2 || screen.width < NARROW) return undefined;
  const places = head.map((_, place) => place);
  const optional = OPTIONAL.flatMap((kind) =>
    places.filter((place) => place > 0 && kind.test(textAt(head, place))),
  );
  const others = places.filter((place) => !optional.includes(place)).slice(FEWEST);
  const order = [...optional, ...others.reverse()];
  for (let count = 1; count <= order.length; count++) {
    const dropped = order.slice(0, count);
    const kept = places.filter((place) => !dropped.includes(place));
    const only = (row: readonly string[]) => kept.map((place) => textAt(row, place));
    const lines = aligned({ head: only(head), rows: rows.map(only) }, screen);
    if (lines === undefined) continue;
    const names = places.filter((place) => dropped.includes(place)).map((place) => head[place]);
    const note = `Columns left out: ${names.join(', ')}. Use ${screen.allColumns ?? '-o json'} for all.`;
    return [...lines, '', paragraph(note, screen)];
  }
  return undefined;
}

/** The table with aligned columns; undefined if it is too wide for that. */
function aligned({ head, rows }: Table, screen: Screen): string[] | undefined {
  const columns = head.map((heading, column) => [heading, ...rows.map((row) => textAt(row, column))]);
  const widths = fitted(columns, screen.width);
  if (widths === undefined) return undefined;
  const body = rows.map((row) => rowLines(row, widths));
  const gap = body.some((lines) => lines.length > 1) ? [''] : [];
  return [
    ...rowLines(head, widths).map((line) => bold(line, screen)),
    widths.map((width) => '─'.repeat(width)).join(GAP),
    ...body.flatMap((lines, index) => (index === 0 ? lines : [...gap, ...lines])),
  ];
}

/** For a table that is too wide: one row after the other, a line for each cell that is not empty. */
function records({ head, rows }: Table, screen: Screen): string[] {
  const label = largest(head.map((heading) => stringWidth(heading)));
  const value = Math.max(NARROWEST, screen.width - label - GAP.length);
  return rows.flatMap((row, index) => [
    ...(index === 0 ? [] : ['']),
    ...head.flatMap((heading, column) => {
      const text = textAt(row, column);
      if (text === '') return [];
      const start = bold(padded(heading, label), screen);
      return wrap(text, value).map((line, at) => (at === 0 ? start : ' '.repeat(label)) + GAP + line);
    }),
  ]);
}

/** Writes one row over several lines if its longest cell needs them, since an id that is cut cannot be copied. */
function rowLines(row: readonly string[], widths: readonly number[]): string[] {
  const wrapped = widths.map((width, column) => wrap(textAt(row, column), width));
  const height = largest(wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    wrapped
      .map((lines, column) => padded(textAt(lines, line), widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}

/** Wraps a string at words; a word that is wider than the column is cut, since an id must be copied whole. */
function wrap(text: string, width: number): string[] {
  return wrapAnsi(text, width, { hard: true }).split('\n');
}

/** Wraps a paragraph; the lines of a list item stay below its text. An address is never cut: a terminal makes it a link. */
function paragraph(text: string, { width }: Screen): string {
  if (stringWidth(text) <= width) return text;
  const indent = /^\s*(?:[-*]|\d+\.)\s+/.exec(text)?.[0].length ?? 0;
  return wrapAnsi(text, width - indent, { trim: false })
    .split('\n')
    .map((line, index) => (index === 0 ? line : ' '.repeat(indent) + line.trimStart()).trimEnd())
    .join('\n');
}

/** Narrows the widest columns until a row fits; undefined if that would break words. */
function fitted(columns: readonly (readonly string[])[], most: number): number[] | undefined {
  const least = columns.map((texts) =>
    largest(texts.flatMap((text) => text.split(' ')).map((word) => stringWidth(word))),
  );
  const widths = columns.map((texts) => largest(texts.map((text) => stringWidth(text))));
  const room = most - GAP.length * (columns.length - 1);
  while (widths.reduce((sum, width) => sum + width, 0) > room) {
    const spare = widths.map((width, column) => (width > (least[column] ?? 0) ? width : 0));
    const widest = spare.indexOf(largest(spare));
    if (!spare[widest]) return undefined;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function cells(line: string): string[] {
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => plain(cell.trim()));
}

/** Shows emphasis in bold and the address of a link after its text. */
function inline(markdown: string, screen: Screen): string {
  const shown = markdown
    .replace(/(?<!\\)\*\*(.+?)(?<!\\)\*\*/g, (_, text: string) => bold(text, screen))
    .replace(/(?<!\\)\[([^[\]]+)(?<!\\)\]\(([^\s()[]+)\)/g, '$1: $2');
  return plain(shown);
}

function plain(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

function padded(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - stringWidth(cell)));
}

function bold(text: string, screen: Screen): string {
  return screen.styled ? `\u001b[1m${text}\u001b[22m` : text;
}
