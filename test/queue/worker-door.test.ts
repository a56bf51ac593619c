import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectQueue } from '../../src/doors/queue/connect';
import { workerVerb } from '../../src/doors/queue/worker';
import { openGraph } from '../../src/enrich/open-graph';
import { NO_INSTRUMENTS, openInstruments } from '../../src/metrics/instruments';
import type { Job } from '../../src/queue/job';
import { jobRegistry } from '../../src/queue/job-registry';
import { runWorker, WORKER_DRAIN } from '../../src/queue/worker';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from '../support/case';
import { jobNamed, MemoryQueue, MemoryRedis, MemoryRegistry } from '../support/memory-queue';

jest.mock('bullmq', () => ({ Queue: jest.requireActual('../support/memory-queue').MemoryQueue }));
jest.mock('../../src/doors/queue/connect');
jest.mock('../../src/queue/job-registry');
jest.mock('../../src/enrich/open-graph', () => {
  const { openGraph } = jest.requireActual('../../src/enrich/open-graph');
  return { openGraph: jest.fn(openGraph) };
});
jest.mock('../../src/metrics/instruments', () => {
  const instruments = jest.requireActual('../../src/metrics/instruments');
  return { ...instruments, openInstruments: jest.fn(instruments.openInstruments) };
});
jest.mock('../../src/queue/worker', () => ({
  ...jest.requireActual('../../src/queue/worker'),
  runWorker: jest.fn(),
}));

/** What a worker gives to its queues. */
type Working = Parameters<typeof runWorker>[1] & { readonly tenants: readonly string[] };

let sandbox: Sandbox;
let folder: string;
let registry: MemoryRegistry;
let redis: MemoryRedis;
let logged: Record<string, unknown>[];
const close = jest.fn();

beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
});
afterAll(() => sandbox.close());

beforeEach(() => {
  // A worker that stopped ends its process after a second.
  jest.useFakeTimers({
    doNotFake: ['setImmediate', 'nextTick', 'Date', 'performance', 'hrtime'],
    advanceTimers: true,
  });
  jest.spyOn(process, 'exit').mockReturnValue(undefined as never);
  jest.clearAllMocks();
  sandbox.reset();
  folder = mkdtempSync(join(tmpdir(), 'worker-'));
  process.env.MDTI_RESPONSES = join(folder, 'responses');
  registry = new MemoryRegistry();
  redis = new MemoryRedis();
  logged = [];
  jest.mocked(jobRegistry).mockReturnValue(registry);
  jest.mocked(connectQueue).mockResolvedValue({
    client: redis.client,
    settings: {},
    connection: { withFallback: async (_: unknown, otherwise: () => unknown) => otherwise() },
    close,
  } as never);
  jest.spyOn(process.stderr, 'write').mockImplementation((line) => {
    logged.push(JSON.parse(String(line)));
    return true;
  });
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
  delete process.env.MDTI_RESPONSES;
  delete process.env.MDTI_LOG;
  rmSync(folder, { recursive: true });
});

/** A file with these tenants, each with the parameters of the sandbox. */
function tenantsFile(...names: string[]): string {
  const params = { ...sandbox.params, insecure: true, cache_ttl: undefined };
  const file = join(folder, 'tenants.yaml');
  const tenants = Object.fromEntries(names.map((name) => [name, { params }]));
  writeFileSync(file, JSON.stringify({ tenants }), { mode: 0o600 });
  return file;
}

/** Runs `mdti worker`; `work` has what its queues are given, and the worker stops when it ends. */
function worker(
  work: (given: Working) => Promise<unknown> = async () => {},
  options: { readonly tenants?: string; readonly metrics?: string } = {},
): Promise<number> {
  jest
    .mocked(runWorker)
    .mockImplementationOnce(async (tenants, given) => void (await work({ ...given, tenants })));
  const { tenants = tenantsFile('contoso', 'fabrikam'), metrics } = options;
  return workerVerb({ options: { tenants, metrics } });
}

/** The logged events, without the warning on `insecure`, which the certificate of the sandbox needs here. */
const events = () => logged.map(({ event }) => event).filter((event) => /^worker/.test(String(event)));
const { signal } = new AbortController();

