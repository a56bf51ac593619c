import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { silentLog } from '../../src/base/log';
import { submitAndWait } from '../../src/doors/queue/submit';
import { waitForJob } from '../../src/doors/queue/wait-for-job';
import { CHUNK_ROWS } from '../../src/queue/chunk-store';
import { folderChunkStore } from '../../src/queue/folder-chunk-store';
import type { Job } from '../../src/queue/job';
import { type JobRegistry, jobRegistry } from '../../src/queue/job-registry';
import { openQueue } from '../../src/queue/queued-chunks';
import { removeJob } from '../../src/queue/remove-job';
import { KEY, startQueues, type TestQueues } from './queues';
import { sharedEnvironment } from './redis';

const { signal } = new AbortController();

let queues: TestQueues;
let folder: string;
let client: Redis;
let registry: JobRegistry;
const environment = { ...process.env };

beforeAll(async () => {
  queues = await startQueues();
  ({ folder, client } = queues);
  Object.assign(process.env, sharedEnvironment(queues.redis), { MDTI_LOG: 'error' });
  registry = jobRegistry(client, KEY);
  // The tenant that a worker serves; `idle` has none.
  queues.startWorker(['contoso'], {
    enrich: async (_, inputs) => ({
      text: inputs.map((input) => `${JSON.stringify(rowOf(input))}\n`).join(''),
      counts: { unknown: inputs.length },
    }),
  });
});

afterAll(async () => {
  await queues.close();
  process.env = environment;
});

beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(() => jest.restoreAllMocks());

function rowOf(input: string) {
  if (input === 'N/A') return { input, outcome: 'refused', reason: 'is a placeholder' };
  return { input, type: 'domain', value: input, outcome: 'unknown' };
}

async function* listOf(count: number, word = 'name'): AsyncGenerator<string> {
  for (let at = 0; at < count; at++) yield `${word}-${at}.example`;
}

async function rowsOf(count: number, word = 'name'): Promise<string[]> {
  const inputs: string[] = [];
  for await (const input of listOf(count, word)) inputs.push(input);
  return inputs;
}

const out = (name: string) => join(folder, `${name}.ndjson`);

function submit(
  queue: string,
  source: AsyncIterable<string>,
  options: Partial<Parameters<typeof submitAndWait>[1]> = {},
  stop: AbortSignal = signal,
): Promise<number | 'gone'> {
  const place = { queue, tenant: 'contoso', out: out(queue), folder: undefined };
  const fixed = { ...place, format: 'ndjson', log: silentLog } as const;
  return submitAndWait(source, { ...fixed, ...options }, stop);
}

/** A submitter that is interrupted at once: its job stays in the queue. */
const leave = AbortSignal.abort();

async function jobOf(name: string): Promise<Job> {
  const job = await registry.find(name);
  if (job === undefined) throw new Error(`${name} is not stored`);
  return job;
}

function inputsIn(file: string): string[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line).input);
}

test('a job whose chunks could not be added keeps its input, and the same command completes it', async () => {
  const counter = 'bull:mdti-contoso:id';
  await client.set(counter, 'not a number');
  await expect(submit('broken', listOf(CHUNK_ROWS + 5))).rejects.toThrow('not an integer');
  await client.del(counter);
  expect(readdirSync(`${out('broken')}.job`)).toEqual([(await jobOf('broken')).input]);
  expect(await submit('broken', listOf(CHUNK_ROWS + 5))).toBe(0);
  expect(inputsIn(out('broken'))).toEqual(await rowsOf(CHUNK_ROWS + 5));
  expect(existsSync(`${out('broken')}.job`)).toBe(false);
});

