import { type WaitEnd, waitForJob } from '../../src/doors/queue/wait-for-job';
import { jobNamed, MemoryQueue, MemoryRedis, MemoryRegistry } from '../support/memory-queue';

jest.mock('bullmq', () => ({ Queue: jest.requireActual('../support/memory-queue').MemoryQueue }));

const JOB = jobNamed('nightly');
const RANGES = Array.from({ length: 5 }, (_, at) => ({ start: at * 10, end: at * 10 + 10 }));

let registry: MemoryRegistry;
let redis: MemoryRedis;
let stop: AbortController;
let printed: string;

beforeEach(async () => {
  jest.useFakeTimers();
  registry = new MemoryRegistry();
  redis = new MemoryRedis();
  stop = new AbortController();
  printed = '';
  await registry.add(JOB);
  registry.rates.set('contoso', 50);
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
  delete (process.stderr as { isTTY?: boolean }).isTTY;
});

/** Waits for the job; `end` is set once the wait ended. */
function waiting(): { end?: WaitEnd } {
  const wait: { end?: WaitEnd } = {};
  void waitForJob(JOB, RANGES, { registry, client: redis.client, signal: stop.signal }).then((end) => {
    wait.end = end;
  });
  return wait;
}

const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);
const finish = (index: number, counts = { found: 150, unknown: 50 }) =>
  registry.finishChunk(JOB, index, counts);

test('the progress is printed at once and then every ten seconds, until all chunks are finished', async () => {
  const wait = waiting();
  await pass(0);
  expect(printed).toBe('0 of 1,000 rows, at most 0:20 left at 50 requests a second\n');
  printed = '';
  for (const index of [0, 1, 2]) await finish(index);
  await pass(9_900);
  expect(printed).toBe('');
  await pass(500);
  expect(printed).toBe('600 of 1,000 rows, 0:07 left\n');
  printed = '';
  for (const index of [3, 4]) await finish(index);
  await pass(250);
  expect([wait.end, printed]).toEqual(['complete', '']);
});

test('the time left is that of the rows that finished while this command waits', async () => {
  const long = jobNamed('long', { rows: 2_000, chunks: 10 });
  await registry.add(long);
  for (const index of [0, 1]) await registry.finishChunk(long, index, { found: 200 });
  await pass(60_000);
  void waitForJob(long, [], { registry, client: redis.client, signal: stop.signal });
  await pass(5_000);
  await registry.finishChunk(long, 2, { found: 200 });
  await pass(5_400);
  for (const index of [3, 4]) await registry.finishChunk(long, index, { found: 200 });
  await pass(10_400);
  expect(printed.split('\n').slice(0, 3)).toEqual([
    '400 of 2,000 rows, at most 0:32 left at 50 requests a second',
    '600 of 2,000 rows, at most 0:28 left at 50 requests a second',
    // 600 rows in 20 seconds.
    '1,000 of 2,000 rows, 0:34 left',
  ]);
});

test('a terminal has one line, replaced every second and cleared at the end', async () => {
  process.stderr.isTTY = true;
  const wait = waiting();
  await pass(0);
  expect(printed).toBe('\r\u001b[K0 of 1,000 rows, at most 0:20 left at 50 requests a second');
  printed = '';
  await finish(0);
  await pass(1_300);
  expect(printed).toBe('\r\u001b[K200 of 1,000 rows, at most 0:16 left at 50 requests a second');
  printed = '';
  for (const index of [1, 2, 3, 4]) await finish(index);
  await pass(250);
  expect([wait.end, printed]).toEqual(['complete', '\r\u001b[K']);
});

test('the line says what holds a job up', async () => {
  await registry.apply(JOB, 'pause');
  redis.workers = 0;
  const queue = new MemoryQueue('mdti-contoso', { connection: redis });
  for (const index of [1, 2])
    redis.chunks.set(queue.toKey(`nightly-${JOB.hash}-${index}`), {
      id: `nightly-${JOB.hash}-${index}`,
      data: {} as never,
      failedReason: 'no',
    });
  waiting();
  await pass(0);
  expect(printed).toBe(
    '0 of 1,000 rows, at most 0:20 left at 50 requests a second, paused, 2 dead: run `mdti jobs show nightly`, no worker serves the tenant contoso: start `mdti worker --tenants FILE` with a file that contains it\n',
  );
});

test('where Redis does not list its clients, nothing is said of workers', async () => {
  redis.workers = undefined;
  waiting();
  await pass(0);
  expect(printed).toBe('0 of 1,000 rows, at most 0:20 left at 50 requests a second\n');
});

test('chunks that the queue does not have are added at once and every ten seconds, but not to a paused job', async () => {
  waiting();
  await pass(0);
  expect(redis.ids()).toEqual([0, 1, 2, 3, 4].map((index) => `nightly-${JOB.hash}-${index}`));
  redis.chunks.clear();
  await pass(9_900);
  expect(redis.ids()).toEqual([]);
  await pass(500);
  expect(redis.ids()).toHaveLength(5);
  await registry.apply(JOB, 'pause');
  redis.chunks.clear();
  await pass(20_000);
  expect(redis.ids()).toEqual([]);
});

const GONE = 'The job nightly is gone: another process finished or removed it, or Redis lost it.\n';

test.each<[string, () => void, string, WaitEnd]>([
  ['is gone', () => registry.jobs.delete('nightly'), GONE, 'gone'],
  ['ended', () => registry.jobs.set('nightly', { ...JOB, state: 'ended' }), GONE, 'gone'],
  ['was replaced', () => registry.jobs.set('nightly', { ...JOB, input: 'input-other.ndjson' }), GONE, 'gone'],
  [
    'was cancelled',
    () => registry.jobs.set('nightly', { ...JOB, state: 'cancelled' }),
    'The job nightly was cancelled. Submit it again with the same command.\n',
    'left',
  ],
])('a job that %s ends the wait', async (_, change, text, end) => {
  const wait = waiting();
  await pass(0);
  printed = '';
  change();
  await pass(250);
  expect([wait.end, printed]).toEqual([end, text]);
});

test('a job that was cancelled after its last chunk is complete', async () => {
  for (let index = 0; index < 5; index++) await finish(index);
  await registry.apply(JOB, 'cancel');
  const wait = waiting();
  await pass(0);
  expect([wait.end, printed]).toEqual(['complete', '']);
});

const INTERRUPTED =
  '\nInterrupted. The job nightly continues in the queue; run the same command to fetch its rows, or `mdti jobs cancel nightly`.\n';

test('a signal ends the wait and leaves the job, also while Redis does not respond', async () => {
  registry.find = () => new Promise(() => {});
  const wait = waiting();
  await pass(1_000);
  stop.abort();
  await pass(0);
  expect([wait.end, printed]).toEqual(['left', INTERRUPTED]);
  expect(registry.jobs.get('nightly')?.state).toBe('running');
});

test('a signal before the wait ends it at once', async () => {
  stop.abort();
  const wait = waiting();
  await pass(0);
  expect([wait.end, printed]).toEqual(['left', INTERRUPTED]);
});

test('a wait that ended leaves neither a timer nor a listener', async () => {
  for (let index = 0; index < 5; index++) await finish(index);
  const { signal } = stop;
  const remove = jest.spyOn(signal, 'removeEventListener');
  waiting();
  await pass(0);
  expect(remove).toHaveBeenCalledWith('abort', expect.any(Function));
  expect(jest.getTimerCount()).toBe(0);
});
