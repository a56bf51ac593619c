import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { silentLog } from '../../src/base/log';
import { connectQueue } from '../../src/doors/queue/connect';
import { type QueueOptions, submitAndWait } from '../../src/doors/queue/submit';
import { fileOutput } from '../../src/enrich/output-file';
import { CHUNK_ROWS, type ChunkStore } from '../../src/queue/chunk-store';
import { folderChunkStore } from '../../src/queue/folder-chunk-store';
import { isChunkOf, type Job } from '../../src/queue/job';
import { jobRegistry } from '../../src/queue/job-registry';
import { MemoryRedis, MemoryRegistry } from '../support/memory-queue';

jest.mock('bullmq', () => ({ Queue: jest.requireActual('../support/memory-queue').MemoryQueue }));
jest.mock('../../src/doors/queue/connect');
jest.mock('../../src/queue/job-registry');

let folder: string;
let out: string;
let printed: string;
let registry: MemoryRegistry;
let redis: MemoryRedis;
const close = jest.fn();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'over-queue-'));
  out = join(folder, 'rows.ndjson');
  printed = '';
  registry = new MemoryRegistry();
  redis = new MemoryRedis();
  jest.clearAllMocks();
  jest.mocked(jobRegistry).mockReturnValue(registry);
  jest.mocked(connectQueue).mockResolvedValue({ client: redis.client, settings: {}, close } as never);
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
});
afterEach(() => {
  expect(close.mock.calls.length).toBe(jest.mocked(connectQueue).mock.calls.length);
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

async function* list(...inputs: string[]) {
  yield* inputs;
}

const leave = AbortSignal.abort();

function submit(
  inputs: readonly string[],
  options: Partial<QueueOptions> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<number | 'gone'> {
  const place = { queue: 'nightly', tenant: 'contoso', out, folder: undefined };
  const fixed = { ...place, format: 'ndjson', log: silentLog } as const;
  return submitAndWait(list(...inputs), { ...fixed, ...options }, signal);
}

const rowOf = (input: string) =>
  input === 'N/A'
    ? { input, outcome: 'refused', reason: 'is a placeholder' }
    : input === 'down.example'
      ? { input, type: 'domain', value: input, outcome: 'failed', reason: 'timed out' }
      : { input, type: 'domain', value: input, outcome: 'unknown' };
const textOf = (inputs: readonly string[]) =>
  inputs.map((input) => `${JSON.stringify(rowOf(input))}\n`).join('');

/** Works on every chunk at once, like a worker. */
function startWorker(storeOf: (job: Job) => ChunkStore = ({ location }) => folderChunkStore(location)): void {
  const { chunks } = redis;
  const set = chunks.set.bind(chunks);
  chunks.set = (key, chunk) => {
    void work(chunk.data).then(() => chunks.delete(key));
    return set(key, chunk);
  };
  async function work(data: Parameters<typeof isChunkOf>[1]): Promise<void> {
    const job = registry.jobs.get(data.job);
    if (job === undefined || !isChunkOf(job, data)) return;
    const store = storeOf(job);
    const inputs = await store.readInput(job.input, data);
    await store.writeRows(job.input, data.index, textOf(inputs));
    const refused = inputs.filter((input) => input === 'N/A').length;
    await registry.finishChunk(job, data.index, { unknown: inputs.length - refused, refused });
  }
}

const numbered = (count: number, word = 'name') =>
  Array.from({ length: count }, (_, at) => `${word}-${at}.example`);
const inputsIn = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).input);

test('writes the rows of all chunks in order, counts them and removes the job', async () => {
  startWorker();
  const inputs = numbered(CHUNK_ROWS + 3);
  expect(await submit(inputs)).toBe(0);
  expect(inputsIn(out)).toEqual(inputs);
  expect(printed).toContain(`203 rows are in ${out}: 0 found, 203 unknown, 0 refused, 0 failed.\n`);
  expect([registry.jobs.size, readdirSync(folder)]).toEqual([0, ['rows.ndjson']]);
});

test.each([
  ['N/A', '1 refused, 0 failed', ''],
  [
    'down.example',
    '0 refused, 1 failed',
    'To retry the failed rows, name another file or delete this one; the other rows reuse their responses.\n',
  ],
])('one row without a result gives status 3 and its reason: %s', async (input, counts, retry) => {
  startWorker();
  expect(await submit([input])).toBe(3);
  const text = `1 row is in ${out}: 0 found, 0 unknown, ${counts}.\nExit status 3: 1 row was refused or failed. The field \`reason\` states why.\n${retry}`;
  expect(printed.slice(-text.length)).toBe(text);
});

test('an interrupted command leaves its job in a folder beside the output', async () => {
  const before = Date.now();
  expect(await submit(numbered(2), { notBefore: 5, periodic: true }, leave)).toBe(1);
  const job = registry.jobs.get('nightly');
  expect(job).toMatchObject({ location: `${out}.job`, tenant: 'contoso', notBefore: 5, periodic: true });
  expect(Date.parse(job?.started ?? '')).toBeGreaterThanOrEqual(before);
  expect(readdirSync(`${out}.job`)).toEqual([job?.input]);
  expect(existsSync(out)).toBe(false);
});

test('a job that --every did not submit is none of its runs, and takes responses of any age', async () => {
  await submit(numbered(2), {}, leave);
  expect(Object.keys(registry.jobs.get('nightly') ?? {})).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/periodic|notBefore/)]),
  );
});

