import { Redis } from 'ioredis';
import type { Job } from '../../src/queue/job';
import { type JobRegistry, jobRegistry } from '../../src/queue/job-registry';
import { startRedis, type TestRedis } from './redis';

const KEY = Buffer.alloc(32, 7);

let redis: TestRedis;
let client: Redis;
let registry: JobRegistry;

beforeAll(async () => {
  redis = await startRedis();
  client = new Redis({ port: redis.port });
  registry = jobRegistry(client, KEY);
});

afterAll(async () => {
  client.disconnect();
  await redis.close();
});

function jobNamed(name: string, digit = '0'): Job {
  return {
    version: 3,
    name,
    tenant: 'contoso',
    hash: digit.repeat(16),
    rows: 1,
    chunks: 1,
    location: '/jobs',
    input: `input-${digit.repeat(8)}-0000-4000-8000-000000000000.ndjson`,
    started: '2026-11-21T00:00:00.000Z',
    state: 'running',
  };
}

/** A registry in which something else happens after a job is read for the first time, before it is written. */
function registryWith(meanwhile: () => Promise<unknown>): JobRegistry {
  let isFirst = true;
  const slow = new Proxy(client, {
    get(target, property) {
      const value = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      if (property !== 'get') return value.bind(target);
      return async (key: string) => {
        const text = await target.get(key);
        if (isFirst) {
          isFirst = false;
          await meanwhile();
        }
        return text;
      };
    },
  });
  return jobRegistry(slow, KEY);
}

test('a job that is cancelled while another process pauses it stays cancelled', async () => {
  const job = await registry.add(jobNamed('both'));
  const other = registryWith(() => registry.apply(job, 'cancel'));
  expect(await other.apply(job, 'pause')).toMatchObject({ state: 'cancelled' });
  expect(await registry.find('both')).toMatchObject({ state: 'cancelled' });
});

test('a job that is paused while another process cancels it is cancelled', async () => {
  const job = await registry.add(jobNamed('other-way'));
  const other = registryWith(() => registry.apply(job, 'pause'));
  expect(await other.apply(job, 'cancel')).toMatchObject({ state: 'cancelled' });
});

test('a hundred processes that pause, resume and cancel a job leave it cancelled', async () => {
  const job = await registry.add(jobNamed('crowd'));
  const clients = Array.from({ length: 4 }, () => new Redis({ port: redis.port }));
  const actions = Array.from(
    { length: 100 },
    (_, at) => (['pause', 'resume', 'cancel', 'pause'] as const)[at % 4],
  );
  await Promise.all(
    actions.map((action, at) => jobRegistry(clients[at % 4] ?? client, KEY).apply(job, action ?? 'cancel')),
  );
  expect(await registry.find('crowd')).toMatchObject({ state: 'cancelled' });
  for (const one of clients) one.disconnect();
});

test.each([
  ['pause', 'running', 'paused'],
  ['pause', 'cancelled', 'cancelled'],
  ['resume', 'paused', 'running'],
  ['resume', 'cancelled', 'cancelled'],
  ['restart', 'cancelled', 'running'],
  ['restart', 'paused', 'paused'],
  ['cancel', 'paused', 'cancelled'],
  ['cancel', 'ended', 'ended'],
  ['end', 'paused', 'ended'],
] as const)('%s leads from %s to %s', async (action, state, expected) => {
  const name = `${action}-${state}`;
  const job = await registry.add({ ...jobNamed(name), state });
  expect(await registry.apply(job, action)).toMatchObject({ state: expected });
});

test('a job that ends does not remove or change a later one of its name', async () => {
  const first = await registry.add(jobNamed('name', '1'));
  const replace = async () => {
    await registry.remove(first);
    await registry.add(jobNamed('name', '2'));
  };
  await registryWith(replace).remove(first);
  expect(await registry.find('name')).toMatchObject({ hash: '2'.repeat(16) });
  expect(await registry.apply(first, 'cancel')).toBeUndefined();
  expect((await registry.list()).find(({ name }) => name === 'name')).toMatchObject({ state: 'running' });
});

test('a name whose job cannot be read is not taken over', async () => {
  await jobRegistry(client, Buffer.alloc(32, 8)).add(jobNamed('foreign'));
  await expect(registry.add(jobNamed('foreign'))).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
    message:
      'The job "foreign" cannot be read: it was submitted with another encryption key or by another version.',
  });
});
