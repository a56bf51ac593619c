import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { CHUNK_ROWS, rowsOf } from '../../src/queue/chunk-store';
import { countDeadChunks, withDeadChunks } from '../../src/queue/dead-chunks';
import { folderChunkStore } from '../../src/queue/folder-chunk-store';
import { jobRegistry } from '../../src/queue/job-registry';
import { openQueue } from '../../src/queue/queued-chunks';
import type { runWorker } from '../../src/queue/worker';
import { inputs, KEY, startQueues, type TestQueues } from './queues';

let queues: TestQueues;
let folder: string;
let client: Redis;

beforeAll(async () => {
  queues = await startQueues();
  ({ folder, client } = queues);
});
afterAll(() => queues.close());

type WorkerPorts = Parameters<typeof runWorker>[1];

const upper: WorkerPorts['enrich'] = async (_, rows) => ({
  text: rows.map((row) => `${row.toUpperCase()}\n`).join(''),
  counts: { found: rows.length },
});

function startWorker(
  tenants: readonly string[],
  enrich: WorkerPorts['enrich'],
  ports: Partial<WorkerPorts> = {},
): () => Promise<void> {
  return queues.startWorker(tenants, { enrich, ...ports });
}

const submit = async (name: string, tenant: string, rows: number) =>
  (await queues.submit(name, tenant, rows)).job;

const finished = (name: string) => queues.finished(name);

test('two workers finish a job, and its rows come back in the order of the input', async () => {
  const job = await submit('ordered', 'contoso', 5 * CHUNK_ROWS + 7);
  startWorker(['contoso'], upper);
  startWorker(['contoso'], upper);
  await finished('ordered');
  let rows = '';
  for await (const text of rowsOf(folderChunkStore(job.location), job)) rows += text;
  let wanted = '';
  for await (const input of inputs(5 * CHUNK_ROWS + 7)) wanted += `${input.toUpperCase()}\n`;
  expect(rows).toBe(wanted);
  expect((await jobRegistry(client, KEY).progress(job)).rows).toEqual({ found: 5 * CHUNK_ROWS + 7 });
});

test('submitting the same input again adds nothing; another input under the name is rejected', async () => {
  const first = await submit('twice', 'no-worker', CHUNK_ROWS * 2);
  const again = await submit('twice', 'no-worker', CHUNK_ROWS * 2);
  expect(again).toEqual(first);
  expect(await client.zcard('bull:mdti-no-worker:prioritized')).toBe(2);
  await expect(submit('twice', 'no-worker', CHUNK_ROWS)).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: 'The job "twice" has another input (400 rows, tenant no-worker).',
  });
});

test('a small job is not served behind a large one of the same tenant', async () => {
  const order: string[] = [];
  await submit('large', 'fabrikam', CHUNK_ROWS * 8);
  await submit('small', 'fabrikam', 3);
  startWorker(['fabrikam'], async (job, rows, signal) => {
    order.push(rows.length === 3 ? 'small' : 'large');
    return upper(job, rows, signal);
  });
  await finished('large');
  expect(order.indexOf('small')).toBeLessThan(4);
});

test('a tenant that does not respond delays no other', async () => {
  const hangs = await submit('hangs', 'slow', CHUNK_ROWS * 4);
  await submit('works', 'fast', CHUNK_ROWS * 4);
  let release = () => {};
  const hanging = new Promise<void>((resolve) => {
    release = resolve;
  });
  startWorker(['slow', 'fast'], async (job, rows, signal) => {
    if (job.tenant === 'slow') await hanging;
    return upper(job, rows, signal);
  });
  await finished('works');
  expect((await jobRegistry(client, KEY).progress(hangs)).chunks).toBe(0);
  release();
  await finished('hangs');
});

