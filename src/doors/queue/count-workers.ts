import type { Redis } from 'ioredis';
import { withQueue } from '../../queue/queued-chunks';

/** Counts the workers that serve a tenant; undefined if Redis does not list them, as for an ACL user without `CLIENT LIST`. */
export function countWorkers(tenant: string, redis: Redis): Promise<number | undefined> {
  return withQueue(redis, tenant, (queue) => queue.getWorkersCount()).catch(() => undefined);
}

/** Returns the message for a tenant that no worker serves, with a fix. */
export function noWorker(tenant: string): string {
  return `no worker serves the tenant ${tenant}: start \`mdti worker --tenants FILE\` with a file that contains it`;
}
