import { count } from '../text';
import type { Enriched } from './enriched';

/** What became of the rows. */
export interface Tally {
  readonly rows: Readonly<Record<Enriched['outcome'], number>>;
  /** How often the service asked to slow down. */
  readonly throttled: number;
  /** Rows that an earlier run had written. */
  readonly earlier: number;
}

export const NONE: Tally = {
  rows: { found: 0, unknown: 0, failed: 0, refused: 0 },
  throttled: 0,
  earlier: 0,
};

export function counted(tally: Tally, rows: readonly Enriched[]): Tally {
  const outcomes = { ...tally.rows };
  for (const { outcome } of rows) outcomes[outcome]++;
  return { ...tally, rows: outcomes };
}

export function doneIn(tally: Tally): number {
  return Object.values(tally.rows).reduce((sum, rows) => sum + rows, 0);
}

const WIDTH = 24;

/**
 * `[########                ] 12,340 done, 410 a second, 3 throttled, 2:10 left`
 * @param share of the input that was read, 0 to 1; undefined where nobody knows its length.
 */
export function progressLine(tally: Tally, milliseconds: number, share: number | undefined): string {
  const done = doneIn(tally) + tally.earlier;
  const rate = (doneIn(tally) * 1000) / Math.max(milliseconds, 1);
  const parts = [
    `${count(done)} done`,
    `${count(Math.round(rate))} a second`,
    ...(tally.throttled > 0 ? [`${count(tally.throttled)} throttled`] : []),
    ...(share && rate > 0 ? [`${time((done * (1 / share - 1)) / rate)} left`] : []),
  ];
  const bar = share === undefined ? '' : `[${'#'.repeat(Math.round(WIDTH * share)).padEnd(WIDTH)}] `;
  return bar + parts.join(', ');
}

/** `1,200 rows: 900 found, 250 unknown, 40 refused, 10 failed.` */
export function summary(tally: Tally): string {
  const { found, unknown, refused, failed } = tally.rows;
  const earlier = tally.earlier > 0 ? ` ${count(tally.earlier)} were there already.` : '';
  return `${count(doneIn(tally))} rows: ${count(found)} found, ${count(unknown)} unknown, ${count(refused)} refused, ${count(failed)} failed.${earlier}`;
}

function time(seconds: number): string {
  const whole = Math.round(seconds);
  return `${count(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, '0')}`;
}
