/** Exchanges under way at once: how many a command begins with, and how many it may come to. */
const FIRST = 4;
const MOST = 8;

/**
 * How many exchanges may be under way: one more after as many good answers as there are, half as many after a 429. Those that
 * were under way with it tell nothing new, however they end.
 */
export interface AdaptiveConcurrency {
  /** Whether another may begin now; if so, it has. */
  begin(): boolean;
  end(throttled: boolean): void;
}

export function adaptiveConcurrency(): AdaptiveConcurrency {
  let allowed = FIRST;
  let underWay = 0;
  /** Begun before it was halved. */
  let earlier = 0;
  return {
    begin() {
      if (underWay >= Math.floor(allowed)) return false;
      underWay++;
      return true;
    },
    end(throttled) {
      underWay--;
      if (earlier > 0) earlier--;
      else if (throttled) {
        allowed = Math.max(1, allowed / 2);
        earlier = underWay;
      } else allowed = Math.min(MOST, allowed + 1 / allowed);
    },
  };
}
