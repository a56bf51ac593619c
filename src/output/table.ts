import { type Cell, tableCell } from './cell';

export { type Cell, day, joined, joinWithSpaces, latest, typeName, withNote, yesNo } from './cell';

/** The columns of a table, in their order: the heading, and what it shows of a row. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

/** The presentation of rows of one kind to a user. */
export interface Table {
  readonly title: string;
  readonly columns: Columns<unknown>;
}

/** A table of Graph objects, as context keeps them. */
export function table<Row>(title: string, columns: Columns<Row>): Table {
  return { title, columns: columns as Columns<unknown> };
}

/** A markdown table; columns that are empty in every row are left out. */
export function markdownTable({ title, columns }: Table, rows: readonly unknown[]): string {
  const all = Object.entries(columns).map(([heading, show]) => ({
    heading,
    cells: rows.map((row) => tableCell(shown(show, row))),
  }));
  const filled = all.filter((column) => column.cells.some((cell) => cell !== ''));
  if (filled.length === 0) return `### ${title}`;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const body = rows.map((_, index) => line(filled.map((column) => column.cells[index] ?? '')));
  return [
    `### ${title}`,
    '',
    line(filled.map((column) => column.heading)),
    line(filled.map(() => '---')),
    ...body,
  ].join('\n');
}

/** Graph may send another shape than it documents: a cell that cannot be made is empty, the row stays. */
function shown(show: (row: unknown) => Cell, row: unknown): unknown {
  try {
    return show(row);
  } catch {
    return undefined;
  }
}
