import type { Article } from '../../model/generated/graph';

/** Characters of an article that are searched for CVE IDs. */
const SEARCHED = 200_000;

/** The CVE IDs in an article's title, tags, summary and body, each once, in the order of the text. */
export function relatedCves(article: Article | undefined): string[] {
  const texts = [article?.title, ...(article?.tags ?? []), article?.summary?.content, article?.body?.content];
  const text = texts
    .filter((one) => typeof one === 'string')
    .join('\n')
    .slice(0, SEARCHED);
  return [...new Set([...text.matchAll(/\bCVE-\d{4}-\d{4,19}\b/gi)].map(([id]) => id.toUpperCase()))];
}

/** What to search profiles for: tags such as `GingerTern` or `Ginger Tern`, which name actors and tools. */
export function searchPhrases(tags: readonly string[] | null | undefined): string[] {
  const phrases = (tags ?? [])
    .filter((tag) => typeof tag === 'string' && tag.length <= 100)
    .map((tag) => tag.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').trim())
    .filter((tag) => tag !== '' && !/^CVE-/i.test(tag));
  return [...new Set(phrases)];
}

/** The form of a name for comparison: letters and digits only, in lower case. */
export function titles(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
