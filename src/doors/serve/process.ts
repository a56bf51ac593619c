import { createInterface } from 'node:readline';
import { jsonLog, logLevel } from '../../base/log';
import type { RunOptions } from '../run/run';
import { serve } from './serve';

/** `mdti serve` on this process: ends when stdin does and everything is answered; a signal ends what is under way. */
export async function serveProcess(override: RunOptions['override']): Promise<number> {
  const log = jsonLog(logLevel(process.env.MDTI_LOG), (line) => process.stderr.write(line));
  const lines = createInterface({ input: process.stdin, terminal: false });
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      ending.abort();
      lines.close();
    });
  await serve(lines, (line) => process.stdout.write(line), { log, override, signal: ending.signal });
  return 0;
}
