import type { WriteStream } from 'node:tty';
import type { Enriched } from '../enrich/enriched';
import { counted, NONE, progressLine, type Tally } from '../enrich/tally';
import type { Log } from '../log';

/** Milliseconds between two lines: on a terminal each takes the place of the one before, elsewhere each is one more. */
const ON_TERMINAL = 200;
const ELSEWHERE = 10_000;

export interface Progress {
  tell(rows: readonly Enriched[]): void;
  /** The same log, listened to for what the service says about its load. */
  listening(log: Log): Log;
  /** The last word, made of what was counted. */
  end(say: (tally: Tally) => string): string;
}

/** Shows how the work goes until it ends. @param earlier rows that were there before */
export function showProgress(
  stream: NodeJS.WriteStream | WriteStream,
  earlier: number,
  share: () => number | undefined,
): Progress {
  const started = Date.now();
  let tally: Tally = { ...NONE, earlier };
  const terminal = stream.isTTY === true;
  const show = () => {
    const line = progressLine(tally, Date.now() - started, share());
    stream.write(terminal ? `\r\u001b[K${line}` : `${line}\n`);
  };
  const timer = setInterval(show, terminal ? ON_TERMINAL : ELSEWHERE);
  timer.unref();
  return {
    tell(rows) {
      tally = counted(tally, rows);
    },
    listening: (log) => (level, event, fields) => {
      if (fields?.trouble === '429') tally = { ...tally, throttled: tally.throttled + 1 };
      log(level, event, fields);
    },
    end(say) {
      clearInterval(timer);
      return (terminal ? '\r\u001b[K' : '') + say(tally);
    },
  };
}
