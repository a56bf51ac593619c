import type { Redis } from 'ioredis';
import { checkRedis, openRedis, type RedisConnection } from '../../src/redis/connection';
import { redisStore } from '../../src/redis/login-store';
import { readSharedSettings, type SharedSettings } from '../../src/redis/settings';
import { memoryStore } from '../../src/state/store';
import { sharedEnvironment, startRedis, type TestRedis } from './redis';

const KEY = Buffer.alloc(32, 7);

let redis: TestRedis;
let settings: SharedSettings;
const connections: RedisConnection[] = [];

async function connection(logged: string[] = []): Promise<RedisConnection> {
  const opened = await openRedis(settings, (_, event) => void logged.push(event));
  connections.push(opened);
  return opened;
}

beforeAll(async () => {
  redis = await startRedis();
  const read = readSharedSettings(sharedEnvironment(redis));
  if (read === undefined) throw new Error('no settings');
  settings = read;
});

afterAll(async () => {
  await Promise.all(connections.map((opened) => opened.close()));
  await redis.close();
});

test('two engines share a sign-in, and what Redis stores is encrypted', async () => {
  const [one, other] = [await connection(), await connection()];
  await redisStore(one, 'app', KEY, memoryStore()).update((state) => ({ ...state, token: 'secret-token' }));
  expect(await redisStore(other, 'app', KEY, memoryStore()).read()).toEqual({ token: 'secret-token' });
  expect(await one.client.get('mdti:{app}:logins')).not.toContain('secret-token');
});

test('changes of many engines follow one another', async () => {
  const stores = await Promise.all(
    Array.from({ length: 4 }, async () => redisStore(await connection(), 'count', KEY, memoryStore())),
  );
  await Promise.all(
    stores.flatMap((store) =>
      Array.from({ length: 10 }, () =>
        store.update((state) => ({ ...state, count: Number(state.count ?? 0) + 1 })),
      ),
    ),
  );
  expect(await stores[0]?.read()).toEqual({ count: 40 });
});

test('a change that fails leaves the state unchanged and its error reaches the caller', async () => {
  const store = redisStore(await connection(), 'failing', KEY, memoryStore());
  await store.update(() => ({ good: true }));
  await expect(store.update(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  expect(await store.read()).toEqual({ good: true });
});

test('stores a change even if Redis or the lock is lost in the meantime', async () => {
  const opened = await connection();
  const local = memoryStore();
  const store = redisStore(opened, 'lost', KEY, local);
  await store.update((state) => ({ ...state, first: 1 }));
  const other = await connection();
  let changes = 0;
  await store.update(async (state) => {
    changes += 1;
    // The change takes longer than the lock, and another engine writes in the meantime.
    await other.client.del('mdti:{lost}:logins:lock');
    await redisStore(other, 'lost', KEY, memoryStore()).update((now) => ({ ...now, other: 2 }));
    return { ...state, second: 3 };
  });
  expect(await store.read()).toEqual({ first: 1, other: 2, second: 3 });
  await store.update(async (state) => {
    changes += 1;
    await redis.kill();
    return { ...state, third: 4 };
  });
  expect(local.current()).toEqual({ third: 4 });
  expect(changes).toBe(2);
  await redis.start();
});

test('a caller that stops waiting for another sign-in does not count as a loss of Redis', async () => {
  const logged: string[] = [];
  const opened = await connection(logged);
  await opened.client.set('mdti:{waits}:logins:lock', 'another engine');
  const stop = new AbortController();
  const change = jest.fn(() => ({}));
  const waiting = redisStore(opened, 'waits', KEY, memoryStore()).update(change, stop.signal);
  stop.abort(new Error('interrupted'));
  await expect(waiting).rejects.toThrow('interrupted');
  expect(change).not.toHaveBeenCalled();
  expect(logged).toEqual([]);
});

test('uses the local store while Redis is unreachable, logs this once, and reconnects automatically', async () => {
  const logged: string[] = [];
  const opened = await connection(logged);
  const store = redisStore(opened, 'away', KEY, memoryStore({ local: true }));
  await redis.kill();
  expect(await store.read()).toEqual({ local: true });
  expect(await store.read()).toEqual({ local: true });
  await redis.start();
  while ('local' in (await store.read())) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await store.read()).toEqual({});
  expect(logged).toEqual([
    'Redis is unreachable; using the local budget and cache',
    'Redis is reachable again',
  ]);
});

test('requests in flight at a Redis that hangs end its connection once', async () => {
  const opened = await connection();
  const store = redisStore(opened, 'hangs', KEY, memoryStore({ local: true }));
  const disconnect = jest.spyOn(opened.client, 'disconnect');
  redis.pause();
  const states = await Promise.all(Array.from({ length: 12 }, () => store.read()));
  redis.resume();
  expect(states).toEqual(Array.from({ length: 12 }, () => ({ local: true })));
  expect(disconnect).toHaveBeenCalledTimes(1);
});

test('a wrong password and a Redis that is too old are one sentence each', async () => {
  const opened = await connection();
  await opened.client.config('SET', 'requirepass', 'a-password');
  const stranger = await connection();
  await expect(checkRedis(stranger, settings, { queues: true })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringMatching(/^Redis at 127\.0\.0\.1:\d+ cannot be used: /),
  });
  await opened.client.config('SET', 'requirepass', '');
  const old = { ...opened, client: { info: async () => 'redis_version:6.2.14' } as unknown as Redis };
  await expect(checkRedis(old, settings, { queues: true })).rejects.toMatchObject({
    message: expect.stringMatching(/ has version 6\.2\.14\.$/),
  });
});

test('a queue rejects a Redis that evicts keys', async () => {
  const opened = await connection();
  await opened.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
  await expect(checkRedis(opened, settings, { queues: true })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('evicts keys (maxmemory-policy allkeys-lru)'),
  });
  await expect(checkRedis(opened, settings, { queues: false })).resolves.toBeUndefined();
});
