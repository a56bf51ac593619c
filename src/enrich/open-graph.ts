import { BOUNDS } from '../base/bounds';
import type { RawParams } from '../config/read';
import { type InstancePorts, openServices } from '../engine/open-services';
import type { GraphClient } from '../graph/client';

/** Attempts of one row while other rows are answered: about half a minute. */
const ATTEMPTS = 6;

/** Groups of rows in memory at once; they share the memory of one command. */
const GROUPS = 16;

/** Opens Graph for work that may take hours: it waits for a busy or unavailable service, but not for a single row. */
export function openGraph(params: RawParams, ports: InstancePorts): GraphClient {
  const services = openServices(params, ports);
  const longWork = { attempts: ATTEMPTS, answered: 0 };
  const budget = services.budgetFor(Number.POSITIVE_INFINITY, { priority: 'bulk', longWork });
  return services.graphWithin(budget, BOUNDS.commandBytes / GROUPS);
}
