type Row = readonly string[];

/** Sorted by one column: numbers by value, other strings by the alphabet with numbers in them by value, empty cells last. */
export function sortRows(rows: readonly Row[], column: number, down: boolean): Row[] {
  const cells = rows.map((row) => row[column] ?? '');
  const numeric = cells.every((cell) => Number.isFinite(numberOf(cell)));
  const keys = cells.map<string | number>(numeric ? numberOf : sortKey);
  const sign = down ? -1 : 1;
  return rows
    .map((_, at) => at)
    .sort((one, other) => {
      const [a, b] = [keys[one] ?? '', keys[other] ?? ''];
      if (cells[one] === '' || cells[other] === '')
        return Number(cells[one] === '') - Number(cells[other] === '');
      return a === b ? one - other : a < b ? -sign : sign;
    })
    .map((at) => rows[at] as Row);
}

function numberOf(cell: string): number {
  return Number(cell.replaceAll(',', ''));
}

/** A string that compares by its characters as the cell compares by the alphabet; `Intl.Collator` takes ten times as long. */
function sortKey(cell: string): string {
  const plain = cell.length > 200 ? cell.slice(0, 200) : cell;
  return plain
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\d+/g, (digits) => digits.padStart(16, '0'));
}

/** The rows in which a cell contains the text, in any case. */
export function filterRows(rows: readonly Row[], text: string): readonly Row[] {
  const wanted = text.trim().toLowerCase();
  return wanted === '' ? rows : rows.filter((row) => row.some((cell) => cell.toLowerCase().includes(wanted)));
}

/** RFC 4180, with a quote before what a spreadsheet would run as a formula. */
export function csvOf(columns: Row, rows: readonly Row[]): string {
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
  const safe =
    /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
