import { isRecord } from '../../base/json';
import { csvLine } from '../../enrich/formats/csv';

/** Writes rows as CSV (RFC 4180): a column for each leaf (`registrar.organization`), in order of appearance. */
export function csv(rows: readonly unknown[]): string {
  const flat = rows.map((row) => new Map(leaves(row)));
  const columns = [...new Set(flat.flatMap((row) => [...row.keys()]))];
  if (columns.length === 0) return '';
  const lines = [columns, ...flat.map((row) => columns.map((column) => row.get(column) ?? ''))];
  return lines.map(csvLine).join('');
}

/** Flattens an object; a list of plain values is one cell, joined by semicolons, a list of objects is JSON. */
function leaves(value: unknown, path = ''): [string, string][] {
  if (isRecord(value))
    return Object.entries(value).flatMap(([name, inner]) =>
      leaves(inner, path === '' ? name : `${path}.${name}`),
    );
  return [[path === '' ? 'value' : path, text(value)]];
}

function text(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (!Array.isArray(value)) return String(value);
  return value.some((item) => typeof item === 'object') ? JSON.stringify(value) : value.join('; ');
}
