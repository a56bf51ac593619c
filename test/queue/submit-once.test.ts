import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PluginError } from '../../src/base/errors';
import { submitOnce } from '../../src/doors/queue/submit-once';
import type { ChunkStore } from '../../src/queue/chunk-store';
import { folderChunkStore } from '../../src/queue/folder-chunk-store';
import type { Job } from '../../src/queue/job';
import type { Submission } from '../../src/queue/submit';
import { MemoryRedis, MemoryRegistry } from '../support/memory-queue';

jest.mock('bullmq', () => ({ Queue: jest.requireActual('../support/memory-queue').MemoryQueue }));

let folder: string;
let store: ChunkStore;
let registry: MemoryRegistry;
let redis: MemoryRedis;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'submit-'));
  store = folderChunkStore(join(folder, 'job'));
  registry = new MemoryRegistry();
  redis = new MemoryRedis();
});
afterEach(() => rmSync(folder, { recursive: true }));

async function* list(...inputs: string[]) {
  yield* inputs;
}

/** Submits a list under the name `nightly`. */
async function submit(
  inputs: readonly string[],
  more: Partial<Submission> = {},
  check: () => Promise<void> = async () => {},
): Promise<Job> {
  const stored = await store.writeInput(list(...inputs));
  const submission = {
    name: 'nightly',
    tenant: 'contoso',
    location: join(folder, 'job'),
    started: '2026-11-21T00:00:00.000Z',
    ...more,
  };
  return submitOnce(stored, submission, { store, registry, client: redis.client, check });
}

const files = () => readdirSync(folder, { recursive: true }).filter((name) => name !== 'job');
const OLD = ['old.example'];
const NEW = ['new.example', 'newer.example'];

test('a new list becomes a job, and its input is kept', async () => {
  const job = await submit(NEW);
  expect(job).toMatchObject({ name: 'nightly', rows: 2, chunks: 1, state: 'running' });
  expect(files()).toEqual([join('job', job.input)]);
  expect(redis.ids()).toEqual([`nightly-${job.hash}-0`]);
});

test('the same list joins the job that is there, and is stored once', async () => {
  const first = await submit(NEW);
  expect(await submit(NEW)).toEqual(first);
  expect(files()).toEqual([join('job', first.input)]);
});

test('another list under the name is rejected, and its input is removed', async () => {
  const first = await submit(OLD);
  await expect(submit(NEW)).rejects.toThrow('The job "nightly" has another input (1 row, tenant contoso).');
  expect(files()).toEqual([join('job', first.input)]);
});

test('a list whose rows could not be written is not submitted, and its input is removed', async () => {
  await expect(submit(NEW, {}, () => Promise.reject(new Error('the disk is full')))).rejects.toThrow(
    'the disk is full',
  );
  expect([registry.jobs.size, files()]).toEqual([0, []]);
});

test('a list that is not submitted is the error, even if its input cannot be removed', async () => {
  store = { ...store, remove: () => Promise.reject(new Error('the input cannot be removed')) };
  const full = () => Promise.reject(new Error('the disk is full'));
  await expect(submit(NEW, {}, full)).rejects.toThrow('the disk is full');
});

test('a job that ended is replaced, also by another list', async () => {
  const first = await submit(OLD);
  await registry.apply(first, 'end');
  const next = await submit(NEW);
  expect(registry.jobs.get('nightly')).toEqual(next);
  expect(files()).toEqual([join('job', next.input)]);
});

describe('a run of --every', () => {
  const periodic = { periodic: true };

  test('replaces the job of an earlier run with another list, and its chunks', async () => {
    await submit(OLD, periodic);
    const next = await submit(NEW, periodic);
    expect(next.rows).toBe(2);
    expect(redis.ids()).toEqual([`nightly-${next.hash}-0`]);
    expect(files()).toEqual([join('job', next.input)]);
  });

  test('joins the job of an earlier run with the same list', async () => {
    const first = await submit(NEW, periodic);
    expect(await submit(NEW, periodic)).toEqual(first);
  });

  test('replaces the job of an earlier run whose input is gone', async () => {
    const first = await submit(NEW, periodic);
    await store.remove(first.input);
    const next = await submit(NEW, periodic);
    expect(next.input).not.toBe(first.input);
    expect(files()).toEqual([join('job', next.input)]);
  });

  test.each([
    ['that was not submitted by --every', {}, periodic],
    ['for a list that is not', periodic, {}],
    ['of another tenant', periodic, { ...periodic, tenant: 'fabrikam' }],
    ['in another folder', periodic, { ...periodic, location: '/elsewhere' }],
  ])('does not replace a job %s', async (_, first, next) => {
    const job = await submit(OLD, first);
    await expect(submit(NEW, next)).rejects.toThrow('has another input');
    expect(registry.jobs.get('nightly')).toEqual(job);
    expect(await store.hasInput(job.input)).toBe(true);
  });
});

test('where Redis fails after the job may be stored, the input is kept', async () => {
  registry.add = () => Promise.reject(new Error('Connection is closed.'));
  registry.find = jest.fn(registry.find).mockRejectedValue(new Error('Connection is closed.'));
  await expect(submit(NEW)).rejects.toThrow('Connection is closed.');
  expect(files()).toHaveLength(1);
});

test('where another job has the name and cannot be read, the input is removed', async () => {
  const unreadable = new PluginError('ARGUMENT_INVALID', 'The job "nightly" cannot be read.');
  registry.find = () => Promise.reject(unreadable);
  await expect(submit(NEW)).rejects.toBe(unreadable);
  expect(files()).toEqual([]);
});
