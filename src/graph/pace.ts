/** Exchanges under way at once: how many a command begins with, and how many it may come to. */
const FIRST = 4;
const MOST = 8;

/** How many exchanges may be under way: one more after as many good answers as there are, half as many after a 429. */
export interface Pace {
  /** Whether another may begin now; if so, it has. */
  begin(): boolean;
  end(throttled: boolean): void;
}

export function adaptivePace(): Pace {
  let allowed = FIRST;
  let underWay = 0;
  return {
    begin() {
      if (underWay >= Math.floor(allowed)) return false;
      underWay++;
      return true;
    },
    end(throttled) {
      underWay--;
      allowed = throttled ? Math.max(1, allowed / 2) : Math.min(MOST, allowed + 1 / allowed);
    },
  };
}
