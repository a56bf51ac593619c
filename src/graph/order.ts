import { isRecord } from '../base/json';
import { sortableTime } from '../base/sortable-time';
import type { Rows } from './paging';
import type { GraphRequest } from './request';

/**
 * Checks the order that a request wished for (`$orderby=<property> desc`, added by us) on the rows themselves: Graph may reject the
 * option, or ignore it. A list that was read to its end is sorted here; otherwise a sentence says what the rows are not.
 */
export function checkOrder(rows: Rows, { optional = [], query }: GraphRequest, rejected: boolean): Rows {
  const property = newestBy(optional);
  if (property === undefined) return rows;
  const times = rows.rows.map((row) => (isRecord(row) ? sortableTime(row[property]) : undefined));
  const isDescending = isSorted(times);
  if (isDescending && !rejected) return rows;
  const verb = rejected ? 'rejected' : 'ignored';
  const isWhole = !rows.more && !query.some(({ name }) => name === '$skip') && rows.taken === undefined;
  if (isDescending && isWhole) return rows;
  return isWhole
    ? { ...rows, rows: newestFirst(rows.rows, times), warnings: [...rows.warnings, sortedHere(verb)] }
    : { ...rows, warnings: [...rows.warnings, notSorted(verb)] };
}

function sortedHere(verb: string): string {
  return `Graph ${verb} $orderby; the rows were sorted after they were read.`;
}

function notSorted(verb: string): string {
  return `Not sorted: Graph ${verb} $orderby, so these rows may not be the newest.`;
}

function newestBy(optional: NonNullable<GraphRequest['optional']>): string | undefined {
  const value = optional.find(({ name }) => name === '$orderby')?.value;
  return /^(\w+) desc$/.exec(value ?? '')?.[1];
}

/** Whether each time is not later than the one before it; rows without a time do not count. */
function isSorted(times: readonly (string | undefined)[]): boolean {
  const known = times.filter((time) => time !== undefined);
  return known.every((time, index) => index === 0 || time <= (known[index - 1] as string));
}

/** Rows without a time come last. */
function newestFirst(rows: readonly unknown[], times: readonly (string | undefined)[]): unknown[] {
  return rows
    .map((row, index) => ({ row, time: times[index] ?? '' }))
    .sort((one, other) => (one.time < other.time ? 1 : one.time > other.time ? -1 : 0))
    .map(({ row }) => row);
}
