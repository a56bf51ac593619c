import type { PluginError } from '../../base/errors';
import type { AbortSignalLike } from '../../base/plain-abort';
import { quoted } from '../../base/sanitize';
import type { GraphClient } from '../../graph/client';
import { type GraphRequest, PAGE_SIZE } from '../../graph/request';
import { collection, pathPart } from '../../graph/route';
import { type DatedArticle, datedArticle, instantOf } from './articles';

/** The list that incidents are fetched from. */
export const ARTICLES_ROUTE = collection('GET /security/threatIntelligence/articles', {
  newestBy: 'lastUpdatedDateTime',
});

/** Rows and pages that one fetch reads at most; a longer unsorted list is read over several fetches. */
const MOST_ROWS = 5_000;
const MOST_PAGES = 50;

/** Sorts after every time. */
const AFTER_ALL = '~';

/** Characters of JSON that the kept articles of one fetch may have. */
const MOST_KEPT = 32 * 1024 * 1024;

interface ReadPlan {
  /** Reading of a sorted list stops after an article before this time; undefined to read the whole list. */
  readonly until: string | undefined;
  /** Path and query at which an unfinished read continues. */
  readonly from: string | undefined;
  /** Which articles are kept. */
  readonly keep: (article: DatedArticle) => boolean;
  /** Whether an article counts for the order of the list and for the newest time. */
  readonly isPlausible: (article: DatedArticle) => boolean;
}

/** The articles that one fetch read of the list. */
export interface ReadArticles {
  readonly kept: readonly DatedArticle[];
  /** Whether every article was followed by an older one. */
  readonly sorted: boolean;
  /** The newest plausible article. */
  readonly newest: DatedArticle | undefined;
  /** `list`: read to its end; `old`: stopped at an old article; `bound`: more than one fetch reads; `failed`: a failure on the way. */
  readonly end: 'list' | 'old' | 'bound' | 'failed';
  /** Whether an article at or before `passed` was read. */
  passed(time: string): boolean;
  /** Path and query at which the next fetch continues. */
  readonly next: string | undefined;
  readonly warnings: readonly string[];
}

/**
 * Reads the list page by page. Graph must sort it, but may reject or ignore that: the order is checked on the rows, and an
 * unsorted list is read on.
 * @throws PluginError what failed before anything was read.
 */
export async function readArticles(
  graph: GraphClient,
  { until, from, keep, isPlausible }: ReadPlan,
  signal: AbortSignalLike,
): Promise<ReadArticles> {
  const kept: DatedArticle[] = [];
  const warnings = new Set<string>();
  const seen = new Set<string>();
  let sorted = true;
  let last = AFTER_ALL;
  let newest: DatedArticle | undefined;
  let oldest = AFTER_ALL;
  let rows = 0;
  let pages = 0;
  let size = 0;
  const unreadable: unknown[] = [];
  const result = (end: ReadArticles['end'], next?: string): ReadArticles => ({
    kept,
    sorted,
    newest,
    end,
    next,
    passed: (time) => oldest < instantOf(time),
    warnings: [...(unreadable.length === 0 ? [] : [skipped(unreadable)]), ...warnings],
  });
  for (let position = from; ; ) {
    const [page] = await graph.execute([pageRequest(position)], signal);
    if (page?.kind === 'failed') {
      if (position === from) throw page.error;
      warnings.add(stopped(page.error));
      return result('failed', position);
    }
    if (page?.kind !== 'collection') return result('list');
    for (const row of page.rows) {
      const article = datedArticle(row);
      if (article === undefined) {
        unreadable.push((row as { id?: unknown }).id);
        continue;
      }
      if (article.instant > last) sorted = false;
      last = article.instant;
      if (article.instant < oldest) oldest = article.instant;
      if (isPlausible(article) && (newest === undefined || article.instant > newest.instant))
        newest = article;
      if (!keep(article)) continue;
      kept.push(article);
      size += JSON.stringify(row).length;
    }
    rows += page.rows.length;
    pages += 1;
    for (const warning of page.warnings ?? []) warnings.add(warning);
    const { next } = page;
    if (next === undefined || seen.has(next))
      return result(page.more || next !== undefined ? 'bound' : 'list');
    seen.add(next);
    if (sorted && last < instantOf(until)) return result('old');
    if (rows >= MOST_ROWS || pages >= MOST_PAGES || size >= MOST_KEPT) return result('bound', next);
    position = next;
  }
}

/** One page: the reader decides after each whether to continue. */
function pageRequest(from: string | undefined): GraphRequest {
  const path = pathPart(ARTICLES_ROUTE.line);
  return {
    method: 'GET',
    path,
    route: path,
    query: [],
    optional: [
      { name: '$orderby', value: `${ARTICLES_ROUTE.newestBy} desc` },
      { name: '$top', value: String(PAGE_SIZE) },
    ],
    checksOrder: true,
    returns: 'collection',
    rows: {
      most: Number.MAX_SAFE_INTEGER,
      by: 'limit',
      onePage: true,
      ...(from === undefined ? {} : { from }),
    },
  };
}

function skipped(ids: readonly unknown[]): string {
  const [id] = ids;
  const example = typeof id === 'string' && id !== '' ? `, such as ${quoted(id)}` : '';
  return `Skipped ${ids.length === 1 ? '1 article' : `${ids.length} articles`} without an id or a readable lastUpdatedDateTime${example}.`;
}

function stopped(error: PluginError): string {
  return `Reading stopped before the end of the list: ${error.message}`;
}
