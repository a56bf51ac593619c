import type { GraphRequest } from '../../graph/request';
import { collection, routeRequest } from '../../graph/route';
import type { Services } from '../declaration/services';

/** The route of the smallest request that needs both a token and the permission. */
export const PROBE_ROUTE = collection('GET /security/threatIntelligence/articles');

const ONE_ARTICLE: GraphRequest = {
  ...routeRequest(PROBE_ROUTE),
  query: [
    { name: '$select', value: 'id' },
    { name: '$top', value: '1' },
  ],
};

/**
 * Proves that a token is issued and that Graph accepts it.
 * @throws PluginError the failure of the request.
 */
export async function probeGraph(services: Pick<Services, 'graph' | 'signal'>): Promise<void> {
  const [response] = await services.graph.execute([ONE_ARTICLE], services.signal);
  if (response?.kind === 'failed') throw response.error;
}
