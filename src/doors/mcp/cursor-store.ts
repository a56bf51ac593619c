import { randomUUID } from 'node:crypto';
import type { Clock } from '../../base/clock';

/** Results that are stored for the pages after the first; beyond these, the least recently used is dropped. */
const MOST_RESULTS = 32;
const MOST_CHARACTERS = 20_000_000;

/** Milliseconds after its last use at which a cursor expires. */
const LIFETIME = 15 * 60 * 1000;

interface Position<Found> {
  readonly found: Found;
  readonly from: number;
}

/** Rows that were found and not returned yet, by cursor. */
export interface CursorStore<Found> {
  /** @param characters size of the result as JSON */
  keep(found: Found, from: number, characters: number): string;
  take(cursor: string): Position<Found> | undefined;
}

interface Stored<Found> extends Position<Found> {
  readonly characters: number;
  readonly expires: number;
}

export function cursorStore<Found>(clock: Clock): CursorStore<Found> {
  /** In the order of their last use. */
  const stored = new Map<string, Stored<Found>>();

  function dropExpired(): void {
    for (const [cursor, { expires }] of stored) if (expires <= clock.monotonic()) stored.delete(cursor);
  }

  /** Pages of one result share it, so it counts once. */
  function size(): { readonly results: number; readonly characters: number } {
    const results = new Map([...stored.values()].map(({ found, characters }) => [found, characters]));
    return { results: results.size, characters: [...results.values()].reduce((sum, one) => sum + one, 0) };
  }

  function dropLeastUsed(): void {
    for (const cursor of stored.keys()) {
      const { results, characters } = size();
      if (
        stored.size <= 1 ||
        (results <= MOST_RESULTS && characters <= MOST_CHARACTERS && stored.size <= 10 * MOST_RESULTS)
      )
        return;
      stored.delete(cursor);
    }
  }

  return {
    keep(found, from, characters) {
      dropExpired();
      const cursor = randomUUID();
      stored.set(cursor, { found, from, characters, expires: clock.monotonic() + LIFETIME });
      dropLeastUsed();
      return cursor;
    },
    take(cursor) {
      dropExpired();
      const position = stored.get(cursor);
      if (position === undefined) return undefined;
      stored.delete(cursor);
      stored.set(cursor, { ...position, expires: clock.monotonic() + LIFETIME });
      return position;
    },
  };
}
