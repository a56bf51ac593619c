import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { ChunkRange } from '../../src/queue/chunk-store';
import { folderChunkStore } from '../../src/queue/folder-chunk-store';
import type { Job } from '../../src/queue/job';
import { jobRegistry } from '../../src/queue/job-registry';
import { submitJob } from '../../src/queue/submit';
import { runWorker } from '../../src/queue/worker';
import { startRedis, type TestRedis } from './redis';

export const KEY = Buffer.alloc(32, 7);

type WorkerPorts = Parameters<typeof runWorker>[1];

/** Queues in a Redis that a suite starts, with a folder for their jobs. */
export interface TestQueues {
  readonly redis: TestRedis;
  readonly client: Redis;
  readonly folder: string;
  /** Starts a worker for these tenants. @returns stops it */
  startWorker(tenants: readonly string[], ports?: Partial<WorkerPorts>, key?: Buffer): () => Promise<void>;
  /** Submits a list of `name-0.example`, `name-1.example` and so on. */
  submit(
    name: string,
    tenant: string,
    rows: number,
    location?: string,
  ): Promise<{ readonly job: Job; readonly ranges: readonly ChunkRange[] }>;
  /** Resolves when every chunk of a job is finished. */
  finished(name: string): Promise<void>;
  stopWorkers(): Promise<void>;
  close(): Promise<void>;
}

export async function* inputs(count: number): AsyncGenerator<string> {
  for (let at = 0; at < count; at++) yield `name-${at}.example`;
}

/** The rows of a worker that was given nothing else to do. */
const rowsWithTenant: WorkerPorts['enrich'] = async ({ tenant }, rows) => ({
  text: rows.map((row) => `${tenant} ${row}\n`).join(''),
  counts: { found: rows.length },
});

export async function startQueues(): Promise<TestQueues> {
  const redis = await startRedis();
  const folder = mkdtempSync(join(tmpdir(), 'queues-'));
  const connect = () => new Redis({ port: redis.port, maxRetriesPerRequest: null });
  const client = connect();
  const registry = jobRegistry(client, KEY);
  const stops: (() => Promise<void>)[] = [];

  async function stopWorkers(): Promise<void> {
    for (const stop of stops.splice(0)) await stop();
  }

  return {
    redis,
    client,
    folder,
    stopWorkers,
    startWorker(tenants, ports = {}, key = KEY) {
      const stopping = new AbortController();
      const connection = connect();
      const running = runWorker(tenants, {
        redis: connection,
        registry: jobRegistry(connection, key),
        log: () => {},
        storeFor: folderChunkStore,
        enrich: rowsWithTenant,
        signal: stopping.signal,
        ...ports,
      });
      const stop = async () => {
        stopping.abort();
        await running;
        connection.disconnect();
      };
      stops.push(stop);
      return stop;
    },
    async submit(name, tenant, rows, location = join(folder, name)) {
      const stored = await folderChunkStore(location).writeInput(inputs(rows));
      const submission = { name, tenant, location, started: '2026-11-21T00:00:00.000Z' };
      return { job: await submitJob(client, registry, stored, submission), ranges: stored.chunks };
    },
    async finished(name) {
      for (;;) {
        const job = await registry.find(name);
        if (job !== undefined && (await registry.progress(job)).chunks === job.chunks) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async close() {
      await stopWorkers();
      client.disconnect();
      await redis.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
