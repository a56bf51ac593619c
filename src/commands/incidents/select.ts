import type { Config } from '../../config/config';
import type { Article } from '../../model/generated/graph';
import { type DatedArticle, oldestFirst, versionKey } from './articles';

/** Which articles become incidents, and how many of them in one fetch. */
export type Choice = Pick<Config['incidents'], 'tags' | 'featuredOnly' | 'most'>;

/** Chooses the oldest articles, each version once: an article that moved while its list was read is on two pages. */
export function chooseOldest(
  due: readonly DatedArticle[],
  most: number,
): { readonly chosen: readonly DatedArticle[]; readonly isCut: boolean } {
  const distinct = [...new Map(due.map((one) => [versionKey(one), one])).values()].sort(oldestFirst);
  return { chosen: distinct.slice(0, most), isCut: distinct.length > most };
}

/** Whether the parameters ask for this article. A tag that is not a string does not count. */
export function isWanted({ tags, isFeatured }: Article, choice: Choice): boolean {
  if (choice.featuredOnly && isFeatured !== true) return false;
  if (choice.tags.length === 0) return true;
  return (
    Array.isArray(tags) &&
    tags.some((tag) => typeof tag === 'string' && choice.tags.includes(tag.trim().toLowerCase()))
  );
}
