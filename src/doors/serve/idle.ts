/** Counts the documents in progress, and ends the process after a time without any. */
interface IdleWatch {
  /** Counts a document that gets a response. */
  received(): void;
  responded(): void;
  stop(): void;
}

/**
 * Calls back once nothing is in progress for this many seconds.
 * @param seconds text of MDTI_IDLE_SECONDS; there is no limit unless it is a whole number, 1 or higher
 */
export function idleWatch(seconds: string | undefined, onIdle: () => void): IdleWatch {
  const limit = /^[1-9]\d{0,6}$/.test(String(seconds)) ? Number(seconds) * 1000 : undefined;
  let underWay = 0;
  let timer: NodeJS.Timeout | undefined;

  function restart(): void {
    clearTimeout(timer);
    if (limit !== undefined && underWay === 0) timer = setTimeout(onIdle, limit);
  }

  restart();
  return {
    received() {
      underWay += 1;
      restart();
    },
    responded() {
      underWay = Math.max(0, underWay - 1);
      restart();
    },
    stop: () => clearTimeout(timer),
  };
}
