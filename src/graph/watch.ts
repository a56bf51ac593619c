import type { Log } from '../log';
import type { GraphClient } from './client';
import type { Drift } from './drift';
import type { TakeRows } from './request';

/** Differences that one plugin tells of; who sends more sends them on purpose. */
const MOST = 200;

/**
 * Wraps Graph clients so that each difference between Graph's objects and our model is logged once, at debug level. At any
 * other level the client is left as it is, and neither the model nor the check is loaded.
 */
export function driftWatch(log: Log): (client: GraphClient) => GraphClient {
  if (log.level !== 'debug') return (client) => client;
  const told = new Set<string>();
  function tell({ type, property, finding }: Drift): void {
    const drift = `${type}.${property} ${finding}`;
    if (told.has(drift) || told.size === MOST) return;
    told.add(drift);
    log('debug', 'graph differs from its model', { type, property, finding });
  }
  return (client) => ({
    async execute(requests, signal, take) {
      const { findDrift } = await import('./drift');
      const taking: TakeRows | undefined =
        take &&
        ((rows, request) => {
          findDrift([{ kind: 'collection', request, rows, more: true }], tell);
          return take(rows, request);
        });
      const answers = await client.execute(requests, signal, taking);
      findDrift(answers, tell);
      return answers;
    },
  });
}
