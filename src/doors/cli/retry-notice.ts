import type { Log } from '../../base/log';
import { waitText } from '../../base/wait-text';

/** The notice shown while a command waits for a retry. */
interface RetryNotice {
  /** Returns a log that passes everything on and follows the retries. */
  listening(log: Log): Log;
  /** `throttled, next try in 4 s`; undefined while nothing is waited for. */
  text(): string | undefined;
  /** Clears the notice after a response: the service works. */
  clear(): void;
}

/** Follows the retries of a command. @param now milliseconds of a monotonic clock */
export function retryNotice(now: () => number): RetryNotice {
  let waiting: { readonly until: number; readonly what: string } | undefined;
  return {
    listening(log) {
      const listener: Log = (level, event, fields) => {
        if (event === 'retrying' && typeof fields?.milliseconds === 'number') {
          const what = fields.failure === '429' ? 'throttled' : 'Microsoft Graph is unavailable';
          waiting = { until: now() + fields.milliseconds, what };
        }
        log(level, event, fields);
      };
      return log.level === undefined ? listener : Object.assign(listener, { level: log.level });
    },
    text() {
      if (waiting === undefined) return undefined;
      const left = waiting.until - now();
      return left > 0 ? `${waiting.what}, next try in ${waitText(left)}` : undefined;
    },
    clear() {
      waiting = undefined;
    },
  };
}
