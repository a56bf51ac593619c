import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { waitForJob } from '../../src/doors/queue/wait-for-job';
import { CHUNK_ROWS, rowsOf } from '../../src/queue/chunk-store';
import { countDeadChunks } from '../../src/queue/dead-chunks';
import { folderChunkStore } from '../../src/queue/folder-chunk-store';
import type { Job } from '../../src/queue/job';
import { jobRegistry } from '../../src/queue/job-registry';
import { openQueue } from '../../src/queue/queued-chunks';
import { removeJob } from '../../src/queue/remove-job';
import { runWorker } from '../../src/queue/worker';
import { inputs, KEY, startQueues, type TestQueues } from './queues';
import { startRedis } from './redis';

let queues: TestQueues;
let folder: string;
let client: Redis;

beforeAll(async () => {
  queues = await startQueues();
  ({ folder, client } = queues);
});

afterEach(async () => {
  await queues.stopWorkers();
  jest.restoreAllMocks();
});

afterAll(() => queues.close());

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function startWorker(tenant: string, ...more: [ports?: WorkerPorts, key?: Buffer]): () => Promise<void> {
  return queues.startWorker([tenant], ...more);
}

type WorkerPorts = Parameters<TestQueues['startWorker']>[1];

const submit = (...job: Parameters<TestQueues['submit']>) => queues.submit(...job);

const finished = ({ name }: Job) => queues.finished(name);

async function textOf(job: Job): Promise<string> {
  let text = '';
  for await (const part of rowsOf(folderChunkStore(job.location), job)) text += part;
  return text;
}

test('two tenants with the same list in one folder each receive their own rows', async () => {
  const place = join(folder, 'one-folder');
  const { job: first } = await submit('first', 'contoso', 3, place);
  const { job: second } = await submit('second', 'fabrikam', 3, place);
  startWorker('contoso');
  startWorker('fabrikam');
  await finished(first);
  await finished(second);
  expect(await textOf(first)).toMatch(/^contoso name-0/);
  expect(await textOf(second)).toMatch(/^fabrikam name-0/);
  await removeJob(first, { store: folderChunkStore(place), registry: jobRegistry(client, KEY), client });
  expect(await textOf(second)).toMatch(/^fabrikam name-0/);
});

test('a lost chunk is added again while another job of the tenant waits', async () => {
  await submit('long', 'idle', CHUNK_ROWS * 5);
  const { job, ranges } = await submit('lost', 'idle', CHUNK_ROWS * 3);
  const queue = await openQueue(client, 'idle');
  await queue.remove(`lost-${job.hash}-1`);
  const stop = new AbortController();
  jest.spyOn(process.stderr, 'write').mockImplementation(() => {
    stop.abort();
    return true;
  });
  const registry = jobRegistry(client, KEY);
  expect(await waitForJob(job, ranges, { registry, client, signal: stop.signal })).toBe('left');
  expect(await queue.getJobCountByTypes('prioritized')).toBe(8);
  await queue.close();
});

test('a job that is removed while workers serve it leaves no chunk, no key and no file', async () => {
  const registry = jobRegistry(client, KEY);
  const { job } = await submit('removed', 'woods', CHUNK_ROWS * 30);
  const store = folderChunkStore(job.location);
  startWorker('woods');
  while ((await registry.progress(job)).chunks === 0) await pause(1);
  const slow = {
    ...store,
    async remove(input: string) {
      await store.remove(input);
      await pause(300);
    },
  };
  await removeJob(job, { store: slow, registry, client });
  const queue = await openQueue(client, 'woods');
  while ((await queue.getJobCountByTypes('prioritized', 'active', 'delayed')) > 0) await pause(20);
  expect(await countDeadChunks(job, client)).toBe(0);
  expect(existsSync(job.location)).toBe(false);
  expect((await client.keys('*')).filter((key) => key.includes('removed'))).toEqual([]);
  await queue.close();
});

test('chunks of a job that is removed go with it, also when no worker serves its tenant', async () => {
  const registry = jobRegistry(client, KEY);
  const { job } = await submit('unserved', 'no-worker', CHUNK_ROWS * 3);
  await removeJob(job, { store: folderChunkStore(job.location), registry, client });
  expect((await client.keys('*')).filter((key) => key.includes('unserved'))).toEqual([]);
});

