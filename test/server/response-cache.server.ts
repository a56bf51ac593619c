import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../src/base/log';
import { type DiskCache, diskCache } from '../../src/cache/disk-cache';
import type { CachedResponse, ResponseCache } from '../../src/cache/response-cache';
import { openRedis, type RedisConnection } from '../../src/redis/connection';
import { redisResponseCache } from '../../src/redis/response-cache';
import { readSharedSettings } from '../../src/redis/settings';
import { sharedEnvironment, startRedis, type TestRedis } from './redis';

const HOST = 'https://graph.microsoft.com tenant-1 ["entity","/hosts/contoso.com",""]';

let redis: TestRedis;
let folder: string;
const connections: RedisConnection[] = [];
const locals: DiskCache[] = [];

beforeAll(async () => {
  redis = await startRedis();
  folder = mkdtempSync(join(tmpdir(), 'responses-'));
});

afterAll(async () => {
  for (const local of locals) local.close();
  await Promise.all(connections.map((connection) => connection.close()));
  await redis.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The cache of an engine on a machine of this name. */
async function engine(machine: string, key = Buffer.alloc(32, 7)): Promise<ResponseCache> {
  const settings = readSharedSettings(sharedEnvironment(redis));
  if (settings === undefined) throw new Error('no settings');
  const connection = await openRedis(settings, silentLog);
  connections.push(connection);
  const local = diskCache({ folder: join(folder, machine), log: silentLog });
  locals.push(local);
  return redisResponseCache(connection, key, local);
}

function response(json: string | undefined, lives = 60_000.5): CachedResponse {
  const requestedAt = Date.now();
  return { json, requestedAt: requestedAt, expiresAt: requestedAt + lives };
}

test('engines share responses, including "not found"; Redis sees neither requests nor responses in clear text', async () => {
  const [one, other] = [await engine('one'), await engine('other')];
  const stored = [response('{"id":"contoso.com"}'), response(undefined)] as const;
  await one.setMany([
    [HOST, stored[0]],
    ['missing', stored[1]],
  ]);
  expect(await other.getMany([HOST, 'missing', 'never'])).toEqual([...stored, undefined]);
  const [connection] = connections;
  const keys = (await connection?.client.keys('*')) ?? [];
  const values = await Promise.all(keys.map((key) => connection?.client.get(key)));
  expect(keys).toHaveLength(2);
  expect(JSON.stringify([keys, values])).not.toMatch(/contoso|tenant/);
});

test('a response expires, and an engine with another encryption key finds nothing', async () => {
  const [one, stranger] = [await engine('one'), await engine('stranger', Buffer.alloc(32, 8))];
  await one.setMany([
    ['short', response('{}', 1)],
    ['long', response('{}')],
  ]);
  const [connection] = connections;
  while (((await connection?.client.keys('*'))?.length ?? 0) > 3)
    await new Promise((resolve) => setImmediate(resolve));
  expect(await one.getMany(['short'])).toEqual([undefined]);
  expect(await stranger.getMany(['long'])).toEqual([undefined]);
});

test('a value that was moved to the key of another request does not count', async () => {
  const one = await engine('one');
  await one.setMany([['first', response('{"id":1}')]]);
  const [connection] = connections;
  const before = new Set(await connection?.client.keys('*'));
  await one.setMany([['second', response('{"id":2}')]]);
  const second = (await connection?.client.keys('*'))?.find((key) => !before.has(key)) ?? '';
  for (const key of before) await connection?.client.copy(key, second, 'REPLACE');
  expect(await one.getMany(['second'])).toEqual([undefined]);
});

test('while Redis is unreachable, an engine finds what it stored itself', async () => {
  const [one, other] = [await engine('one'), await engine('other')];
  await one.setMany([['away', response('{}')]]);
  await redis.kill();
  expect(await one.getMany(['away'])).toEqual([expect.objectContaining({ json: '{}' })]);
  expect(await other.getMany(['away'])).toEqual([undefined]);
  await redis.start();
});
