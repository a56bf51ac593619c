import { jsonLog, LOG_LEVELS, type Log, type LogLevel } from '../../base/log';
import { redact } from '../../base/redact';
import { sanitize } from '../../base/sanitize';

/** The log of a command: sentences on a terminal, JSON lines elsewhere. */
export function commandLog(level: LogLevel, output: NodeJS.WriteStream): Log {
  const write = (line: string) => output.write(line);
  return output.isTTY ? humanLog(level, write) : jsonLog(level, write);
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