test('a chunk that ends after its job was removed leaves no file in a folder that others use', async () => {
  const registry = jobRegistry(client, KEY);
  const place = join(folder, 'late');
  const { job } = await submit('late', 'tailspin', 3, place);
  writeFileSync(join(place, 'other.txt'), '');
  let begun = () => {};
  const waiting = new Promise<void>((resolve) => {
    begun = resolve;
  });
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const stop = startWorker('tailspin', {
    async enrich(_, rows) {
      begun();
      await released;
      return { text: 'rows\n', counts: { found: rows.length } };
    },
  });
  await waiting;
  await removeJob(job, { store: folderChunkStore(place), registry, client });
  release();
  await stop();
  expect(readdirSync(place)).toEqual(['other.txt']);
  expect((await client.keys('*')).filter((key) => key.includes('late'))).toEqual([]);
});

test('a worker with another encryption key drops no chunk', async () => {
  const { job } = await submit('other-key', 'wingtip', 3);
  const queue = await openQueue(client, 'wingtip');
  const logged: string[] = [];
  const log = (_: string, event: string) => void logged.push(event);
  const stop = startWorker('wingtip', { log }, Buffer.alloc(32, 8));
  while ((await queue.getJobCountByTypes('prioritized', 'active')) > 0) await pause(20);
  expect(await queue.getJobCountByTypes('delayed')).toBe(1);
  await stop();
  const [chunk] = await queue.getJobs(['delayed']);
  expect(chunk?.failedReason).toContain('cannot be read');
  expect(logged).toContain('chunk failed');
  startWorker('wingtip');
  await finished(job);
  await queue.close();
});

test('counting dead chunks leaves no listener on the connection', async () => {
  const { job } = await submit('listeners', 'no-worker', 3);
  const count = () => client.eventNames().reduce((sum, name) => sum + client.listenerCount(name), 0);
  await countDeadChunks(job, client);
  const before = count();
  for (let at = 0; at < 20; at++) await countDeadChunks(job, client);
  expect(count()).toBe(before);
});

test('folders that cannot be used are named', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const below = join(file, 'below');
  await expect(folderChunkStore(below).writeInput(inputs(1))).rejects.toMatchObject({
    code: 'STATE_UNAVAILABLE',
    message: expect.stringContaining(below),
  });
  await expect(folderChunkStore(file).writeInput(inputs(1))).rejects.toMatchObject({
    code: 'STATE_UNAVAILABLE',
    message: expect.stringContaining(file),
  });
  const { job } = await submit('foreign', 'no-worker', 1);
  await expect(folderChunkStore(file).remove(job.input)).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
});

test('an input that could not be stored leaves no folder', async () => {
  const place = join(folder, 'cut');
  async function* broken() {
    yield 'a.example';
    throw new Error('the source failed');
  }
  await expect(folderChunkStore(place).writeInput(broken())).rejects.toThrow('the source failed');
  expect(existsSync(place)).toBe(false);
});

test('a signal ends the wait for a job while Redis is unreachable', async () => {
  const own = await startRedis();
  const away = new Redis({ port: own.port, maxRetriesPerRequest: null });
  away.on('error', () => {});
  const { job, ranges } = await submit('away', 'no-worker', 3);
  const registry = jobRegistry(away, KEY);
  await registry.add(job);
  const stop = new AbortController();
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const waiting = waitForJob(job, ranges, { registry, client: away, signal: stop.signal });
  await pause(300);
  await own.kill();
  await pause(300);
  stop.abort();
  expect(await waiting).toBe('left');
  away.disconnect();
  await own.close();
});

test('a signal ends a worker while Redis is unreachable', async () => {
  const own = await startRedis();
  const away = new Redis({ port: own.port, maxRetriesPerRequest: null });
  away.on('error', () => {});
  const stopping = new AbortController();
  const running = runWorker(['contoso', 'fabrikam'], {
    redis: away,
    registry: jobRegistry(away, KEY),
    log: () => {},
    storeFor: folderChunkStore,
    enrich: async () => ({ text: '', counts: {} }),
    signal: stopping.signal,
    drain: 100,
  });
  await pause(300);
  await own.kill();
  await pause(300);
  stopping.abort();
  await running;
  away.disconnect();
  await own.close();
});
