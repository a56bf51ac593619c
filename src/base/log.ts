import { BOUNDS } from './bounds';
import type { PluginError } from './errors';
import { redact } from './redact';
import { sanitizeMultiline } from './sanitize';

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type LogFields = Record<string, string | number | boolean | undefined>;

/** Writes an event with a name and flat fields; never a body, the value of a header, or a secret. */
export interface Log {
  (level: LogLevel, event: string, fields?: LogFields): void;
  /** The lowest level that is written, if known; data for lower levels is not collected. */
  readonly level?: LogLevel;
}

/** Returns the level of MDTI_LOG, or `warn` if it is unset or unknown. */
export function logLevel(wish: string | undefined): LogLevel {
  return LOG_LEVELS.find((level) => level === wish?.trim().toLowerCase()) ?? 'warn';
}

/** Returns a log that writes one JSON object per line; `write` writes to stderr in every interface. */
export function jsonLog(level: LogLevel, write: (line: string) => void, now: () => number = Date.now): Log {
  const loudest = LOG_LEVELS.indexOf(level);
  const log: Log = (rank, event, fields = {}) => {
    if (LOG_LEVELS.indexOf(rank) > loudest) return;
    const short = Object.entries(fields).map(([name, value]) => [name, cut(value)] as const);
    const line = { time: new Date(now()).toISOString(), level: rank, event, ...Object.fromEntries(short) };
    write(`${redact(sanitizeMultiline(JSON.stringify(line)))}\n`);
  };
  return Object.assign(log, { level });
}

/** A cut line would not be JSON any more, so its fields are cut. */
function cut(value: LogFields[string]): LogFields[string] {
  return typeof value === 'string' && value.length > BOUNDS.logLine
    ? `${value.slice(0, BOUNDS.logLine)}…`
    : value;
}

/** Logs the location in the code of an unexpected error, for a bug report. Other errors are for their users alone. */
export function logFault(log: Log, { code, cause }: PluginError): void {
  if (code !== 'INTERNAL') return;
  log('error', 'internal fault', { fault: cause instanceof Error ? cause.stack : String(cause) });
}

export const silentLog: Log = () => {};

const logged = new WeakMap<Log, Set<string>>();

/** Logs a warning the first time that a log receives it: an interface that runs many commands does not repeat it for each. */
export function warnOnce(log: Log, event: string, fields: LogFields): void {
  logOnce(log, 'warn', event, fields);
}

/** Logs an event the first time that a log receives it. */
export function logOnce(log: Log, level: LogLevel, event: string, fields: LogFields): void {
  const known = logged.get(log) ?? new Set();
  logged.set(log, known);
  const line = JSON.stringify([event, fields]);
  if (known.has(line) || known.size > 1_000) return;
  known.add(line);
  log(level, event, fields);
}
