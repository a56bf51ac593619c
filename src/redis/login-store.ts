import { randomBytes } from 'node:crypto';
import { isRecord, parseJson } from '../base/json';
import { seal, unseal } from '../state/seal';
import type { Change, State, Store } from '../state/store';
import type { RedisConnection } from './connection';

/** Milliseconds: a login that takes longer than this lets another engine try. */
const LOCK_TIME = 30_000;
const POLL = 50;

/** Deletes the lock only if it is still ours, and writes the state in the same step. */
const WRITE_AND_UNLOCK = `
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
if ARGV[2] ~= '' then redis.call('SET', KEYS[1], ARGV[2]) end
redis.call('DEL', KEYS[2])
return 1`;

/**
 * Logins that many engines share: sealed, changed by one engine at a time, so that one refresh serves all of them.
 * While Redis is away, the local store is used.
 * @param name the identity that the logins belong to; engines with the same name share them.
 */
export function redisStore(redis: RedisConnection, name: string, sealingKey: Buffer, local: Store): Store {
  const key = `mdti:{${name}}:logins`;
  const lock = `${key}:lock`;

  async function read(client: RedisConnection['client']): Promise<State> {
    const sealed = await client.get(key);
    const state = sealed === null ? {} : parseJson(unseal(sealed, sealingKey) ?? '');
    return isRecord(state) ? state : {};
  }

  async function acquire(
    client: RedisConnection['client'],
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const owner = randomBytes(16).toString('hex');
    while ((await client.set(lock, owner, 'PX', LOCK_TIME, 'NX')) !== 'OK') {
      signal?.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, POLL + Math.random() * POLL));
    }
    return owner;
  }

  async function update(client: RedisConnection['client'], change: Change, signal?: AbortSignal) {
    const owner = await acquire(client, signal);
    let sealed = '';
    try {
      const before = await read(client);
      const after = await change(before);
      if (after !== before) sealed = seal(JSON.stringify(after), sealingKey);
    } finally {
      await client.eval(WRITE_AND_UNLOCK, 2, key, lock, owner, sealed);
    }
  }

  return {
    read: () => redis.withFallback(read, local.read),
    async update(change, signal) {
      // A failure of the change itself is the caller's; only a failure of Redis falls back.
      let changed: { readonly error?: unknown } | undefined;
      const once: Change = async (state) => {
        try {
          const after = await change(state);
          changed = {};
          return after;
        } catch (error) {
          changed = { error };
          throw error;
        }
      };
      await redis.withFallback(
        async (client) => {
          try {
            await update(client, once, signal);
          } catch (error) {
            if (changed !== undefined && 'error' in changed) return;
            throw error;
          }
        },
        () => (changed === undefined ? local.update(change, signal) : undefined),
      );
      if (changed !== undefined && 'error' in changed) throw changed.error;
    },
  };
}
