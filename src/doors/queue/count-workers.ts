import type { Redis } from 'ioredis';
import { openQueue } from '../../queue/submit';

/** Counts the workers that serve a tenant; undefined if Redis does not list them, as for an ACL user without `CLIENT LIST`. */
export async function countWorkers(tenant: string, redis: Redis): Promise<number | undefined> {
  const queue = await openQueue(redis, tenant);
  try {
    return await queue.getWorkersCount();
  } catch {
    return undefined;
  } finally {
    await queue.close();
  }
}

/** Returns the message for a tenant that no worker serves, with a fix. */
export function noWorker(tenant: string): string {
  return `no worker serves the tenant ${tenant}: start \`mdti worker --tenants FILE\` with a file that contains it`;
}
