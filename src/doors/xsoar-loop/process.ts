import { createInterface } from 'node:readline';
import { jsonLog, logLevel } from '../../base/log';
import { loop } from './loop';

/** `mdti xsoar-loop` on this process; the log goes to the platform's own. */
export async function loopProcess(): Promise<number> {
  const input = createInterface({ input: process.stdin, terminal: false })[Symbol.asyncIterator]();
  const line = {
    read: async () => (await input.next()).value as string | undefined,
    write: (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`),
  };
  const level = logLevel(process.env.MDTI_LOG);
  await loop(line, { log: (platform) => jsonLog(level, (text) => platform.log('info', text.trim())) });
  return 0;
}
