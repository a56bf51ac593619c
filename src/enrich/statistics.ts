import { counted, formatCount } from '../base/sanitize';
import { waitText } from '../base/wait-text';
import type { FormatName } from './formats/format';
import type { EnrichedRow } from './row';

/** Numbers of rows by outcome. */
export type OutcomeCounts = Readonly<Record<EnrichedRow['outcome'], number>>;

/** The outcome of the rows. */
export interface Statistics {
  readonly rows: OutcomeCounts;
  /** Number of times that the service throttled a request. */
  readonly throttled: number;
  /** Rows that an earlier run had written. */
  readonly earlier: number;
}

export const NO_ROWS: Statistics = {
  rows: { found: 0, unknown: 0, failed: 0, refused: 0 },
  throttled: 0,
  earlier: 0,
};

export function countRows(tally: Statistics, rows: readonly EnrichedRow[]): Statistics {
  return { ...tally, rows: countOutcomes(rows, tally.rows) };
}

/** Counts rows by outcome, in addition to those of `before`. */
export function countOutcomes(
  rows: readonly Pick<EnrichedRow, 'outcome'>[],
  before: OutcomeCounts = NO_ROWS.rows,
): OutcomeCounts {
  const counts = { ...before };
  for (const { outcome } of rows) counts[outcome]++;
  return counts;
}

export function rowsDone(tally: Statistics): number {
  return totalOf(tally.rows);
}

/** The number of rows of all outcomes. */
export function totalOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, rows) => sum + rows, 0);
}

/** Number of rows that have no response of Graph. */
export function rowsWithoutResult({ refused, failed }: OutcomeCounts): number {
  return refused + failed;
}

/** The exit status where all rows were written and some were refused or failed. */
export const SOME_WITHOUT_RESULT = 3;

/** The exit status of a command whose rows are all written, by how many of them were refused or failed. */
export function enrichStatus(withoutResult: number): number {
  return withoutResult > 0 ? SOME_WITHOUT_RESULT : 0;
}

/** Rows of a finished run without a response of Graph. */
interface WithoutResult {
  readonly rows: number;
  /** Whether some of them failed; a refused row is refused again. */
  readonly hasFailed: boolean;
}

/** The lines that explain the exit status of a run whose rows are all written; empty if it is 0. @param file undefined for stdout */
export function withoutResultText(
  { rows, hasFailed }: WithoutResult,
  file: string | undefined,
  format: FormatName,
): string {
  if (rows === 0) return '';
  const where =
    format === 'stix'
      ? 'The bundle omits them; `-o csv` states the reasons'
      : 'The field `reason` states why';
  const retry = file === undefined ? 'run the command again' : 'name another file or delete this one';
  return (
    `Exit status ${SOME_WITHOUT_RESULT}: ${counted(rows, 'row')} ${rows === 1 ? 'was' : 'were'} refused or failed. ${where}.\n` +
    (hasFailed ? `To retry the failed rows, ${retry}; the other rows reuse their responses.\n` : '')
  );
}

/** `1,200 rows are in rows.csv: 900 found, 250 unknown, 40 refused, 10 failed.` */
export function writtenRows(counts: OutcomeCounts, file: string): string {
  const rows = totalOf(counts);
  return `${counted(rows, 'row')} ${rows === 1 ? 'is' : 'are'} in ${file}: ${outcomesText(counts)}.\n`;
}

/** `900 found, 250 unknown, 40 refused, 10 failed` */
export function outcomesText({ found, unknown, refused, failed }: OutcomeCounts): string {
  return `${formatCount(found)} found, ${formatCount(unknown)} unknown, ${formatCount(refused)} refused, ${formatCount(failed)} failed`;
}

const WIDTH = 24;

/** Milliseconds of which the recent rate is taken, and how many of them make it a rate to rely on. */
const RECENT = 30_000;
const RELIABLE = 10_000;

/**
 * Returns a function that takes the rows done so far and gives the rows per second of the last half minute. The first seconds may
 * run ahead of a limit, so they count as no more than the limit.
 * @param limit rows per second; undefined if no limit was set
 */
export function rateMeter(limit = Number.POSITIVE_INFINITY): (now: number, done: number) => number {
  const samples: { readonly now: number; readonly done: number }[] = [];
  return (now, done) => {
    samples.push({ now, done });
    while (now - (samples[1]?.now ?? now) >= RECENT) samples.shift();
    const first = samples[0] ?? { now, done };
    const rate = ((done - first.done) * 1000) / Math.max(now - first.now, 1);
    return now - first.now < RELIABLE ? Math.min(rate, limit) : rate;
  };
}

/**
 * `[########                ] 12,340 done, 410 a second, 3 throttled, 2:10 left`
 * @param rate rows per second
 * @param share of the input that was read, 0 to 1; undefined if its length is unknown.
 * @param wait milliseconds until the request budget lets the next request pass
 * @param notice the reason for a wait, such as a retry; undefined if there is none
 */
export function progressText(
  tally: Statistics,
  rate: number,
  share: number | undefined,
  wait = 0,
  notice?: string,
): string {
  const done = rowsDone(tally) + tally.earlier;
  const parts = [
    `${formatCount(done)} done`,
    `${formatCount(Math.round(rate))} a second`,
    ...(notice !== undefined ? [notice] : []),
    ...(notice === undefined && wait >= 1_000 ? [`waiting ${waitText(wait)} for the rate limit`] : []),
    ...(tally.throttled > 0 ? [`${formatCount(tally.throttled)} throttled`] : []),
    ...(share && rate > 0 ? [`${time((done * (1 / share - 1)) / rate)} left`] : []),
  ];
  const bar = share === undefined ? '' : `[${'#'.repeat(Math.round(WIDTH * share)).padEnd(WIDTH)}] `;
  return bar + parts.join(', ');
}

/** `1,200 rows: 900 found, 250 unknown, 40 refused, 10 failed.` */
export function summary(tally: Statistics): string {
  const earlier =
    tally.earlier > 0
      ? ` ${formatCount(tally.earlier)} ${tally.earlier === 1 ? 'row was' : 'rows were'} written by an earlier run.`
      : '';
  return `${counted(totalOf(tally.rows), 'row')}: ${outcomesText(tally.rows)}.${earlier}`;
}

function time(seconds: number): string {
  const whole = Math.round(seconds);
  return `${formatCount(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, '0')}`;
}
