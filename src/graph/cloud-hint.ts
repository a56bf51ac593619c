import { PluginError } from '../base/errors';
import { cloudHint } from '../config/clouds';
import type { GraphClient } from './client';
import type { GraphResult } from './request';

/**
 * Wraps the Graph client of a cloud without threat intelligence: every failure gets a hint about that. Graph returns 404 for
 * everything there, so "not found" is a failure too.
 */
export function withCloudHint(client: GraphClient, graph: string): GraphClient {
  const hint = cloudHint(graph);
  if (hint === undefined) return client;
  return {
    async execute(requests, signal, onRows, count) {
      const results = await client.execute(requests, signal, onRows, count);
      return results.map((result) => withHint(result, graph, hint));
    },
  };
}

function withHint(result: GraphResult, graph: string, ofCloud: string): GraphResult {
  if (result.kind === 'missing') {
    const error = new PluginError('GRAPH_NOT_FOUND', `${graph} has no such record.`, { hint: ofCloud });
    return { kind: 'failed', request: result.request, error };
  }
  if (result.kind !== 'failed') return result;
  const { code, message, hint, status, requestId, retryAfter, cause } = result.error;
  const hints = [hint, ofCloud].filter((text) => text !== undefined).join(' ');
  return {
    ...result,
    error: new PluginError(code, message, { hint: hints, status, requestId, retryAfter, cause }),
  };
}
