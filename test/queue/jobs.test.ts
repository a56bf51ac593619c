import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectQueue } from '../../src/doors/queue/connect';
import { jobsVerb } from '../../src/doors/queue/jobs';
import { folderChunkStore } from '../../src/queue/folder-chunk-store';
import type { Job } from '../../src/queue/job';
import { jobRegistry } from '../../src/queue/job-registry';
import { jobNamed, MemoryQueue, MemoryRedis, MemoryRegistry } from '../support/memory-queue';

jest.mock('bullmq', () => ({ Queue: jest.requireActual('../support/memory-queue').MemoryQueue }));
jest.mock('../../src/doors/queue/connect');
jest.mock('../../src/queue/job-registry');

let registry: MemoryRegistry;
let redis: MemoryRedis;
const close = jest.fn();

beforeEach(() => {
  registry = new MemoryRegistry();
  redis = new MemoryRedis();
  jest.clearAllMocks();
  jest.mocked(jobRegistry).mockReturnValue(registry);
  jest.mocked(connectQueue).mockResolvedValue({ client: redis.client, settings: {}, close } as never);
});
afterEach(() => expect(close.mock.calls.length).toBe(jest.mocked(connectQueue).mock.calls.length));

const jobs = (...words: string[]) => jobsVerb({ words });

/** A job that is stored, with this many finished chunks of 200 rows. */
async function stored(job: Job, finished = 0): Promise<Job> {
  await registry.add(job);
  for (let index = 0; index < finished; index++)
    await registry.finishChunk(job, index, { found: 150, unknown: 50 });
  return job;
}

/** Makes a chunk of the job dead. */
function kill({ tenant, name, hash }: Job, index: number, failedReason: string): void {
  const id = `${name}-${hash}-${index}`;
  const key = new MemoryQueue(`mdti-${tenant}`, { connection: redis }).toKey(id);
  redis.chunks.set(key, { id, data: { index } as never, failedReason });
}

test.each([[[]], [['list']]])('without jobs, mdti jobs %j says how to submit one', async (words) => {
  expect(await jobs(...words)).toBe('No jobs. Submit one with `mdti enrich FILE --queue NAME`.');
});

test('jobs are listed with state and progress in columns', async () => {
  await stored(jobNamed('nightly'), 2);
  await stored(jobNamed('by-hand', { tenant: 'fabrikam', state: 'paused', rows: 2_000, chunks: 10 }), 5);
  await stored(jobNamed('done'), 5);
  await stored(jobNamed('left', { state: 'ended' }), 5);
  await stored(jobNamed('empty', { rows: 0, chunks: 0 }));
  expect(await jobs()).toBe(
    [
      'NAME     TENANT    STATE     DONE   ROWS   STARTED (UTC)',
      'nightly  contoso   running   40 %   1,000  2026-11-21T00:00:00.000Z',
      'by-hand  fabrikam  paused    50 %   2,000  2026-11-21T00:00:00.000Z',
      'done     contoso   complete  100 %  1,000  2026-11-21T00:00:00.000Z',
      'left     contoso   ended     100 %  1,000  2026-11-21T00:00:00.000Z',
      'empty    contoso   complete  100 %  0      2026-11-21T00:00:00.000Z',
    ].join('\n'),
  );
});

test('a job that is nearly complete is not shown as complete', async () => {
  await stored(jobNamed('large', { rows: 200_000, chunks: 1_000 }), 999);
  expect(await jobs()).toMatch(/large +contoso +running +99 % /);
});

describe('show', () => {
  test('shows the chunks, the rows by outcome, the time left and the workers', async () => {
    await stored(jobNamed('nightly'), 2);
    registry.rates.set('contoso', 50);
    redis.workers = 3;
    expect(await jobs('show', 'nightly')).toBe(
      [
        'nightly (tenant contoso): running',
        '  chunks    2 of 5 finished, 0 dead',
        '  rows      1,000: 300 found, 100 unknown so far',
        '  started   2026-11-21T00:00:00.000Z, at most 0:12 left at 50 requests a second',
        '  files     /no-folder',
        '  workers   3',
      ].join('\n'),
    );
  });

  test('says how to start a worker where none serves the tenant', async () => {
    await stored(jobNamed('nightly'));
    redis.workers = 0;
    expect(await jobs('show', 'nightly')).toBe(
      [
        'nightly (tenant contoso): running',
        '  chunks    0 of 5 finished, 0 dead',
        '  rows      1,000',
        '  started   2026-11-21T00:00:00.000Z',
        '  files     /no-folder',
        '  workers   no worker serves the tenant contoso: start `mdti worker --tenants FILE` with a file that contains it',
      ].join('\n'),
    );
  });

  test('says nothing of workers and of the time left when no row is left', async () => {
    await stored(jobNamed('done'), 5);
    registry.rates.set('contoso', 50);
    expect(await jobs('show', 'done')).toBe(
      [
        'done (tenant contoso): complete',
        '  chunks    5 of 5 finished, 0 dead',
        '  rows      1,000: 750 found, 250 unknown so far',
        '  started   2026-11-21T00:00:00.000Z',
        '  files     /no-folder',
      ].join('\n'),
    );
  });

  test('shows why chunks are dead, up to 20 of them, and how to retry them', async () => {
    const job = await stored(jobNamed('nightly', { location: '/a\u001b[2Jb', rows: 5_000, chunks: 25 }));
    redis.workers = undefined;
    for (let index = 24; index >= 4; index--) kill(job, index, `no\u001b[2J ${index}`);
    const lines = (await jobs('show', 'nightly')).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'nightly (tenant contoso): running',
      '  chunks    0 of 25 finished, 21 dead',
      '  rows      5,000',
    ]);
    expect(lines.slice(5, -1).map((line) => line.replace(/: no.* /, ': '))).toEqual(
      Array.from({ length: 20 }, (_, at) => `  chunk ${at + 4} is dead: ${at + 4}`),
    );
    expect(lines.at(-1)).toBe('Run `mdti jobs retry nightly` after you fix the cause.');
    expect(lines.join('')).not.toContain('\u001b');
  });
});