test('what happens to the connection is written to the log of the command', async () => {
  const log = jest.fn();
  jest.mocked(connectQueue).mockImplementation(async (_, given) => {
    given('warn', 'Redis is unreachable');
    throw new Error('no Redis');
  });
  close();
  await expect(submit(numbered(2), { log })).rejects.toThrow('no Redis');
  expect(log.mock.calls).toEqual([['warn', 'Redis is unreachable']]);
});

test('a job that another process removed is gone, and nothing is written', async () => {
  const { chunks } = redis;
  const set = chunks.set.bind(chunks);
  chunks.set = (key, chunk) => {
    registry.jobs.clear();
    return set(key, chunk);
  };
  expect([await submit(numbered(3)), existsSync(out)]).toEqual(['gone', false]);
});

test('--folder is the place of the job, from the current folder', async () => {
  const shared = relative(process.cwd(), join(folder, 'shared'));
  expect(await submit(numbered(2), { folder: shared }, leave)).toBe(1);
  expect(registry.jobs.get('nightly')?.location).toBe(join(folder, 'shared'));
});

test('a container of blobs is not a folder', async () => {
  await expect(submit(numbered(2), { folder: 'blob:nightly' })).rejects.toThrow(/blob|container/i);
  expect(readdirSync(folder)).toEqual([]);
});

test('the same command with another output and folder fetches the rows of the job that is there', async () => {
  expect(await submit(numbered(3), {}, leave)).toBe(1);
  redis.chunks.clear();
  startWorker();
  const elsewhere = join(folder, 'elsewhere.ndjson');
  expect(await submit(numbered(3), { out: elsewhere })).toBe(0);
  expect(inputsIn(elsewhere)).toEqual(numbered(3));
  expect(readdirSync(folder)).toEqual(['elsewhere.ndjson']);
});

test('rows of another run in the output are rejected before the job', async () => {
  const output = await fileOutput(out, 'ndjson', '2026-11-21T00:00:00.000Z');
  await output.put(textOf(numbered(2)), 2, 'fedcba9876543210');
  await output.close(false);
  await expect(submit(numbered(3))).rejects.toThrow(`--out: "${out}" has rows of another run.`);
  expect([registry.jobs.size, existsSync(`${out}.job`)]).toEqual([0, false]);
});

