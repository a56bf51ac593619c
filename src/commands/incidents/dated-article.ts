import { PluginError } from '../../base/errors';
import { isRecord } from '../../base/json';
import { sortableTime } from '../../base/sortable-time';
import type { Article } from '../../model/generated/graph';

/** An article with its place in time. */
export interface DatedArticle {
  readonly id: string;
  /** When it was last changed, as Graph wrote it. */
  readonly time: string;
  /** The same as a text that sorts. */
  readonly instant: string;
  /** Graph's own object. */
  readonly article: Article;
}

/**
 * A row of the article list.
 * @throws PluginError GRAPH_UNEXPECTED for one without an id or a time, which no fetch could ever tell to be done.
 */
export function datedArticle(row: unknown): DatedArticle {
  const id = isRecord(row) ? row.id : undefined;
  const time = isRecord(row) ? row.lastUpdatedDateTime : undefined;
  const sortable = sortableTime(time);
  if (typeof id === 'string' && typeof time === 'string' && sortable !== undefined)
    return { id, time, instant: sortable, article: row as Article };
  throw new PluginError(
    'GRAPH_UNEXPECTED',
    `Graph lists an article (${JSON.stringify(id) ?? 'without an ID'}) that has no readable lastUpdatedDateTime.`,
    {
      hint: 'Nothing was fetched, and nothing is lost. Fetch again, and report it to Microsoft if it stays so.',
    },
  );
}

/** Oldest first; articles of one moment by their ids, so that every fetch sees the same order. */
export function oldestFirst(one: DatedArticle, other: DatedArticle): number {
  return compare(one.instant, other.instant) || compare(one.id, other.id);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
