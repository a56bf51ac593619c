import type { RawParams } from '../config/read';
import { type InstancePorts, openServices } from '../engine/open-services';
import type { GraphClient } from '../graph/client';

/** Opens Graph for work that may take hours: a busy or unavailable service is retried without an end. */
export function openGraph(params: RawParams, ports: InstancePorts): GraphClient {
  const services = openServices(params, ports);
  return services.graphWithin(services.budgetFor(Number.POSITIVE_INFINITY));
}
