import type { GraphRequest } from '../../graph/request';
import { API } from '../../graph/route';
import type { Services } from '../declaration/services';

/** The smallest question that needs both a token and the permission. */
const ONE_ARTICLE: GraphRequest = {
  method: 'GET',
  path: `${API}/articles`,
  query: [
    { name: '$select', value: 'id' },
    { name: '$top', value: '1' },
  ],
  answers: 'collection',
  rows: { most: 1, by: 'limit' },
};

/**
 * Proves that a token is had and that Graph answers to it.
 * @throws PluginError whatever stood in the way.
 */
export async function probeGraph(services: Pick<Services, 'graph' | 'signal'>): Promise<void> {
  const [answer] = await services.graph.execute([ONE_ARTICLE], services.signal);
  if (answer?.kind === 'failed') throw answer.error;
}