test('refused rows give status 3, and the same command after it finished gives it again', async () => {
  async function* withRefused() {
    yield* ['name.example', 'N/A'];
  }
  const written: string[] = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  expect(await submit('refused', withRefused())).toBe(3);
  const counts = '0 found, 1 unknown, 1 refused, 0 failed';
  const meaning = 'Exit status 3: 1 row was refused or failed. The field `reason` states why.';
  expect(written.at(-1)).toBe(`2 rows are in ${out('refused')}: ${counts}.\n${meaning}\n`);
  expect(await submit('refused', withRefused())).toBe(3);
  expect(written.at(-1)).toBe(`already complete: 2 rows are in ${out('refused')}: ${counts}.\n${meaning}\n`);
  await expect(submit('refused', withRefused(), { renewal: '--fresh' })).rejects.toMatchObject({
    message: `--out: ${out('refused')} already has all rows of this list from an earlier run: ${counts}.`,
    hint: '--fresh does not replace a file. Name another file, or delete this one.',
  });
  await expect(submit('refused', withRefused(), { format: 'stix' })).rejects.toThrow('is not empty');
  expect(await registry.find('refused')).toBeUndefined();
  expect(existsSync(`${out('refused')}.job`)).toBe(false);
});

test('an input that no job was stored for is removed', async () => {
  await expect(submit('../up', listOf(3), { out: out('up') })).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
  });
  expect(existsSync(`${out('up')}.job`)).toBe(false);
});

test('chunks that the queue lost are added again while a command waits', async () => {
  expect(await submit('lost', listOf(CHUNK_ROWS * 3), { tenant: 'idle' }, leave)).toBe(1);
  const job = await jobOf('lost');
  const queue = await openQueue(client, 'idle');
  const chunks = (await queue.getJobs(['prioritized'])).sort(
    (one, other) => one.data.index - other.data.index,
  );
  const ranges = chunks.map(({ data }) => ({ start: data.start, end: data.end }));
  await chunks[1]?.remove();
  expect(await queue.getJobCountByTypes('prioritized')).toBe(2);
  const stop = new AbortController();
  jest.spyOn(process.stderr, 'write').mockImplementation(() => {
    stop.abort();
    return true;
  });
  expect(await waitForJob(job, ranges, { registry, client, signal: stop.signal })).toBe('left');
  expect(await queue.getJobCountByTypes('prioritized')).toBe(3);
  await queue.close();
});

test('a command that waits for a job ends when another process removes it', async () => {
  let lines = '';
  const remove = (job: Job) => removeJob(job, { store: folderChunkStore(job.location), registry, client });
  const removing = new Promise<void>((resolve, reject) => {
    jest.spyOn(process.stderr, 'write').mockImplementation((line) => {
      lines += line;
      // The progress is shown: the command waits.
      if (lines === line) jobOf('removed').then(remove).then(resolve, reject);
      return true;
    });
  });
  expect(await submit('removed', listOf(3), { tenant: 'idle' })).toBe('gone');
  await removing;
  expect(lines).toContain(
    'The job removed is gone: another process finished or removed it, or Redis lost it.\n',
  );
});

test('rows of another run in the output are rejected before the list is submitted', async () => {
  const file = out('other-run');
  writeFileSync(file, '{}\n');
  const header = { format: 'ndjson', started: '2026-11-21T00:00:00.000Z', inode: 1 };
  const step = { rows: 200, bytes: 3, inputHash: 'another', tail: '' };
  writeFileSync(`${file}.journal`, `${JSON.stringify(header)}\n${JSON.stringify(step)}\n`);
  await expect(submit('other-run', listOf(3))).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: `--out: "${file}" has rows of another run.`,
  });
  expect(await registry.find('other-run')).toBeUndefined();
  expect(existsSync(`${file}.job`)).toBe(false);
  expect(readFileSync(file, 'utf8')).toBe('{}\n');
});

test('the same command with another output fetches the rows of a job that is there', async () => {
  expect(await submit('moved', listOf(CHUNK_ROWS + 1), {}, leave)).toBe(1);
  expect(await submit('moved', listOf(CHUNK_ROWS + 1), { out: out('elsewhere') })).toBe(0);
  expect(inputsIn(out('elsewhere'))).toEqual(await rowsOf(CHUNK_ROWS + 1));
  expect(readdirSync(folder).filter((name) => name.endsWith('.job'))).not.toContain('elsewhere.ndjson.job');
});