test('a job is paused, resumed and cancelled', async () => {
  await stored(jobNamed('nightly'));
  const stateAfter = async (action: string) => [
    await jobs(action, 'nightly'),
    registry.jobs.get('nightly')?.state,
  ];
  expect(await stateAfter('pause')).toEqual([
    'nightly is paused: chunks in progress finish, no new chunk starts.',
    'paused',
  ]);
  expect(await stateAfter('resume')).toEqual(['nightly is resumed.', 'running']);
  expect(await stateAfter('cancel')).toEqual([
    'nightly is cancelled: its finished chunks are kept until `mdti jobs clean nightly`.',
    'cancelled',
  ]);
});

const SUBMIT_AGAIN = 'Submit the list again with the same command to continue the job.';
const CLEAN = 'Remove what is left of it with `mdti jobs clean nightly`.';

test.each([
  ['pause', 'paused', 'cancelled', SUBMIT_AGAIN],
  ['resume', 'resumed', 'cancelled', SUBMIT_AGAIN],
  ['cancel', 'cancelled', 'ended', CLEAN],
  ['retry', 'retried', 'cancelled', SUBMIT_AGAIN],
  ['retry', 'retried', 'ended', CLEAN],
] as const)('mdti jobs %s: a job cannot be %s once it is %s', async (action, done, state, hint) => {
  await stored(jobNamed('nightly', { state }));
  await expect(jobs(action, 'nightly')).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: `nightly is ${state} and cannot be ${done}.`,
    hint,
  });
  expect(registry.jobs.get('nightly')?.state).toBe(state);
});

test.each([
  [[1], 'Returned 1 dead chunk of nightly to the queue.'],
  [[1, 2], 'Returned 2 dead chunks of nightly to the queue.'],
])('retry returns the dead chunks %j to the queue', async (dead, text) => {
  const job = await stored(jobNamed('nightly', { state: 'paused' }));
  for (const index of dead) kill(job, index, 'no');
  expect(await jobs('retry', 'nightly')).toBe(text);
  expect([...redis.chunks.values()].map(({ failedReason }) => failedReason)).toEqual(
    dead.map(() => undefined),
  );
});

test('clean removes the job, its chunks and its files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jobs-'));
  const store = folderChunkStore(join(folder, 'job'));
  const { input } = await store.writeInput(
    (async function* () {
      yield 'contoso.com';
    })(),
  );
  const job = await stored(jobNamed('nightly', { location: join(folder, 'job'), input }));
  kill(job, 1, 'no');
  expect(await jobs('clean', 'nightly')).toBe(`nightly is removed, with its files in ${job.location}.`);
  expect([registry.jobs.size, redis.chunks.size, await store.hasInput(input)]).toEqual([0, 0, false]);
  rmSync(folder, { recursive: true });
});

test.each([
  [
    ['show'],
    'INVOCATION_UNREADABLE',
    '`mdti jobs show` needs the name of a job.',
    'Run `mdti jobs list` to see them.',
  ],
  [['show', 'none'], 'ARGUMENT_INVALID', 'There is no job "none".', 'Run `mdti jobs list` to see them.'],
  [
    ['stop', 'nightly'],
    'INVOCATION_UNREADABLE',
    '`mdti jobs` has no action "stop".',
    'Use one of list, show, pause, resume, cancel, retry, clean.',
  ],
] as const)('mdti jobs %j is rejected', async (words, code, message, hint) => {
  await stored(jobNamed('nightly'));
  await expect(jobs(...words)).rejects.toMatchObject({ code, message, hint });
});

test('a job that was removed in the meantime is reported', async () => {
  await stored(jobNamed('nightly'));
  registry.apply = async () => undefined;
  await expect(jobs('pause', 'nightly')).rejects.toThrow('There is no job "nightly".');
});
