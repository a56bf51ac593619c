import { rename } from 'node:fs/promises';
import { type Clock, sleep, systemClock } from '../../base/clock';
import { errorText, toPluginError } from '../../base/errors';
import { SOME_WITHOUT_RESULT } from '../../enrich/statistics';
import { type QueueOptions, submitAndWait } from './submit';

/** Milliseconds from the end of a failed run to the next one: they double with each failure in a row. */
const SHORTEST_BACK_OFF = 60_000;
const LONGEST_BACK_OFF = 3_600_000;

/**
 * `--every`: enriches the list again and again; the file is replaced when a run is complete. Responses that are younger than the
 * period are not requested again, so a run that starts early, after a restart for instance, costs little.
 * @param open reads the list anew
 * @param period milliseconds from the start of one run to the start of the next; at least a minute
 */
export function enrichPeriodically(
  open: () => Promise<AsyncIterable<string>>,
  { out, ...options }: QueueOptions,
  period: number,
  signal: AbortSignal,
): Promise<number> {
  const next = `${out}.next`;
  const folder = options.folder ?? `${out}.job`;
  async function run(started: number): Promise<number> {
    const isOneOfMany = { folder, notBefore: started - period, replace: true, periodic: true };
    const status = await submitAndWait(await open(), { ...options, out: next, ...isOneOfMany }, signal);
    // The next run submits the list again.
    if (status === 'gone') return 0;
    if (status !== 0 && status !== SOME_WITHOUT_RESULT) return status;
    await rename(next, out);
    process.stderr.write(`${out} is complete. `);
    return 0;
  }
  return repeat(run, { period, clock: systemClock, signal, write: (text) => process.stderr.write(text) });
}

interface RepeatPorts {
  readonly period: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  write(text: string): void;
}

/**
 * Runs until a run returns another status than 0, or the signal aborts. The first run shows whether everything is set up, so its failure
 * ends the loop; later a fault may pass.
 * @param run takes its start time, milliseconds since the epoch
 */
export async function repeat(
  run: (started: number) => Promise<number>,
  { period, clock, signal, write }: RepeatPorts,
): Promise<number> {
  for (let isSetUp = false, failures = 0; ; ) {
    const begun = clock.monotonic();
    try {
      const status = await run(clock.now());
      if (status !== 0) return status;
      isSetUp = true;
      failures = 0;
    } catch (error) {
      if (!isSetUp || signal.aborted) throw error;
      failures += 1;
      write(`${errorText(toPluginError(error))}\n`);
    }
    const ended = clock.monotonic();
    const wait = waitAfter(ended - begun, period, failures);
    write(`The next run starts at ${new Date(clock.now() + wait).toISOString()}.\n`);
    // A timer is limited to 24 days.
    for (let left = wait; left > 0 && !signal.aborted; left = ended + wait - clock.monotonic())
      await sleep(clock, left, signal).catch(() => {});
    if (signal.aborted) return 0;
  }
}

/** Milliseconds until the next run: a period after the start of the last one, or at once if that took longer; later after failures. */
function waitAfter(took: number, period: number, failures: number): number {
  if (failures === 0) return Math.max(0, period - took);
  return Math.min(period, LONGEST_BACK_OFF, SHORTEST_BACK_OFF * 2 ** (failures - 1));
}
