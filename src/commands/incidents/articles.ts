import { isRecord } from '../../base/json';
import { sortableTime } from '../../base/sortable-time';
import type { Article } from '../../model/generated/graph';

/** An article with its place in time. */
export interface DatedArticle {
  readonly id: string;
  /** The time of the last change, as Graph wrote it. */
  readonly time: string;
  /** The time of the last change as a string that sorts chronologically. */
  readonly instant: string;
  /** Graph's own object. */
  readonly article: Article;
}

/** A version of an article that became an incident. */
export interface Version {
  readonly id: string;
  readonly instant: string;
}

/** Reads a row of the article list; undefined for one without an id or a readable time, which no fetch could place. */
export function datedArticle(row: unknown): DatedArticle | undefined {
  if (!isRecord(row)) return undefined;
  const { id, lastUpdatedDateTime } = row;
  const instant = sortableTime(lastUpdatedDateTime);
  if (typeof id !== 'string' || id === '' || instant === undefined) return undefined;
  return { id, time: lastUpdatedDateTime as string, instant, article: row as Article };
}

/** Oldest first; articles with equal times by their ids, so that every fetch uses the same order. */
export function oldestFirst(one: Version, other: Version): number {
  return compare(one.instant, other.instant) || compare(one.id, other.id);
}

/** Names a version in sets. */
export function versionKey({ instant, id }: Version): string {
  return `${instant} ${id}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Returns a time as a string that sorts chronologically, before every other one if there is none. */
export function instantOf(time: string | undefined): string {
  return sortableTime(time) ?? '';
}
