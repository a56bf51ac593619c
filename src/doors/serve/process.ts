import { jsonLog, logLevel } from '../../base/log';
import { openInstruments } from '../../metrics/instruments';
import { readLines } from '../io/line-reader';
import { INTERRUPTED } from '../io/signals';
import { flushStdout, writeStdout } from '../io/stdout';
import type { RunOptions } from '../run/run';
import { idleWatch } from './idle';
import { serve } from './serve';

/** Milliseconds to wait for the reader of stdout to read the last response. */
const LAST_RESPONSE = 1_000;

/**
 * `mdti serve` on this process: ends when stdin ends and every document has its response. A first SIGINT or SIGTERM stops reading and lets
 * documents finish for up to `DRAIN` milliseconds, then it also stops waiting for the reader; a second one ends the process at once. With
 * MDTI_IDLE_SECONDS it also ends when nothing was in progress for that long.
 * @param metrics where metrics are served, the value of `--metrics`
 * @returns the exit status: 0, or that of the signal if the reader did not read every response
 */
export async function serveProcess(override?: RunOptions['override'], metrics?: string): Promise<number> {
  const log = jsonLog(logLevel(process.env.MDTI_LOG), (line) => process.stderr.write(line));
  const instruments = await openInstruments(metrics, process.env, log);
  const ending = new AbortController();
  const signals = ['SIGINT', 'SIGTERM'] as const;
  let received: (typeof signals)[number] = 'SIGTERM';
  for (const signal of signals)
    process.once(signal, () => {
      for (const other of signals) process.removeAllListeners(other);
      received = signal;
      ending.abort();
    });
  const idle = idleWatch(process.env.MDTI_IDLE_SECONDS, () => ending.abort());
  await serve(readLines(process.stdin), writeStdout, {
    log,
    onDocument: idle.received,
    onResponse: idle.responded,
    override,
    instruments,
    signal: ending.signal,
  });
  await instruments.close();
  idle.stop();
  process.stdin.destroy();
  const isTaken = !ending.signal.aborted || (await flushStdout(LAST_RESPONSE));
  return isTaken ? 0 : INTERRUPTED[received];
}