describe('an output that is complete', () => {
  beforeEach(() => writeFileSync(out, textOf(numbered(3))));
  const COMPLETE = () => `already complete: 3 rows are in ${out}: 0 found, 3 unknown, 0 refused, 0 failed.\n`;

  test('is not enriched again', async () => {
    expect(await submit(numbered(3))).toBe(0);
    expect(printed).toBe(COMPLETE());
    expect([registry.jobs.size, readdirSync(folder)]).toEqual([0, ['rows.ndjson']]);
  });

  test('of another list is an error, and the list is not kept', async () => {
    await expect(submit(numbered(4))).rejects.toThrow('exists and is not empty');
    expect(readdirSync(folder)).toEqual(['rows.ndjson']);
  });

  test('is an error where newer responses are requested', async () => {
    await expect(submit(numbered(3), { renewal: '--fresh' })).rejects.toMatchObject({
      hint: '--fresh does not replace a file. Name another file, or delete this one.',
    });
  });

  /** A job of this list that a crash left, with some of its chunks finished. */
  async function leftJob(finished: boolean, more: Partial<Job> = {}): Promise<Job> {
    rmSync(out);
    await submit(numbered(3), {}, leave);
    const job = { ...(registry.jobs.get('nightly') as Job), ...more };
    registry.jobs.set('nightly', job);
    if (finished) await registry.finishChunk(job, 0, { unknown: 3 });
    printed = '';
    writeFileSync(out, textOf(numbered(3)));
    return job;
  }

  test('removes the job that a crash left', async () => {
    await leftJob(true);
    expect([await submit(numbered(3)), printed]).toEqual([0, COMPLETE()]);
    expect([registry.jobs.size, readdirSync(folder)]).toEqual([0, ['rows.ndjson']]);
  });

  test.each<[string, boolean, Partial<Job>]>([
    ['that still works', false, {}],
    ['with another list', true, { hash: 'fedcba9876543210' }],
    ['of another tenant', true, { tenant: 'fabrikam' }],
    ['in another place', true, { location: '/elsewhere' }],
  ])('leaves a job %s', async (_, finished, more) => {
    const job = await leftJob(finished, more);
    expect([await submit(numbered(3)), printed]).toEqual([0, COMPLETE()]);
    expect(registry.jobs.get('nightly')).toEqual(job);
    expect(await folderChunkStore(`${out}.job`).hasInput(job.input)).toBe(true);
  });
});

describe('a run that replaces the output', () => {
  const replace = { replace: true, periodic: true };

  test('writes its rows in place of those of another run', async () => {
    startWorker();
    writeFileSync(out, textOf(numbered(9, 'old')));
    expect(await submit(numbered(3), replace)).toBe(0);
    expect(inputsIn(out)).toEqual(numbered(3));
  });

  test('also removes a journal of another run', async () => {
    const output = await fileOutput(out, 'ndjson', '2026-11-21T00:00:00.000Z');
    await output.put(textOf(numbered(2, 'old')), 2, 'fedcba9876543210');
    await output.close(false);
    startWorker();
    expect(await submit(numbered(3), replace)).toBe(0);
    expect(inputsIn(out)).toEqual(numbered(3));
    expect(readdirSync(folder)).toEqual(['rows.ndjson']);
  });

  /** Leaves a job whose first chunk is in the output already. */
  async function begun(inputs: readonly string[]): Promise<Job> {
    await submit(inputs, replace, leave);
    const job = registry.jobs.get('nightly') as Job;
    const output = await fileOutput(out, 'ndjson', job.started);
    const first = textOf(inputs.slice(0, CHUNK_ROWS)).replaceAll('name-', 'NAME-');
    await output.put(first, CHUNK_ROWS, job.hash);
    await output.close(false);
    redis.chunks.clear();
    return job;
  }

  test('continues where an earlier command stopped while it wrote the rows of this job', async () => {
    const inputs = numbered(CHUNK_ROWS + 1);
    await begun(inputs);
    startWorker();
    expect(await submit(inputs, replace)).toBe(0);
    expect(inputsIn(out)).toEqual([
      ...inputs.slice(0, CHUNK_ROWS).map((input) => input.replace('name', 'NAME')),
      inputs.at(-1),
    ]);
  });

  test('replaces the rows of another run although its own job is there already', async () => {
    writeFileSync(out, textOf(numbered(9, 'old')));
    await submit(numbered(3), replace, leave);
    redis.chunks.clear();
    startWorker();
    expect(await submit(numbered(3), replace)).toBe(0);
    expect(inputsIn(out)).toEqual(numbered(3));
  });

  test('without replacing, rows that `enrich` alone wrote are the first ones', async () => {
    const inputs = numbered(CHUNK_ROWS + 1);
    await registry.remove(await begun(inputs));
    startWorker();
    expect(await submit(inputs)).toBe(0);
    expect(inputsIn(out)).toEqual([
      ...inputs.slice(0, CHUNK_ROWS).map((input) => input.replace('name', 'NAME')),
      inputs.at(-1),
    ]);
  });

  test('does not continue with rows of an earlier run with an equal list', async () => {
    const inputs = numbered(CHUNK_ROWS + 1);
    await registry.remove(await begun(inputs));
    startWorker();
    expect(await submit(inputs, replace)).toBe(0);
    expect(inputsIn(out)).toEqual(inputs);
  });
});
