type Row = readonly string[];

/** Sorted by one column: numbers by value, other texts by the alphabet, empty cells last. */
export function sortRows(rows: readonly Row[], column: number, down: boolean): Row[] {
  const numeric = rows.every(
    (row) => row[column] === '' || Number.isFinite(Number(row[column]?.replaceAll(',', ''))),
  );
  const collator = new Intl.Collator('en', { numeric: true });
  const keys = new Map(rows.map((row) => [row, row[column] ?? '']));
  const sign = down ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = [keys.get(one) ?? '', keys.get(other) ?? ''];
    if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
    if (numeric) return sign * (Number(a.replaceAll(',', '')) - Number(b.replaceAll(',', '')));
    return sign * collator.compare(a, b);
  });
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
