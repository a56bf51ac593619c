import type { WriteStream } from 'node:tty';
import type { Log } from '../../../base/log';
import type { EnrichedRow } from '../../../enrich/row';
import { countRows, NO_ROWS, progressText, rowsDone, type Statistics } from '../../../enrich/statistics';

/** Milliseconds between two lines: on a terminal each takes the place of the one before, elsewhere each is one more. */
const ON_TERMINAL = 200;
const ELSEWHERE = 10_000;

export interface Progress {
  onRows(rows: readonly EnrichedRow[]): void;
  /** The same log, listened to for what the service says about its load. */
  listening(log: Log): Log;
  /** Rows by outcome so far. */
  counts(): Statistics['rows'];
  /** The last word, made of what was counted. */
  end(say: (tally: Statistics) => string): string;
}

/** Shows how the work goes until it ends. @param earlier rows that were there before */
export function showProgress(
  stream: NodeJS.WriteStream | WriteStream,
  earlier: number,
  share: (rows: number) => number | undefined,
): Progress {
  const started = Date.now();
  let tally: Statistics = { ...NO_ROWS, earlier };
  const terminal = stream.isTTY === true;
  const show = () => {
    const line = progressText(tally, Date.now() - started, share(tally.earlier + rowsDone(tally)));
    stream.write(terminal ? `\r\u001b[K${line}` : `${line}\n`);
  };
  const timer = setInterval(show, terminal ? ON_TERMINAL : ELSEWHERE);
  timer.unref();
  return {
    onRows(rows) {
      tally = countRows(tally, rows);
    },
    listening: (log) => (level, event, fields) => {
      if (fields?.failure === '429') tally = { ...tally, throttled: tally.throttled + 1 };
      log(level, event, fields);
    },
    counts: () => tally.rows,
    end(say) {
      clearInterval(timer);
      return (terminal ? '\r\u001b[K' : '') + say(tally);
    },
  };
}
