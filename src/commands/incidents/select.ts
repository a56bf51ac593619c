import { scalarText } from '../../base/json';
import { sortableTime } from '../../base/sortable-time';
import type { Config } from '../../config/config';
import type { Article } from '../../model/generated/graph';
import type { Boundary } from './boundary';
import { type DatedArticle, oldestFirst } from './dated-article';

/** Which articles become incidents, and how many of them in one fetch. */
export type Choice = Pick<Config['incidents'], 'tags' | 'featuredOnly' | 'most'>;

export interface Selection {
  /** Oldest first. */
  readonly chosen: readonly DatedArticle[];
  readonly boundary: Boundary;
}

/**
 * The articles that are due, and how far the next fetch need not look any more. Where there are more than one fetch takes,
 * the oldest come first and the boundary stays with the last of them, so that the rest is still ahead. Otherwise it moves
 * to the newest article that was seen, wanted or not: what was passed over before it is not read again.
 */
export function selectArticles(rows: readonly DatedArticle[], since: Boundary, choice: Choice): Selection {
  const fresh = distinct(rows).filter(isBeyond(since)).sort(oldestFirst);
  const due = fresh.filter(({ article }) => isWanted(article, choice));
  const chosen = due.slice(0, choice.most);
  const last = chosen.length < due.length ? chosen.at(-1) : fresh.at(-1);
  if (last === undefined) return { chosen, boundary: since };
  const handedOver = chosen.filter((one) => one.instant === last.instant);
  const earlier = sortableTime(since.time) === last.instant ? since.ids : [];
  return { chosen, boundary: { time: last.time, ids: [...earlier, ...handedOver.map(({ id }) => id)] } };
}

/** An article that moved while its list was read stands on two pages. */
function distinct(rows: readonly DatedArticle[]): DatedArticle[] {
  return [...new Map(rows.map((one) => [JSON.stringify([one.instant, one.id]), one])).values()];
}

function isBeyond(since: Boundary): (one: DatedArticle) => boolean {
  const done = new Set(since.ids);
  const edge = sortableTime(since.time) ?? '';
  return (one) => one.instant > edge || (one.instant === edge && !done.has(one.id));
}

function isWanted({ tags, isFeatured }: Article, choice: Choice): boolean {
  if (choice.featuredOnly && isFeatured !== true) return false;
  if (choice.tags.length === 0) return true;
  return (
    Array.isArray(tags) && tags.some((tag) => choice.tags.includes(scalarText(tag).trim().toLowerCase()))
  );
}
