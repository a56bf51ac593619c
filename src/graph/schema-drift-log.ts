import type { Log } from '../base/log';
import type { GraphClient } from './client';
import type { OnRows } from './request';
import type { SchemaDifference } from './schema-drift';

/** Differences that one plugin tells of; who sends more sends them on purpose. */
const MOST = 200;

/**
 * Wraps Graph clients so that each difference between Graph's objects and our model is logged once, at debug level. At any
 * other level the client is left as it is, and neither the model nor the check is loaded.
 */
export function schemaDriftLog(log: Log): (client: GraphClient) => GraphClient {
  if (log.level !== 'debug') return (client) => client;
  const told = new Set<string>();
  function tell({ type, property, finding }: SchemaDifference): void {
    const drift = `${type}.${property} ${finding}`;
    if (told.has(drift) || told.size === MOST) return;
    told.add(drift);
    log('debug', 'graph differs from its model', { type, property, finding });
  }
  return (client) => ({
    async execute(requests, signal, take) {
      const { findSchemaDrift } = await import('./schema-drift');
      const taking: OnRows | undefined =
        take &&
        ((rows, request) => {
          findSchemaDrift([{ kind: 'collection', request, rows, more: true }], tell);
          return take(rows, request);
        });
      const answers = await client.execute(requests, signal, taking);
      findSchemaDrift(answers, tell);
      return answers;
    },
  });
}
