import { jsonLog, logLevel } from '../../base/log';
import { openInstruments } from '../../metrics/instruments';
import { writeStdout } from '../io/stdout';
import type { RunOptions } from '../run/run';
import { idleWatch } from './idle';
import { readLines } from './line-reader';
import { serve } from './serve';

/**
 * `mdti serve` on this process: ends when stdin ends and every document has its response. A first SIGINT or SIGTERM stops reading and lets
 * documents finish for up to `DRAIN` milliseconds; a second one ends the process at once. With MDTI_IDLE_SECONDS it also ends when
 * nothing was in progress for that long.
 * @param metrics where metrics are served, the value of `--metrics`
 */
export async function serveProcess(override?: RunOptions['override'], metrics?: string): Promise<number> {
  const log = jsonLog(logLevel(process.env.MDTI_LOG), (line) => process.stderr.write(line));
  const instruments = await openInstruments(metrics, process.env, log);
  const ending = new AbortController();
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals)
    process.once(signal, () => {
      for (const other of signals) process.removeAllListeners(other);
      ending.abort();
    });
  const idle = idleWatch(process.env.MDTI_IDLE_SECONDS, () => ending.abort());
  const write = (line: string) => {
    if (!line.startsWith('{"state":')) idle.responded();
    return writeStdout(line);
  };
  await serve(idle.lines(readLines(process.stdin)), write, {
    log,
    override,
    instruments,
    signal: ending.signal,
  });
  await instruments.close();
  idle.stop();
  process.stdin.destroy();
  return 0;
}
