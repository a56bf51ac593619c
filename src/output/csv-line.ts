/** A record as RFC 4180. What a spreadsheet would take for a formula begins with a quote, so that it is read as text. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** Signs that begin a formula, also in full width, as East Asian keyboards type them. */
const SIGN = /[=+\-@＝＋－＠]/;

/** Where a spreadsheet may see the beginning of a cell: a `;` separates cells in many locales, and a tab when a text is pasted. */
const BEGINNING = /(?:^|[;\t\r\n]) *(?=[=+\-@＝＋－＠])|^[\t\r\n]/g;

function cell(value: string): string {
  const safe = SIGN.test(value) || /^[\t\r\n]/.test(value) ? withoutFormulas(value) : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function withoutFormulas(value: string): string {
  return value.replace(BEGINNING, (found, at: number) => {
    if (at === 0 && /^[\t\r\n]/.test(found))
      return `'${found}${SIGN.test(value.charAt(found.length)) ? "'" : ''}`;
    return isNumber(value, at + found.length) ? found : `${found}'`;
  });
}

/** Whether what begins here, up to the next separator, is a plain number. */
function isNumber(value: string, from: number): boolean {
  const text = value.slice(from, from + 400).split(/[;\t\r\n]/, 1)[0] ?? '';
  return text.length < 400 && text.trim() !== '' && !Number.isNaN(Number(text));
}
