import { createHmac } from 'node:crypto';
import { isRecord, parseJson } from '../base/json';
import type { CachedResponse, ResponseCache } from '../cache/response-cache';
import { seal, unseal } from '../state/seal';
import type { RedisConnection } from './connection';

/** Keys of one MGET: the size of a batch. */
const KEYS_AT_ONCE = 20;

/** Bounds one value in Redis; a larger response is not cached. */
const LARGEST_VALUE = 1_048_576;

/**
 * Responses that many engines share. Keys are hashed with the encryption key and values are encrypted, so Redis learns neither what
 * was requested nor what Graph returned. Failures of Redis cost speed only.
 * @param local the cache that is used while Redis is unreachable
 */
export function redisResponseCache(
  redis: RedisConnection,
  sealingKey: Buffer,
  local: ResponseCache,
): ResponseCache {
  const nameOf = (key: string) =>
    `mdti:response:${createHmac('sha256', sealingKey).update(key).digest('base64url')}`;

  async function store(
    client: RedisConnection['client'],
    responses: readonly (readonly [key: string, response: CachedResponse])[],
  ): Promise<void> {
    const pipeline = client.pipeline();
    for (const [key, response] of responses) {
      const lives = Math.round(response.expiresAt - Date.now());
      const value = seal(JSON.stringify({ key, ...response }), sealingKey);
      if (lives > 0 && value.length <= LARGEST_VALUE) pipeline.set(nameOf(key), value, 'PX', lives);
    }
    await pipeline.exec();
  }

  return {
    getMany: (keys) =>
      redis.withFallback(
        async (client) => {
          const found: (CachedResponse | undefined)[] = [];
          for (let at = 0; at < keys.length; at += KEYS_AT_ONCE) {
            const some = keys.slice(at, at + KEYS_AT_ONCE);
            const values = await client.mget(some.map(nameOf));
            for (const [index, value] of values.entries())
              found.push(responseIn(value, some[index] ?? '', sealingKey));
          }
          return found;
        },
        () => local.getMany(keys),
      ),
    async setMany(responses) {
      await Promise.all([
        local.setMany(responses),
        redis.withFallback(
          (client) => store(client, responses),
          () => {},
        ),
      ]);
    },
  };
}

/** The response in a encrypted value; undefined for a value that is damaged, foreign, expired, or that belongs to another key. */
function responseIn(value: string | null, key: string, sealingKey: Buffer): CachedResponse | undefined {
  const stored = value === null ? undefined : parseJson(unseal(value, sealingKey) ?? '');
  if (!isRecord(stored) || stored.key !== key) return undefined;
  const { json, requestedAt, expiresAt } = stored;
  if (typeof requestedAt !== 'number' || typeof expiresAt !== 'number' || expiresAt <= Date.now())
    return undefined;
  return json === undefined || typeof json === 'string' ? { json, requestedAt, expiresAt } : undefined;
}
