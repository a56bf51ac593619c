import { once } from 'node:events';
import type { Job as QueueJob } from 'bullmq';
import type { Redis } from 'ioredis';
import { isPluginError, PluginError, toPluginError } from '../base/errors';
import type { Log } from '../base/log';
import type { ChunkStore } from './chunk-store';
import { type ChunkCounts, type ChunkData, isChunkOf, isOver, JOB_VERSION, type Job, queueName } from './job';
import type { JobRegistry } from './job-registry';
import { importBullmq } from './queued-chunks';
import { removeJob } from './remove-job';

/** Milliseconds. A killed worker's chunk is taken by another one within about two of these. */
const LOCK_TIME = 3_000;
const STALLS = 5;

/** Milliseconds until a chunk of a paused job is looked at again. */
const PAUSE = 5_000;

/** Milliseconds that chunks in progress have when the worker stops; then they go back to the queue. */
export const WORKER_DRAIN = 20_000;

/** Chunks of one tenant that one worker works on at a time: while one waits for the budget, the other is prepared. */
const CONCURRENCY = 2;

interface WorkerPorts {
  /** A connection that blocks for jobs; BullMQ demands `maxRetriesPerRequest: null`. */
  readonly redis: Redis;
  readonly registry: JobRegistry;
  readonly log: Log;
  readonly storeFor: (location: string) => ChunkStore | Promise<ChunkStore>;
  /** Enriches the rows of one chunk of a job; resolves with the text to store and the rows by outcome. */
  readonly enrich: (
    job: Job,
    inputs: readonly string[],
    signal: AbortSignal,
  ) => Promise<{ readonly text: string; readonly counts: ChunkCounts }>;
  readonly signal: AbortSignal;
  /** Milliseconds that chunks in progress have after the signal; 20 seconds by default. */
  readonly drain?: number | undefined;
}

/** Works on the queues of these tenants until the signal aborts; then finishes or returns the chunks in progress. */
export async function runWorker(tenants: readonly string[], ports: WorkerPorts): Promise<void> {
  const { Worker, DelayedError, UnrecoverableError, WaitingError } = await importBullmq();
  const { redis, registry, log, signal, drain = WORKER_DRAIN } = ports;
  const stopping = new AbortController();

  async function work(queued: QueueJob<ChunkData>, token: string | undefined): Promise<void> {
    const { version, job: name, index, hash } = queued.data;
    if (version > JOB_VERSION)
      throw new UnrecoverableError('The job was submitted by a newer version; update this worker.');
    const job = typeof name === 'string' ? await registry.find(name) : undefined;
    if (job === undefined || job.hash !== hash || isOver(job.state)) return;
    if (!isChunkOf(job, queued.data)) throw new UnrecoverableError('The chunk does not belong to its job.');
    if (job.state === 'paused') {
      await queued.moveToDelayed(Date.now() + PAUSE, token);
      throw new DelayedError();
    }
    if (await registry.isFinished(job, index)) return;
    try {
      const store = await ports.storeFor(job.location);
      const inputs = await store.readInput(job.input, queued.data);
      const { text, counts } = await ports.enrich(job, inputs, stopping.signal);
      await store.writeRows(job.input, index, text);
      await registry.finishChunk(job, index, counts);
      if (await hasEnded(job)) return await removeJob(job, { store, registry, client: redis });
      log('info', 'chunk finished', { job: name, index, rows: inputs.length });
    } catch (error) {
      if (stopping.signal.aborted) {
        // No failure of the chunk: another worker takes it.
        await queued.moveToWait(token);
        throw new WaitingError();
      }
      // Its files are gone with it.
      if (await hasEnded(job)) return;
      const known = toPluginError(error);
      throw known.code === 'ARGUMENT_INVALID' ? new UnrecoverableError(known.message) : known;
    }
  }

  /** Whether a job ended while this worker had one of its chunks. */
  async function hasEnded({ name, input }: Job): Promise<boolean> {
    const job = await registry.find(name);
    return job?.input !== input || job.state === 'ended';
  }

  const workers = tenants.map(
    (tenant) =>
      new Worker<ChunkData>(queueName(tenant), work, {
        connection: redis,
        concurrency: CONCURRENCY,
        lockDuration: LOCK_TIME,
        stalledInterval: LOCK_TIME,
        maxStalledCount: STALLS,
        drainDelay: 1,
      }),
  );
  for (const worker of workers) {
    worker.on('error', (error) => log('warn', 'the queue reported an error', { reason: error.name }));
    worker.on('failed', (chunk, error) => {
      const code = isPluginError(error) ? error.code : error.name;
      log('warn', 'chunk failed', { job: chunk?.data.job, index: chunk?.data.index, code });
    });
  }
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const overtime = setTimeout(() => {
    stopping.abort(
      new PluginError('CANCELLED', 'The worker stopped.', { hint: 'Another worker takes the chunk.' }),
    );
  }, drain);
  try {
    // BullMQ waits for a Redis that is unreachable. Without it nothing can be finished or returned: other workers take the chunks later.
    const closed = Promise.all(workers.map((worker) => worker.close()));
    if ((await Promise.race([closed, connectionLost(redis)])) === 'lost') {
      for (const worker of workers) void worker.pause(true).catch(() => {});
      redis.disconnect();
    }
  } finally {
    clearTimeout(overtime);
    stopping.abort();
  }
}

/** Resolves when a connection is lost, at once if it is lost already. */
async function connectionLost(redis: Redis): Promise<'lost'> {
  // An error of the socket comes before its close, and `once` rejects with it.
  if (redis.status === 'ready') await once(redis, 'close').catch(() => {});
  return 'lost';
}
