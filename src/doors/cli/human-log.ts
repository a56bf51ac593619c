import { jsonLog, LOG_LEVELS, type Log, type LogLevel } from '../../base/log';
import { redact } from '../../base/redact';
import { sanitize } from '../../base/sanitize';

/** Takes away a spinner or a line of progress, which is drawn again below. */
const CLEAR_LINE = '\r\u001b[K';

/** The log of a command: sentences on a terminal, JSON lines elsewhere. */
export function commandLog(level: LogLevel, output: NodeJS.WriteStream): Log {
  const write = (line: string) => output.write(line);
  if (!output.isTTY) return jsonLog(level, write);
  const start = process.env.TERM === 'dumb' ? '' : CLEAR_LINE;
  return humanLog(level, (line) => write(`${start}${line}`));
}

/** One line per event: `warn: certificates are not checked (parameter insecure)`. */
export function humanLog(level: LogLevel, write: (line: string) => void): Log {
  const loudest = LOG_LEVELS.indexOf(level);
  const log: Log = (rank, event, fields = {}) => {
    if (LOG_LEVELS.indexOf(rank) > loudest) return;
    const facts = Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name} ${String(value)}`);
    const text = `${rank}: ${event}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`;
    write(`${redact(sanitize(text))}\n`);
  };
  return Object.assign(log, { level });
}
