import { type Clock, systemClock } from '../../src/base/clock';

/** Milliseconds from which a timer is a time limit and not a wait between retries. */
const LIMIT = 5_000;

/** The system's clock, except that waits between retries are over at once. */
export const withoutWaits: Clock = {
  ...systemClock,
  after: (milliseconds, call) => systemClock.after(milliseconds < LIMIT ? 0 : milliseconds, call),
};
