import { scalarText } from '../../base/json';
import { sanitize } from '../../base/sanitize';
import type { Article } from '../../model/generated/graph';
import type { Incident } from '../../xsoar/incident';
import type { DatedArticle } from './dated-article';

/** The incident that an article becomes: its title, when it was last changed, summary and tags, and all of it as JSON. */
export function incidentOf({ id, time, article }: DatedArticle, type: string | undefined): Incident {
  const details = detailsOf(article);
  return {
    name: sanitize(scalarText(article.title)) || `Article ${id}`,
    occurred: time,
    rawJSON: JSON.stringify(article),
    ...(details === '' ? {} : { details }),
    ...(type === undefined ? {} : { type }),
  };
}

function detailsOf({ summary, tags }: Article): string {
  const named = Array.isArray(tags) && tags.length > 0 ? [`Tags: ${tags.map(String).join(', ')}`] : [];
  const text = typeof summary?.content === 'string' ? [summary.content] : [];
  return [...text, ...named].join('\n\n');
}