test('without --tenants the command is rejected', async () => {
  await expect(workerVerb({ options: { tenants: undefined, metrics: undefined } })).rejects.toMatchObject({
    code: 'INVOCATION_UNREADABLE',
    message: '`mdti worker` needs --tenants FILE.',
    hint: 'Write a tenants.yaml; see docs/scale-out.md.',
  });
  expect(connectQueue).not.toHaveBeenCalled();
});

test('a worker serves all tenants of the file, and enriches the rows of a chunk', async () => {
  let chunk: unknown;
  let served: readonly string[] = [];
  const status = await worker(async ({ tenants, enrich }) => {
    served = tenants;
    chunk = await enrich(jobNamed('nightly'), ['contoso.com', 'absent.example', 'N/A'], signal);
  });
  expect([status, served]).toEqual([0, ['contoso', 'fabrikam']]);
  expect(chunk).toEqual({
    text: expect.stringMatching(/"contoso\.com".*\n.*"absent\.example".*\n.*"N\/A".*\n/),
    counts: { found: 1, unknown: 1, refused: 1 },
  });
  expect(close).toHaveBeenCalledTimes(1);
});

test('the start and the stop of a worker are logged unless MDTI_LOG asks for less', async () => {
  await worker();
  expect(events()).toEqual(['worker started', 'worker stopped']);
  expect(logged).toContainEqual(
    expect.objectContaining({ level: 'info', event: 'worker started', tenants: 2 }),
  );
  logged = [];
  process.env.MDTI_LOG = 'error';
  await worker();
  expect(events()).toEqual([]);
});

test('the budget of each tenant is recorded, for forecasts of other commands', async () => {
  const setBudget = jest.spyOn(registry, 'setBudget');
  await worker();
  expect(setBudget.mock.calls.map((call: unknown[]) => [call[0], typeof call[1]])).toEqual([
    ['contoso', 'string'],
    ['fabrikam', 'string'],
  ]);
});

test('a chunk of a tenant that the file does not contain is an error that names it', async () => {
  await worker(async ({ enrich }) => {
    const chunk = enrich(jobNamed('nightly', { tenant: 'other' }), ['contoso.com'], signal);
    await expect(chunk).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: 'This worker has no parameters for the tenant other.',
      hint: 'Add the tenant to the file given with --tenants, then run `mdti jobs retry NAME`.',
    });
  });
});

test('a chunk is cancelled when the worker says so', async () => {
  await worker(async ({ enrich }) => {
    const reason = new Error('the worker stops');
    await expect(enrich(jobNamed('nightly'), ['contoso.com'], AbortSignal.abort(reason))).rejects.toThrow();
  });
});

test('responses are reused, but not for a job that wants newer ones', async () => {
  const counts: number[] = [];
  await worker(async ({ enrich }) => {
    const jobs: Partial<Job>[] = [{}, {}, { notBefore: Date.now() + 60_000 }, {}];
    for (const more of jobs) {
      const before = sandbox.requests.length;
      await enrich(jobNamed('nightly', more), ['contoso.com'], signal);
      counts.push(
        sandbox.requests.filter(({ path }, at) => at >= before && !path.includes('/oauth2/')).length,
      );
    }
  });
  const [first] = counts;
  expect(first).toBeGreaterThan(0);
  expect(counts).toEqual([first, 0, first, 0]);
});

test('all chunks of a tenant share one sign-in', async () => {
  await worker(async ({ enrich }) => {
    for (let notBefore = 0; notBefore < 3; notBefore++)
      await enrich(jobNamed('nightly', { notBefore }), [`name-${notBefore}.example`], signal);
  });
  expect(sandbox.requests.filter(({ path }) => path.includes('/oauth2/'))).toHaveLength(1);
});

test('chunks that accept responses of one age share a client, and 16 clients are kept', async () => {
  const opened: number[] = [];
  await worker(async ({ enrich }) => {
    for (const notBefore of [0, 0, ...Array.from({ length: 15 }, (_, at) => at + 1), 0, 16, 16, 0]) {
      const before = jest.mocked(openGraph).mock.calls.length;
      await enrich(jobNamed('nightly', { notBefore }), ['contoso.com'], signal);
      if (jest.mocked(openGraph).mock.calls.length > before) opened.push(notBefore);
    }
  });
  expect(opened).toEqual([0, ...Array.from({ length: 15 }, (_, at) => at + 1), 16, 0]);
});

