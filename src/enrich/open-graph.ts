import { BOUNDS } from '../base/bounds';
import type { RawParams } from '../config/read';
import { type InstancePorts, openServices } from '../engine/open-services';
import type { GraphClient } from '../graph/client';
import type { LongWork } from '../http/retry';
import { GROUPS_IN_MEMORY } from './enrich';

/** Attempts of one row while other rows succeed: about half a minute. */
const ATTEMPTS = 6;

/** Attempts of a row that failed, when all others are written. */
const LAST_ATTEMPTS = 3;

/**
 * Opens Graph for work that may take hours: it waits for a busy or unavailable service, but not for a single row.
 * @returns the client, and one that gives up sooner, for rows that failed
 */
export function openGraph(
  params: RawParams,
  ports: InstancePorts,
): { readonly graph: GraphClient; readonly lastTry: GraphClient } {
  const services = openServices(params, ports);
  const open = (longWork: LongWork) => {
    const budget = services.retryContext(Number.POSITIVE_INFINITY, { priority: 'bulk', longWork });
    return services.graphWithin(budget, BOUNDS.commandBytes / GROUPS_IN_MEMORY);
  };
  return {
    graph: open({ maxAttempts: ATTEMPTS, completed: 0 }),
    lastTry: open({ maxAttempts: LAST_ATTEMPTS, completed: 0, isLast: true }),
  };
}