test('a paused job waits, a cancelled job ends, and a chunk without its file fails with the reason', async () => {
  const registry = jobRegistry(client, KEY);
  const cancelled = await submit('cancelled', 'northwind', CHUNK_ROWS);
  await registry.apply(cancelled, 'cancel');
  const gone = await submit('gone', 'northwind', CHUNK_ROWS);
  rmSync(gone.location, { recursive: true });
  startWorker(['northwind'], upper);
  let reason: string | null = null;
  while (reason === null) {
    reason = await client.hget(`bull:mdti-northwind:gone-${gone.hash}-0`, 'failedReason');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(reason).toMatch(/input-\S+\.ndjson of this job cannot be read: it does not exist\.$/);
  expect((await registry.progress(cancelled)).chunks).toBe(0);
});

test('a cancelled job that is submitted again runs, and chunks of a removed job do not count for the next one', async () => {
  const registry = jobRegistry(client, KEY);
  const first = await submit('again', 'adventure', CHUNK_ROWS * 2);
  await registry.apply(first, 'cancel');
  const stop = startWorker(['adventure'], upper);
  const queue = await openQueue(client, 'adventure');
  while ((await queue.getJobCountByTypes('prioritized', 'active')) > 0)
    await new Promise((resolve) => setTimeout(resolve, 20));
  await submit('again', 'adventure', CHUNK_ROWS * 2);
  await finished('again');
  await stop();
  await registry.remove(first);
  await registry.finishChunk(first, 0, { found: CHUNK_ROWS });
  const next = await submit('again', 'adventure', CHUNK_ROWS);
  expect(await registry.isFinished(next, 0)).toBe(false);
  await queue.close();
});

test('a worker that stops gives its chunk back, and that is not an attempt', async () => {
  const job = await submit('given-back', 'woods', 1);
  let begun = () => {};
  const waiting = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const stop = startWorker(
    ['woods'],
    (_, __, signal) => {
      begun();
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    },
    { drain: 10 },
  );
  await waiting;
  await stop();
  const queue = await openQueue(client, 'woods');
  const [chunk] = await queue.getJobs(['wait', 'prioritized']);
  expect(chunk?.attemptsMade).toBe(0);
  startWorker(['woods'], upper);
  await finished('given-back');
  expect(await countDeadChunks(job, client)).toBe(0);
  await queue.close();
});

test('a chunk of a newer version is dead with the reason; retry gives it back to the queue', async () => {
  const job = await submit('newer', 'tailspin', 1);
  const queue = await openQueue(client, 'tailspin');
  const [chunk] = await queue.getJobs(['prioritized']);
  await chunk?.updateData({ ...chunk.data, version: 99 });
  startWorker(['tailspin'], upper);
  while ((await countDeadChunks(job, client)) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  const [failed] = await queue.getFailed();
  await failed?.updateData({ ...failed.data, version: 3 });
  await withDeadChunks(job, client, async (dead) => {
    expect(dead).toMatchObject([
      { index: 0, reason: 'The job was submitted by a newer version; update this worker.' },
    ]);
    await dead[0]?.retry();
    // Another process did the same.
    await dead[0]?.retry();
  });
  await finished('newer');
  await queue.close();
});

test('another list under the name of a running job leaves the input of that job unchanged', async () => {
  const job = await submit('kept', 'unserved', CHUNK_ROWS * 2);
  await expect(submit('kept', 'unserved', CHUNK_ROWS)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  const store = folderChunkStore(job.location);
  const queue = await openQueue(client, 'unserved');
  const chunks = await queue.getJobs(['prioritized']);
  const rows = await Promise.all(chunks.map(({ data }) => store.readInput(job.input, data)));
  expect(rows.flat()).toHaveLength(CHUNK_ROWS * 2);
  await queue.close();
});

test('a folder that others use keeps their files when a job is removed', async () => {
  const job = await submit('shared-folder', 'unserved', 1);
  const store = folderChunkStore(job.location);
  await store.writeRows(job.input, 0, 'rows');
  const other = join(job.location, 'report.txt');
  writeFileSync(other, 'not of this job');
  await store.remove(job.input);
  expect(readdirSync(job.location)).toEqual(['report.txt']);
});

test('reports a full disk and retries the chunk', async () => {
  const job = await submit('full', 'wingtip', 1);
  let attempts = 0;
  startWorker(['wingtip'], upper, {
    storeFor: (location) => ({
      ...folderChunkStore(location),
      async writeRows(...rows) {
        if (++attempts === 1) await folderChunkStore('/dev/full').writeRows(...rows);
        else await folderChunkStore(location).writeRows(...rows);
      },
    }),
  });
  await finished('full');
  expect(attempts).toBe(2);
  await expect(folderChunkStore('/dev/full').writeRows(job.input, 0, 'x')).rejects.toMatchObject({
    code: 'STATE_UNAVAILABLE',
    message: expect.stringMatching(/^\/dev\/full\/.* cannot be written: /),
  });
});

test('documents that a stranger wrote into Redis name no file to a worker and none to mdti jobs', async () => {
  const registry = jobRegistry(client, KEY);
  const job = await submit('genuine', 'fourth', CHUNK_ROWS);
  const forged = { ...job, name: 'forged', location: folder, input: '../secret' };
  await client.set('mdti:job:{forged}', JSON.stringify(forged));
  await client.sadd('mdti:jobs', 'forged');
  await expect(registry.find('forged')).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  await client.copy('mdti:job:{genuine}', 'mdti:job:{forged}', 'REPLACE');
  await expect(registry.find('forged')).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  expect((await registry.list()).map(({ name }) => name)).not.toContain('forged');

  const queue = await openQueue(client, 'fourth');
  const [chunk] = await queue.getJobs(['prioritized']);
  const secret = join(folder, 'other.rows');
  await chunk?.updateData({ ...chunk.data, index: 'x/../../other' as unknown as number });
  startWorker(['fourth'], upper);
  while ((await countDeadChunks(job, client)) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(existsSync(secret)).toBe(false);
  await queue.close();
});

test('names that would be bad keys or paths are rejected', async () => {
  await expect(submit('../up', 'contoso', 1)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
});
