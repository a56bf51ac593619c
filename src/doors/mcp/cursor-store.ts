import { randomUUID } from 'node:crypto';

/** Answers that are kept for who asks on; with more, the oldest is forgotten. */
const MOST = 32;

/** What was found and not yet given, under cursors. */
export interface CursorStore<Found> {
  keep(found: Found, from: number): string;
  take(cursor: string): { readonly found: Found; readonly from: number } | undefined;
}

export function cursorStore<Found>(): CursorStore<Found> {
  const kept = new Map<string, { readonly found: Found; readonly from: number }>();
  return {
    keep(found, from) {
      const cursor = randomUUID();
      kept.set(cursor, { found, from });
      const [oldest] = kept.keys();
      if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
      return cursor;
    },
    take: (cursor) => kept.get(cursor),
  };
}
