import { sanitize } from '../../base/sanitize';
import type { Article } from '../../model/generated/graph';
import type { Incident } from '../../xsoar/entry';
import type { DatedArticle } from './articles';

/** An incident, and what is wrong with its article. */
export interface Made {
  readonly incident: Incident;
  readonly warning?: string | undefined;
}

/** The incident that an article becomes: its title, when it was last changed, summary and tags, and all of it as JSON. */
export function incidentOf({ id, time, article }: DatedArticle, type: string | undefined): Made {
  const details = detailsOf(article);
  const title = typeof article.title === 'string' ? sanitize(article.title) : '';
  const isOdd =
    title === '' || !(article.tags === null || article.tags === undefined || areTexts(article.tags));
  return {
    incident: {
      name: title || `Article ${sanitize(id)}`,
      occurred: time,
      rawJSON: JSON.stringify(article),
      ...(details === '' ? {} : { details }),
      ...(type === undefined ? {} : { type }),
    },
    warning: isOdd ? `The article ${sanitize(id)} has a title or tags that are not text.` : undefined,
  };
}

function detailsOf({ summary, tags }: Article): string {
  const named = Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
  const text = typeof summary?.content === 'string' ? [summary.content] : [];
  return [...text, ...(named.length === 0 ? [] : [`Tags: ${named.join(', ')}`])].join('\n\n');
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
