import { isRecord } from '../json';

/** What a column gives for a row: a text, a number, or nothing. */
export type Cell = string | number | boolean | null | undefined;

/** Characters of a text that a table shows. */
const LONGEST = 160;

/** The date of an ISO 8601 text, to the minute where it has a time of day; a text that is no date is shown as it came. */
export function day(value: string | null | undefined): Cell {
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?/.exec(value ?? '') ?? [];
  if (date === undefined) return value;
  return time === undefined || time === '00:00' ? date : `${date} ${time}`;
}

export function yesNo(value: boolean | null | undefined): Cell {
  return value === true ? 'yes' : value === false ? 'no' : value;
}

/** Several values in one cell; a single value in the place of a list is shown as it came. */
export function joined<T>(
  values: readonly T[] | null | undefined,
  show: (value: T) => Cell = (value) => value as Cell,
): Cell {
  if (!Array.isArray(values)) return values as Cell;
  return values
    .map(show)
    .filter((text) => text !== null && text !== undefined && text !== '')
    .join(', ');
}

/** What there is of some values, side by side in one cell. */
export function words(...values: readonly Cell[]): Cell {
  return values.filter((value) => value !== null && value !== undefined && value !== '').join(' ');
}

/** The one of several objects with the latest moment; Graph promises no order. */
export function latest<T>(
  values: readonly T[] | null | undefined,
  moment: (value: T) => string | null | undefined,
): T | undefined {
  return values?.toSorted((one, other) => (moment(one) ?? '').localeCompare(moment(other) ?? '')).at(-1);
}

/** The type that Graph named for an object: `hostname`, `ipAddress` … */
export function typeName(value: unknown): Cell {
  return isRecord(value) && typeof value.odataType === 'string' ? value.odataType : undefined;
}

/** A cell as markdown that can break neither the row nor the terminal it is shown in. */
export function markdownCell(cell: unknown): string {
  if (cell === null || cell === undefined || (typeof cell === 'object' && !Array.isArray(cell))) return '';
  const line = String(cell)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim();
  const characters = [...line];
  const cut = characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : line;
  return cut.replace(/[\\`*[\]<>|~]/g, '\\$&');
}
