import { isRecord } from '../base/json';
import { formatCount } from '../base/sanitize';
import { sortableTime } from '../base/sortable-time';
import type { Rows } from './paging';
import { type GraphRequest, PAGE_SIZE } from './request';

/** Returns the property by which a request sorts the newest rows first (`$orderby=<property> desc`, added by us). */
export function newestBy({ optional = [], checksOrder }: GraphRequest): string | undefined {
  if (checksOrder === true) return undefined;
  const value = optional.find(({ name }) => name === '$orderby')?.value;
  return /^(\w+) desc$/.exec(value ?? '')?.[1];
}

/**
 * Returns the number of rows to read of an unsorted list: the newest rows are more likely in a whole page than in the first few.
 * @param isStreamed whether the rows are handed on page by page
 */
export function rowsToReadUnsorted(request: GraphRequest, isStreamed: boolean): number {
  const { most } = request.rows;
  return isBeginning(request) && !isStreamed ? Math.max(most, PAGE_SIZE) : most;
}

/** Whether no row is newer than one before it; rows without a time do not count. */
export function isNewestFirst({ rows }: Rows, property: string): boolean {
  const times = rows.map((row) => timeOf(row, property)).filter((time) => time !== '');
  return times.every((time, index) => index === 0 || time <= (times[index - 1] as string));
}

/** Sorts the rows of a list that Graph did not sort, cuts them to the number wanted, and adds a note about them. */
export function sortNewestFirst(
  rows: Rows,
  property: string,
  request: GraphRequest,
  isStreamed: boolean,
): Rows {
  const { most } = request.rows;
  const note = (text: string) => [...rows.warnings, text];
  if (isStreamed || !isBeginning(request)) return { ...rows, warnings: note(NOT_SORTED) };
  const isSorted = isNewestFirst(rows, property);
  const read = rows.rows.length;
  const sorted = isSorted
    ? rows.rows
    : rows.rows.toSorted((one, other) => compareNewestFirst(one, other, property));
  const cut = { ...rows, rows: sorted.slice(0, most), more: rows.more || read > most };
  // A service that treats $top as the total does not say whether there are more.
  const isWhole = !rows.more && (rows.total !== undefined || read < rowsToReadUnsorted(request, isStreamed));
  if (!isWhole) return { ...cut, warnings: note(newestOf(read)) };
  const total = rows.total ?? (read > most ? read : undefined);
  return { ...cut, total, warnings: isSorted ? rows.warnings : note(SORTED_HERE) };
}

const NOT_SORTED = 'Graph did not apply $orderby to this list, so newer rows may exist.';
const SORTED_HERE = 'Graph did not apply $orderby to this list; the rows were sorted after they were read.';

function newestOf(read: number): string {
  return `Graph did not apply $orderby to this list: these are the newest of the ${formatCount(read)} rows that were read, and newer ones may exist.`;
}

function isBeginning({ query, rows: { from } }: GraphRequest): boolean {
  return from === undefined && !query.some(({ name }) => name === '$skip');
}

function timeOf(row: unknown, property: string): string {
  return (isRecord(row) ? sortableTime(row[property]) : undefined) ?? '';
}

/** Sorts rows without a time last. */
function compareNewestFirst(one: unknown, other: unknown, property: string): number {
  const [left, right] = [timeOf(one, property), timeOf(other, property)];
  return left === right ? 0 : left < right ? 1 : -1;
}
