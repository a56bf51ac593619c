import { rulesOf } from '../../output/verdict/rules';
import type { EnrichedRow, EnrichFormat } from '../row';

/** Returns a CSV record (RFC 4180). A cell that looks like a formula starts with a quote, so that a spreadsheet reads it as text. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** Characters that start a formula, also in full width, as East Asian keyboards type them. */
const SIGN = /[=+\-@＝＋－＠]/;

/** Positions at which a spreadsheet may start a cell: after a `;` in many locales, and after a tab in pasted text. */
const CELL_START = /(?:^|[;\t\r\n]) *(?=[=+\-@＝＋－＠])|^[\t\r\n]/g;

/** Returns the text that a spreadsheet shows in a cell. */
export function cellText(value: string): string {
  return SIGN.test(value) || /^[\t\r\n]/.test(value) ? withoutFormulas(value) : value;
}

function cell(value: string): string {
  const safe = cellText(value);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function withoutFormulas(value: string): string {
  return value.replace(CELL_START, (found, at: number) => {
    if (at === 0 && /^[\t\r\n]/.test(found))
      return `'${found}${SIGN.test(value.charAt(found.length)) ? "'" : ''}`;
    return isNumber(value, at + found.length) ? found : `${found}'`;
  });
}

/** Whether the text from here to the next separator is a plain number. */
function isNumber(value: string, from: number): boolean {
  const text = value.slice(from, from + 400).split(/[;\t\r\n]/, 1)[0] ?? '';
  return text.length < 400 && !Number.isNaN(Number(text));
}

/** Of a host classification, score and rules; of a CVE severity and priority score. */
const COLUMNS: Readonly<Record<string, (row: EnrichedRow) => unknown>> = {
  input: (row) => row.input,
  observable: (row) => ('value' in row ? row.value : ''),
  type: (row) => ('type' in row ? row.type : ''),
  outcome: (row) => row.outcome,
  classification: (row) => known(row).classification ?? known(row).severity,
  score: (row) => numberIn(known(row).score) ?? numberIn(known(row).priorityScore),
  rules: (row) =>
    rulesOf(known(row))
      .flatMap(({ name }) => name ?? [])
      .join('; '),
  reason: (row) => ('reason' in row ? row.reason : ''),
  requestedAt: (row) => row.requestedAt,
};

/** One line per row, after a header. */
export const csvFormat: EnrichFormat = {
  head: csvLine(Object.keys(COLUMNS)),
  row: (row) => csvLine(Object.values(COLUMNS).map((cell) => String(cell(row) ?? ''))),
  foot: () => '',
};

/** Graph sends a number; anything else is not a score. */
function numberIn(value: unknown): unknown {
  return Number.isFinite(value) ? value : undefined;
}

function known(row: EnrichedRow) {
  return row.outcome === 'found' ? row.known : {};
}
