import { redact } from './redact';
import { sanitizeMultiline } from './sanitize';

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type LogFields = Record<string, string | number | boolean | undefined>;

/** Where the plugin tells what it does: an event name and flat fields; never a body, a header's value or a secret. */
export interface Log {
  (level: LogLevel, event: string, fields?: LogFields): void;
  /** The quietest level that is written, where that is known; what only a quieter line would tell is not looked for. */
  readonly level?: LogLevel;
}

/** The level of MDTI_LOG, or `warn` where it is unset or unknown. */
export function logLevel(wish: string | undefined): LogLevel {
  return LOG_LEVELS.find((level) => level === wish?.trim().toLowerCase()) ?? 'warn';
}

/** One JSON object a line, on what is stderr in every door. */
export function jsonLog(level: LogLevel, write: (line: string) => void, now: () => number = Date.now): Log {
  const loudest = LOG_LEVELS.indexOf(level);
  const log: Log = (rank, event, fields = {}) => {
    if (LOG_LEVELS.indexOf(rank) > loudest) return;
    write(
      `${redact(sanitizeMultiline(JSON.stringify({ time: new Date(now()).toISOString(), level: rank, event, ...fields })))}\n`,
    );
  };
  return Object.assign(log, { level });
}

export const silentLog: Log = () => {};
