import type { Log } from '../base/log';
import type { GraphClient } from './client';
import type { OnRows } from './request';
import type { SchemaDifference } from './schema-drift';

/** Differences that one instance logs; more than this is noise or an attack. */
const MOST = 200;

/**
 * Wraps Graph clients so that each difference between Graph's objects and our model is logged once, at debug level. At any
 * other level the client is returned unchanged, and neither the model nor the check is loaded.
 */
export function schemaDriftLog(log: Log): (client: GraphClient) => GraphClient {
  if (log.level !== 'debug') return (client) => client;
  const logged = new Set<string>();
  function report({ type, property, difference }: SchemaDifference): void {
    const drift = `${type}.${property} ${difference}`;
    if (logged.has(drift) || logged.size === MOST) return;
    logged.add(drift);
    log('debug', 'Graph object differs from the documented schema', { type, property, difference });
  }
  return (client) => ({
    async execute(requests, signal, onRows, count) {
      const { findSchemaDrift } = await import('./schema-drift');
      const checkedRows: OnRows | undefined =
        onRows &&
        ((rows, request) => {
          findSchemaDrift([{ kind: 'collection', request, rows, more: true }], report);
          return onRows(rows, request);
        });
      const results = await client.execute(requests, signal, checkedRows, count);
      findSchemaDrift(results, report);
      return results;
    },
  });
}
