import { quantile } from './figure';

/** Milliseconds of one run. */
export type Timed = () => Promise<number>;

/**
 * The ratios `subject / reference` of runs that take turns, so that what else the machine does meets both. Who starts
 * changes from pair to pair.
 */
export async function pairs(subject: Timed, reference: Timed, count: number): Promise<number[]> {
  const ratios: number[] = [];
  for (let pair = 0; pair < count; pair++) {
    const first = pair % 2 === 0;
    const before = first ? await subject() : await reference();
    const after = first ? await reference() : await subject();
    ratios.push(first ? before / after : after / before);
  }
  return ratios;
}

/** Of several series the one with the lowest median: noise of the machine only ever adds. */
export async function bestSeries(
  subject: Timed,
  reference: Timed,
  count: number,
  series: number,
): Promise<number[]> {
  let best: number[] = [];
  for (let at = 0; at < series; at++) {
    const ratios = await pairs(subject, reference, count);
    if (best.length === 0 || quantile(ratios, 0.5) < quantile(best, 0.5)) best = ratios;
  }
  return best;
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
