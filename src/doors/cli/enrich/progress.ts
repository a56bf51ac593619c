import { systemClock } from '../../../base/clock';
import type { Log } from '../../../base/log';
import type { EnrichedRow } from '../../../enrich/row';
import {
  countRows,
  NO_ROWS,
  progressText,
  rateMeter,
  rowsDone,
  type Statistics,
} from '../../../enrich/statistics';
import { retryNotice } from '../retry-notice';

/** Milliseconds between two lines: on a terminal each line replaces the previous one, elsewhere it is added. */
const ON_TERMINAL = 200;
const ELSEWHERE = 10_000;

const CLEAR_LINE = '\r\u001b[K';

export interface Progress {
  /** @param earlier rows that an earlier run wrote */
  resumes(earlier: number): void;
  onRows(rows: readonly EnrichedRow[]): void;
  /** Returns a log that writes on separate lines and follows what the service reports about its load. */
  listening(log: Log): Log;
  /** Says when the request budget opens, on the monotonic clock; undefined for a budget that does not know. */
  waitsFor(opensAt: (() => number | undefined) | undefined): void;
  /** Stops the line of progress, also if called twice, and returns what was counted. */
  end(): Statistics;
}

interface ProgressOptions {
  /** The share of the input that is done with this number of rows; undefined if its length is unknown. */
  readonly share: (rows: number) => number | undefined;
  /** Rows per second that the run is limited to. */
  readonly limit?: number | undefined;
  /** No progress line: the caller does not want it, or the rows appear on the same terminal. */
  readonly hidden: boolean;
}

/** Shows the progress of the work until it ends. */
export function showProgress(
  stream: NodeJS.WriteStream,
  { share, limit, hidden }: ProgressOptions,
): Progress {
  const now = systemClock.monotonic;
  const notice = retryNotice(now);
  const rateOf = rateMeter(limit);
  rateOf(now(), 0);
  const onLine = stream.isTTY === true;
  let tally: Statistics = NO_ROWS;
  let opensAt: (() => number | undefined) | undefined;
  const clear = () => {
    if (onLine && !hidden) stream.write(CLEAR_LINE);
  };
  const show = () => {
    const time = now();
    const wait = Math.max(0, (opensAt?.() ?? 0) - time);
    const done = rowsDone(tally);
    const line = progressText(tally, rateOf(time, done), share(tally.earlier + done), wait, notice.text());
    stream.write(onLine ? `${CLEAR_LINE}${line}` : `${line}\n`);
  };
  let isOver = false;
  const timer = hidden ? undefined : setInterval(show, onLine ? ON_TERMINAL : ELSEWHERE);
  timer?.unref();
  return {
    resumes(earlier) {
      tally = { ...tally, earlier };
    },
    onRows(rows) {
      tally = countRows(tally, rows);
      notice.clear();
    },
    listening: (given) => {
      // A log on a terminal clears the line itself, where it writes.
      const log = notice.listening(given);
      const listener: Log = (level, event, fields) => {
        if (fields?.failure === '429') tally = { ...tally, throttled: tally.throttled + 1 };
        log(level, event, fields);
      };
      return log.level === undefined ? listener : Object.assign(listener, { level: log.level });
    },
    waitsFor(time) {
      opensAt = time;
    },
    end() {
      clearInterval(timer);
      if (!isOver) clear();
      isOver = true;
      return tally;
    },
  };
}
