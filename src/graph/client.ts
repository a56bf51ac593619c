import { isPluginError, toPluginError } from '../errors';
import { entityOf, pageOf } from './body';
import { ask, asked, type Exchange } from './exchange';
import { formatQuery } from './odata';
import { readRows } from './paging';
import type { GraphAnswer, GraphRequest } from './request';

const VERSION_PATH = '/v1.0';

/** How many requests of one command are under way at once. */
const CONCURRENCY = 8;

export interface GraphClient {
  /**
   * Asks all of them and gives the answers in the order of the requests; what failed is an answer too.
   * @throws PluginError CANCELLED when somebody ended the command: nobody waits for what was had.
   */
  execute(requests: readonly GraphRequest[], signal: AbortSignal): Promise<GraphAnswer[]>;
}

/** @param origin https origin of Graph, no path. */
export function graphClient(origin: string, exchange: Exchange): GraphClient {
  return {
    async execute(requests, signal) {
      const answers: GraphAnswer[] = [];
      const queue = requests.entries();
      const lanes = Array.from({ length: Math.min(CONCURRENCY, requests.length) }, async () => {
        for (const [index, request] of queue)
          answers[index] = await answer(origin, exchange, request, signal);
      });
      await Promise.all(lanes);
      const cancelled = answers.find((one) => one.kind === 'failed' && one.error.code === 'CANCELLED');
      if (cancelled?.kind === 'failed') throw cancelled.error;
      return answers;
    },
  };
}

async function answer(
  origin: string,
  exchange: Exchange,
  request: GraphRequest,
  signal: AbortSignal,
): Promise<GraphAnswer> {
  const url = new URL(`${VERSION_PATH}${request.path}${formatQuery(request.query)}`, origin);
  try {
    if (request.answers === 'collection') {
      return {
        kind: 'collection',
        request,
        ...(await readRows(url, request.rows.most, (page) =>
          ask(exchange, { method: 'GET', url: page }, (response) => pageOf(asked(url), response), signal),
        )),
      };
    }
    const value = await ask(
      exchange,
      { method: 'GET', url },
      (response) => entityOf(asked(url), response),
      signal,
    );
    return value === undefined ? { kind: 'missing', request } : { kind: 'entity', request, value };
  } catch (error) {
    if (isPluginError(error) && error.code === 'GRAPH_NOT_FOUND' && request.subject?.observable)
      return { kind: 'missing', request };
    return { kind: 'failed', request, error: toPluginError(error) };
  }
}
