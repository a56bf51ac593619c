import { setImmediate as turn } from 'node:timers/promises';

/** Items between two turns; the costliest take a tenth of a millisecond. */
const ITEMS = 100;

/**
 * Passes items on and lets signals, timers and network run in between: items that are ready at once would keep them waiting.
 * @throws the signal's reason once it is aborted
 */
export async function* withTurns<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  let count = 0;
  for await (const item of items) {
    count += 1;
    if (count % ITEMS === 0) {
      await turn();
      signal.throwIfAborted();
    }
    yield item;
  }
}
