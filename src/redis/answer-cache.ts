import { createHmac } from 'node:crypto';
import { isRecord, parseJson } from '../base/json';
import type { AnswerCache, CachedAnswer } from '../cache/answer-cache';
import { seal, unseal } from '../state/seal';
import type { RedisConnection } from './connection';

/** Keys of one MGET: the size of a batch. */
const KEYS_AT_ONCE = 20;

/** Bounds one value in Redis; a larger answer is not cached. */
const LARGEST_VALUE = 1_048_576;

/**
 * Answers that many engines share. Keys are hashed with the sealing key and values are sealed, so Redis learns neither what
 * was asked nor what Graph returned. Failures of Redis cost speed only.
 * @param local answers while Redis is away
 */
export function redisAnswerCache(
  redis: RedisConnection,
  sealingKey: Buffer,
  local: AnswerCache,
): AnswerCache {
  const nameOf = (key: string) =>
    `mdti:answer:${createHmac('sha256', sealingKey).update(key).digest('base64url')}`;

  async function store(
    client: RedisConnection['client'],
    answers: readonly (readonly [key: string, answer: CachedAnswer])[],
  ): Promise<void> {
    const pipeline = client.pipeline();
    for (const [key, answer] of answers) {
      const lives = Math.round(answer.expiresAt - Date.now());
      const value = seal(JSON.stringify({ key, ...answer }), sealingKey);
      if (lives > 0 && value.length <= LARGEST_VALUE) pipeline.set(nameOf(key), value, 'PX', lives);
    }
    await pipeline.exec();
  }

  return {
    getMany: (keys) =>
      redis.withFallback(
        async (client) => {
          const found: (CachedAnswer | undefined)[] = [];
          for (let at = 0; at < keys.length; at += KEYS_AT_ONCE) {
            const some = keys.slice(at, at + KEYS_AT_ONCE);
            const values = await client.mget(some.map(nameOf));
            found.push(...values.map((value, index) => answerIn(value, some[index] ?? '', sealingKey)));
          }
          return found;
        },
        () => local.getMany(keys),
      ),
    async setMany(answers) {
      await Promise.all([
        local.setMany(answers),
        redis.withFallback(
          (client) => store(client, answers),
          () => {},
        ),
      ]);
    },
  };
}

/** The answer in a sealed value; undefined for a value that is damaged, foreign, expired, or that belongs to another key. */
function answerIn(value: string | null, key: string, sealingKey: Buffer): CachedAnswer | undefined {
  const stored = value === null ? undefined : parseJson(unseal(value, sealingKey) ?? '');
  if (!isRecord(stored) || stored.key !== key) return undefined;
  const { json, askedAt, expiresAt } = stored;
  if (typeof askedAt !== 'number' || typeof expiresAt !== 'number' || expiresAt <= Date.now())
    return undefined;
  return json === undefined || typeof json === 'string' ? { json, askedAt, expiresAt } : undefined;
}
