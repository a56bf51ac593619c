import { setImmediate } from 'node:timers/promises';

/** Lets signals, timers and network events run. */
export function takeTurn(): Promise<void> {
  return setImmediate();
}

/** Items between two turns of the event loop; the slowest items take 0.1 milliseconds each. */
const ITEMS = 100;

/**
 * Yields the items, and lets signals, timers and network events run in between: items that are ready at once would block them.
 * @throws the signal's reason once it is aborted
 */
export async function* withTurns<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  let count = 0;
  for await (const item of items) {
    count += 1;
    if (count % ITEMS === 0) {
      await takeTurn();
      signal.throwIfAborted();
    }
    yield item;
  }
}
