import { jsonLog, logLevel } from '../../base/log';
import { readLines } from '../io/line-reader';
import { endWithStdout } from '../io/stdout';
import { loop } from './loop';

/** Runs `mdti xsoar-loop` in this process; the log is written to the platform's log. */
export async function loopProcess(): Promise<number> {
  endWithStdout();
  const input = readLines(process.stdin)[Symbol.asyncIterator]();
  const line = {
    async read() {
      const { value, done } = await input.next();
      if (done) return undefined;
      // A line that is too long gets the response for a line that is not JSON.
      return 'text' in value ? value.text : '';
    },
    write: (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`),
  };
  const level = logLevel(process.env.MDTI_LOG);
  await loop(line, { log: (platform) => jsonLog(level, (text) => platform.log('info', text.trim())) });
  return 0;
}