test('a run of --every replaces the job of an earlier run with another list, and no other job', async () => {
  const periodic = { replace: true, periodic: true, tenant: 'idle' };
  expect(await submit('nightly', listOf(2, 'old'), periodic, leave)).toBe(1);
  expect(await submit('nightly', listOf(3, 'new'), periodic, leave)).toBe(1);
  expect(await registry.find('nightly')).toMatchObject({ rows: 3 });
  expect(readdirSync(`${out('nightly')}.job`)).toHaveLength(1);
  await expect(
    submit('nightly', listOf(4, 'by-hand'), { tenant: 'idle', out: out('x') }, leave),
  ).rejects.toThrow('has another input (3 rows, tenant idle)');
  expect(await submit('by-hand', listOf(2, 'old'), { tenant: 'idle' }, leave)).toBe(1);
  await expect(submit('by-hand', listOf(3, 'new'), periodic, leave)).rejects.toThrow('has another input');
});

test('a job whose rows were written before a crash does not hinder the next one of its name', async () => {
  expect(await submit('crashed', listOf(3), { tenant: 'idle' }, leave)).toBe(1);
  const job = await jobOf('crashed');
  await registry.apply(job, 'end');
  await folderChunkStore(job.location).remove(job.input);
  expect(await submit('crashed', listOf(4, 'next'))).toBe(0);
  expect(inputsIn(out('crashed'))).toEqual(await rowsOf(4, 'next'));
});

test('a job stays listed until what it stored is removed', async () => {
  expect(await submit('order', listOf(3), { tenant: 'idle' }, leave)).toBe(1);
  const job = await jobOf('order');
  const store = folderChunkStore(job.location);
  const failing = { ...store, remove: () => Promise.reject(new Error('the disk failed')) };
  await expect(removeJob(job, { store: failing, registry, client })).rejects.toThrow('the disk failed');
  expect((await registry.list()).map(({ name }) => name)).toContain('order');
  await removeJob(job, { store, registry, client });
  expect(existsSync(job.location)).toBe(false);
  expect(await registry.find('order')).toBeUndefined();
});

test('a job that Redis brought back after its files were removed does not hinder the next run of --every', async () => {
  const periodic = { replace: true, periodic: true };
  expect(await submit('brought-back', listOf(3), { ...periodic, tenant: 'idle' }, leave)).toBe(1);
  const job = await jobOf('brought-back');
  await registry.finishChunk(job, 0, { unknown: 3 });
  await folderChunkStore(job.location).remove(job.input);
  expect(await submit('brought-back', listOf(3), { ...periodic, tenant: 'idle' }, leave)).toBe(1);
  const next = await jobOf('brought-back');
  expect(next.input).not.toBe(job.input);
  expect(readdirSync(job.location)).toEqual([next.input]);
});

test('a list whose rows are complete in the output is not submitted, and its job is removed', async () => {
  expect(await submit('complete', listOf(3), { tenant: 'idle' }, leave)).toBe(1);
  const job = await jobOf('complete');
  await registry.finishChunk(job, 0, { unknown: 3 });
  const rows = (await rowsOf(3)).map((input) => `${JSON.stringify(rowOf(input))}\n`).join('');
  writeFileSync(out('complete'), rows);
  let printed = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
  expect(await submit('complete', listOf(3), { tenant: 'idle' })).toBe(0);
  expect(printed).toBe(
    `already complete: 3 rows are in ${out('complete')}: 0 found, 3 unknown, 0 refused, 0 failed.\n`,
  );
  expect(readFileSync(out('complete'), 'utf8')).toBe(rows);
  expect(await registry.find('complete')).toBeUndefined();
  expect(existsSync(job.location)).toBe(false);
  await expect(submit('other', listOf(4), { out: out('complete') })).rejects.toMatchObject({
    message: `--out: ${out('complete')} exists and is not empty.`,
  });
  expect(await registry.find('other')).toBeUndefined();
  expect(existsSync(job.location)).toBe(false);
});
