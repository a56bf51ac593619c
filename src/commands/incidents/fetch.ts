import { momentOf } from '../../config/since';
import type { GraphRequest } from '../../graph/request';
import { API } from '../../graph/route';
import type { Incident, LastRun } from '../../xsoar/incident';
import type { Services } from '../declaration/services';
import { readBoundary, writeBoundary } from './boundary';
import { datedArticle } from './dated-article';
import { incidentOf } from './incident';
import { selectArticles } from './select';

export interface Fetched {
  /** Oldest first. */
  readonly incidents: readonly Incident[];
  /** For the next fetch; it belongs to the incidents: whoever keeps one without the other loses or doubles articles. */
  readonly lastRun: LastRun;
}

/**
 * The articles that are new or changed since the last fetch, as incidents. Graph offers no filter by time, so the list is read
 * newest first, back to where the last fetch ended.
 * @throws PluginError whatever stood in the way; the last run then stays as it was.
 */
export async function fetchIncidents(services: Services, lastRun: unknown): Promise<Fetched> {
  const { config, graph, clock, signal } = services;
  const { first, type } = config.incidents;
  const since = readBoundary(lastRun) ?? { time: momentOf(first, clock.now()), ids: [] };
  const [answer] = await graph.execute([articlesBackTo(since.time)], signal);
  if (answer?.kind === 'failed') throw answer.error;
  const rows = answer?.kind === 'collection' ? answer.rows.map(datedArticle) : [];
  const { chosen, boundary } = selectArticles(rows, since, config.incidents);
  return {
    incidents: chosen.map((one) => incidentOf(one, type)),
    lastRun: writeBoundary(lastRun, boundary),
  };
}

function articlesBackTo(time: string): GraphRequest {
  const property = 'lastUpdatedDateTime';
  return {
    method: 'GET',
    path: `${API}/articles`,
    query: [{ name: '$orderby', value: `${property} desc` }],
    answers: 'collection',
    rows: { most: Number.MAX_SAFE_INTEGER, by: 'limit', backTo: { property, time } },
  };
}
