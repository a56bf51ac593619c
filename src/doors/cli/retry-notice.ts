import type { Log, LogFields } from '../../base/log';
import { waitText } from '../../base/wait-text';

/** The notice shown while a command waits for a retry. */
interface RetryNotice {
  /** Returns a log that passes everything on and follows the retries. */
  listening(log: Log): Log;
  /** `throttled, next try in 4 s, gives up in 118 s`; undefined while nothing is waited for. */
  text(): string | undefined;
  /** Clears the notice after a response: the service works. */
  clear(): void;
}

/** Follows the retries of a command. @param now milliseconds of a monotonic clock */
export function retryNotice(now: () => number): RetryNotice {
  let waiting: { readonly until: number; readonly what: string; readonly end: () => string } | undefined;
  return {
    listening(log) {
      const listener: Log = (level, event, fields) => {
        if (event === 'retrying' && typeof fields?.milliseconds === 'number') {
          const what = fields.failure === '429' ? 'throttled' : 'Microsoft Graph is unavailable';
          waiting = { until: now() + fields.milliseconds, what, end: endOf(fields, now) };
        }
        log(level, event, fields);
      };
      return log.level === undefined ? listener : Object.assign(listener, { level: log.level });
    },
    text() {
      if (waiting === undefined) return undefined;
      const left = waiting.until - now();
      return left > 0 ? `${waiting.what}, next try in ${waitText(left)}${waiting.end()}` : undefined;
    },
    clear() {
      waiting = undefined;
    },
  };
}

/** Returns the words for the end of the retries: an attempt, or a time; empty for those that go on as long as it takes. */
function endOf({ attempt, attempts, timeLeft }: LogFields, now: () => number): () => string {
  if (typeof attempts === 'number') return () => `, attempt ${String(attempt)} of ${attempts}`;
  if (typeof timeLeft !== 'number') return () => '';
  const end = now() + timeLeft;
  return () => `, gives up in ${waitText(end - now())}`;
}
