import type { Log } from '../log';
import type { GraphClient } from './client';

/** Differences that one plugin tells of; who sends more sends them on purpose. */
const MOST = 200;

/**
 * Wraps Graph clients so that each difference between Graph's objects and our model is logged once, at debug level. At any
 * other level the client is left as it is, and neither the model nor the check is loaded.
 */
export function driftWatch(log: Log): (client: GraphClient) => GraphClient {
  if (log.level !== 'debug') return (client) => client;
  const told = new Set<string>();
  return (client) => ({
    async execute(requests, signal) {
      const answers = await client.execute(requests, signal);
      const { findDrift } = await import('./drift');
      findDrift(answers, ({ type, property, finding }) => {
        const drift = `${type}.${property} ${finding}`;
        if (told.has(drift) || told.size === MOST) return;
        told.add(drift);
        log('debug', 'graph differs from its model', { type, property, finding });
      });
      return answers;
    },
  });
}
