import { randomBytes } from 'node:crypto';
import { systemClock } from '../base/clock';
import { isRecord, parseJson } from '../base/json';
import type { AbortSignalLike } from '../base/plain-abort';
import { seal, unseal } from '../state/seal';
import type { State, Store } from '../state/store';
import type { RedisConnection } from './connection';

/** Milliseconds: after a sign-in that takes longer, another engine may try. */
const LOCK_TIME = 30_000;
const POLL = 50;

/** Times that a change is written anew because its lock was lost: something other than Redis might never confirm it. */
const ATTEMPTS = 5;

/** Deletes the lock only if it is still ours, and writes the state in the same step. */
const WRITE_AND_UNLOCK = `
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
if ARGV[2] ~= '' then redis.call('SET', KEYS[1], ARGV[2]) end
redis.call('DEL', KEYS[2])
return 1`;

/**
 * Sign-ins that many engines share: encrypted, changed by one engine at a time, so that one refresh serves all of them.
 * While Redis is unreachable, the local store is used.
 * @param name the identity that the sign-ins belong to; engines with the same name share them.
 */
export function redisStore(redis: RedisConnection, name: string, sealingKey: Buffer, local: Store): Store {
  const key = `mdti:{${name}}:logins`;
  const lock = `${key}:lock`;

  async function read(client: RedisConnection['client']): Promise<State> {
    const sealed = await client.get(key);
    const state = sealed === null ? {} : parseJson(unseal(sealed, sealingKey) ?? '');
    return isRecord(state) ? state : {};
  }

  /** Takes the lock. @returns undefined if the signal aborts first */
  async function acquire(
    client: RedisConnection['client'],
    signal: AbortSignalLike | undefined,
  ): Promise<string | undefined> {
    const owner = randomBytes(16).toString('hex');
    const deadline = systemClock.monotonic() + 2 * LOCK_TIME;
    while ((await client.set(lock, owner, 'PX', LOCK_TIME, 'NX')) !== 'OK') {
      if (signal?.aborted) return undefined;
      if (systemClock.monotonic() > deadline) throw new Error('the lock was not released');
      await new Promise((resolve) => setTimeout(resolve, POLL + Math.random() * POLL));
    }
    return owner;
  }

  /** Writes a state under the lock. @returns whether this process still had the lock */
  async function write(client: RedisConnection['client'], owner: string, state: State | undefined) {
    const sealed = state === undefined ? '' : seal(JSON.stringify(state), sealingKey);
    return (await client.eval(WRITE_AND_UNLOCK, 2, key, lock, owner, sealed)) === 1;
  }

  return {
    read: () => redis.withFallback(read, local.read),
    async update(change, signal) {
      // A change is made once: it may have used up a code. What it made is stored, here or there; its failure is the caller's.
      const outcome: { made?: Made; failure?: { readonly error: unknown } } = {};
      async function store(client: RedisConnection['client']): Promise<void> {
        for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
          const owner = await acquire(client, signal);
          if (owner === undefined) {
            outcome.failure = { error: signal?.reason };
            return;
          }
          const before = await read(client);
          try {
            outcome.made ??= { before, after: await change(before) };
          } catch (error) {
            outcome.failure = { error };
            await write(client, owner, undefined);
            return;
          }
          const after = withChange(before, outcome.made);
          // The lock is lost where the change took too long: another engine may have written in between.
          if (await write(client, owner, after === before ? undefined : after)) return;
        }
        throw new Error('the lock was lost each time');
      }
      await redis.withFallback(store, () => {
        const { made, failure } = outcome;
        if (failure !== undefined) return;
        return local.update(made === undefined ? change : (state) => withChange(state, made), signal);
      });
      if (outcome.failure !== undefined) throw outcome.failure.error;
    },
  };
}

interface Made {
  readonly before: State;
  readonly after: State;
}

/** A state with what changed between two others. */
function withChange(state: State, { before, after }: Made): State {
  if (before === after) return state;
  if (state === before) return after;
  const changed = Object.entries(after).filter(([name, value]) => before[name] !== value);
  const kept = Object.entries(state).filter(([name]) => !(name in before) || name in after);
  return Object.fromEntries([...kept, ...changed]);
}
