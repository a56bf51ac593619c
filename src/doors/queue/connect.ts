import type { Redis } from 'ioredis';
import { PluginError } from '../../base/errors';
import type { Log } from '../../base/log';
import { checkRedis, openRedis, type RedisConnection, unusable } from '../../redis/connection';
import { NO_RESPONSE, reasonOf } from '../../redis/loss-reason';
import { readSharedSettings, type SharedSettings } from '../../redis/settings';

/** Milliseconds. */
const LONGEST_RECONNECT_DELAY = 5_000;

/** Milliseconds that the second connection may take; later it waits until Redis is reachable. */
const CONNECT_TIMEOUT = 5_000;

export interface QueueConnection {
  readonly settings: SharedSettings;
  readonly connection: RedisConnection;
  /** Waits for Redis instead of failing, as BullMQ demands. */
  readonly client: Redis;
  close(): Promise<void>;
}

/**
 * Connects to the Redis of the queues.
 * @throws PluginError CONFIG_INVALID if no Redis is configured or it cannot be used for queues
 */
export async function connectQueue(environment: NodeJS.ProcessEnv, log: Log): Promise<QueueConnection> {
  const settings = readSharedSettings(environment);
  if (settings === undefined)
    throw new PluginError('CONFIG_INVALID', 'Queues need a Redis server, and none is configured.', {
      hint: 'Set MDTI_SHARED=redis://HOST:6379 and MDTI_SHARED_KEY_FILE; see docs/scale-out.md.',
    });
  let checked = false;
  // A queue has no local fallback: until the check, the error below says what is wrong.
  const connection = await openRedis(settings, (...line) => {
    if (checked) log(...line);
  });
  try {
    await checkRedis(connection, settings, { queues: true });
    checked = true;
  } catch (error) {
    await connection.close();
    throw error;
  }
  const client = connection.client.duplicate({
    maxRetriesPerRequest: null,
    // A queue outlives a restart of Redis: it connects again for as long as it takes.
    retryStrategy: (attempt) => Math.min(LONGEST_RECONNECT_DELAY, 100 * 2 ** Math.min(attempt, 6)),
    enableOfflineQueue: true,
    lazyConnect: false,
    commandTimeout: undefined as unknown as number,
  });
  try {
    await ready(client, settings.url);
  } catch (error) {
    client.disconnect();
    await connection.close();
    throw error;
  }
  return {
    settings,
    connection,
    client,
    async close() {
      client.disconnect();
      await connection.close();
    },
  };
}

/** Waits for the first connection of a client. @throws PluginError CONFIG_INVALID with the last error if that takes too long */
function ready(client: Redis, url: URL): Promise<void> {
  return new Promise((resolve, reject) => {
    let reason = NO_RESPONSE;
    const timer = setTimeout(() => reject(unusable(url, reason)), CONNECT_TIMEOUT);
    client.on('error', (error) => {
      reason = reasonOf(error);
    });
    client.once('ready', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