test('the files of a job are read where the job says', async () => {
  await worker(async ({ storeFor }) => {
    const store = await storeFor(join(folder, 'job'));
    const { input } = await store.writeInput((async function* () {})());
    expect(await store.hasInput(input)).toBe(true);
  });
});

test('SIGTERM stops the queues', async () => {
  let stopped = false;
  const status = await worker(async (given) => {
    process.emit('SIGTERM', 'SIGTERM');
    stopped = given.signal.aborted;
  });
  expect([status, stopped]).toEqual([0, true]);
});

test('a signal ends a worker whose chunks do not end, five seconds after they should have', async () => {
  const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
  await worker(async () => {
    process.emit('SIGTERM', 'SIGTERM');
    await jest.advanceTimersByTimeAsync(WORKER_DRAIN + 4_000);
    expect(kill).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1_000);
  });
  expect(kill).toHaveBeenCalledWith(process.pid, 'SIGTERM');
});

test('a chunk is a span with its job, its tenant and its number of rows', async () => {
  const spans: unknown[] = [];
  jest.mocked(openInstruments).mockResolvedValueOnce({
    ...NO_INSTRUMENTS,
    span(name, attributes, work) {
      spans.push([name, attributes]);
      return work();
    },
  });
  await worker(({ enrich }) => enrich(jobNamed('nightly'), ['N/A', 'N/A'], signal));
  expect(spans).toContainEqual(['enrich chunk', { job: 'nightly', tenant: 'contoso', rows: 2 }]);
});

test('--metrics has the rows by outcome, and the chunks of each job by state', async () => {
  const job = await registry.add(jobNamed('nightly'));
  await registry.finishChunk(job, 0, { found: 200 });
  const dead = new MemoryQueue('mdti-contoso', { connection: redis }).toKey(`nightly-${job.hash}-1`);
  redis.chunks.set(dead, { id: `nightly-${job.hash}-1`, data: {} as never, failedReason: 'no' });
  let text = '';
  let address = '';
  await worker(
    async ({ enrich }) => {
      await enrich(job, ['contoso.com', 'absent.example'], signal);
      address = String(logged.find(({ event }) => event === 'metrics served')?.address);
      text = await (await fetch(address)).text();
    },
    { metrics: '0' },
  );
  const values = text.split('\n').filter((line) => /^mdti_(?:rows_total|job_chunks)/.test(line));
  expect(values.sort()).toEqual([
    'mdti_job_chunks{job="nightly",tenant="contoso",state="dead"} 1',
    'mdti_job_chunks{job="nightly",tenant="contoso",state="finished"} 1',
    'mdti_job_chunks{job="nightly",tenant="contoso",state="waiting"} 3',
    'mdti_rows_total{tenant="contoso",outcome="found"} 1',
    'mdti_rows_total{tenant="contoso",outcome="unknown"} 1',
  ]);
  expect(text).toMatch(/^mdti_graph_requests_total\{.*tenant="contoso".*\} [1-9]/m);
  expect(text).toMatch(/^mdti_budget_requests_total\{.*tenant="contoso".*\} [1-9]/m);
  expect(text).toMatch(/^mdti_cache_lookups_total\{.*tenant="contoso".*\} [1-9]/m);
  await expect(fetch(address)).rejects.toThrow();
});

test('a worker that fails closes its connection and its metrics', async () => {
  await expect(worker(() => Promise.reject(new Error('Redis is gone')), { metrics: '0' })).rejects.toThrow(
    'Redis is gone',
  );
  expect(close).toHaveBeenCalledTimes(1);
  const address = String(logged.find(({ event }) => event === 'metrics served')?.address);
  await expect(fetch(address)).rejects.toThrow();
});

test('timers of the queues do not keep a worker that stopped', async () => {
  await worker();
  expect(process.exit).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync(1_000);
  expect(process.exit).toHaveBeenCalledWith();
});
