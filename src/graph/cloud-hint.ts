import { PluginError } from '../base/errors';
import { cloudHint } from '../config/clouds';
import type { GraphClient } from './client';
import type { GraphResult } from './request';

/**
 * Wraps the Graph client of a cloud that has no threat intelligence: what fails there ends with that reminder. So does what was
 * not found, since a service that is not there knows nothing of an observable.
 */
export function withCloudHint(client: GraphClient, graph: string): GraphClient {
  const reminder = cloudHint(graph);
  if (reminder === undefined) return client;
  return {
    async execute(requests, signal, onRows, count) {
      const results = await client.execute(requests, signal, onRows, count);
      return results.map((result) => withHint(result, graph, reminder));
    },
  };
}

function withHint(result: GraphResult, graph: string, reminder: string): GraphResult {
  if (result.kind === 'missing') {
    const error = new PluginError('GRAPH_NOT_FOUND', `${graph} has no such record.`, { hint: reminder });
    return { kind: 'failed', request: result.request, error };
  }
  if (result.kind !== 'failed') return result;
  const { code, message, hint, status, requestId, retryAfter, cause } = result.error;
  const hints = [hint, reminder].filter((text) => text !== undefined).join(' ');
  return {
    ...result,
    error: new PluginError(code, message, { hint: hints, status, requestId, retryAfter, cause }),
  };
}
