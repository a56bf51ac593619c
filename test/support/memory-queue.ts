import type { Redis } from 'ioredis';
import { type ChunkData, type Job, TRANSITIONS } from '../../src/queue/job';
import type { JobRegistry } from '../../src/queue/job-registry';

export const HASH = '0123456789abcdef';

/** A job of 1,000 rows in five chunks. */
export function jobNamed(name: string, more: Partial<Job> = {}): Job {
  return {
    version: 3,
    name,
    tenant: 'contoso',
    hash: HASH,
    rows: 1_000,
    chunks: 5,
    location: '/no-folder',
    input: 'input-00000000-0000-4000-8000-000000000000.ndjson',
    started: '2026-11-21T00:00:00.000Z',
    state: 'running',
    ...more,
  };
}

/** The registry of jobs without Redis, with the rules of the one that uses it. */
export class MemoryRegistry implements JobRegistry {
  readonly jobs = new Map<string, Job>();
  readonly rates = new Map<string, number>();
  readonly #finished = new Map<string, Map<number, Readonly<Record<string, number>>>>();

  #chunksOf({ name, input }: Job) {
    const key = `${name} ${input}`;
    const chunks = this.#finished.get(key) ?? new Map<number, Readonly<Record<string, number>>>();
    this.#finished.set(key, chunks);
    return chunks;
  }

  list = async () => [...this.jobs.values()];
  find = async (name: string) => this.jobs.get(name);

  async add(job: Job) {
    const stored = this.jobs.get(job.name) ?? job;
    this.jobs.set(job.name, stored);
    return stored;
  }

  async apply({ name, input }: Job, action: keyof typeof TRANSITIONS) {
    const stored = this.jobs.get(name);
    if (stored?.input !== input) return undefined;
    const { from, to } = TRANSITIONS[action];
    if (!(from as readonly string[]).includes(stored.state)) return stored;
    const changed = { ...stored, state: to };
    this.jobs.set(name, changed);
    return changed;
  }

  async remove({ name, input }: Job) {
    if (this.jobs.get(name)?.input === input) this.jobs.delete(name);
  }

  async finishChunk(job: Job, index: number, counts: Readonly<Record<string, number>>) {
    this.#chunksOf(job).set(index, counts);
  }

  isFinished = async (job: Job, index: number) => this.#chunksOf(job).has(index);
  finishedChunks = async (job: Job) => new Set(this.#chunksOf(job).keys());
  async setBudget() {}
  rateOf = async (tenant: string) => this.rates.get(tenant);

  async progress(job: Job) {
    const rows: Record<string, number> = {};
    for (const counts of this.#chunksOf(job).values())
      for (const [outcome, count] of Object.entries(counts)) rows[outcome] = (rows[outcome] ?? 0) + count;
    return { chunks: this.#chunksOf(job).size, rows };
  }
}

/** A chunk in a queue. */
interface QueuedChunk {
  readonly id: string;
  readonly data: ChunkData;
  /** Why it is dead; undefined while it waits. */
  failedReason?: string;
}

/** What a Redis of queues contains, without Redis. Give `MemoryQueue` to a test in place of the `Queue` of BullMQ. */
export class MemoryRedis {
  readonly chunks = new Map<string, QueuedChunk>();
  /** Undefined where Redis does not list its clients. */
  workers: number | undefined = 1;
  /** Waits until this resolves before each command. */
  available: Promise<void> = Promise.resolve();

  readonly client = this as unknown as Redis;

  exists = async (keys: readonly string[]) => keys.filter((key) => this.chunks.has(key)).length;

  ids = () => [...this.chunks.values()].map(({ id }) => id);
}

export class MemoryQueue {
  readonly #redis: MemoryRedis;

  constructor(
    readonly name: string,
    { connection }: { readonly connection: unknown },
  ) {
    this.#redis = connection as MemoryRedis;
  }

  toKey = (id: string) => `${this.name}:${id}`;
  on() {}
  async close() {}

  async addBulk(chunks: readonly { readonly data: ChunkData; readonly opts: { readonly jobId: string } }[]) {
    for (const { data, opts } of chunks)
      this.#redis.chunks.set(this.toKey(opts.jobId), { id: opts.jobId, data });
  }

  async remove(id: string) {
    this.#redis.chunks.delete(this.toKey(id));
  }

  async getRanges() {
    const own = [...this.#redis.chunks].filter(([key]) => key.startsWith(`${this.name}:`));
    return own.filter(([, { failedReason }]) => failedReason !== undefined).map(([, { id }]) => id);
  }

  async getJob(id: string) {
    const chunk = this.#redis.chunks.get(this.toKey(id));
    return (
      chunk && {
        ...chunk,
        retry: async () => {
          delete chunk.failedReason;
        },
        isFailed: async () => chunk.failedReason !== undefined,
      }
    );
  }

  async getWorkersCount() {
    if (this.#redis.workers === undefined)
      throw new Error("NOPERM this user has no permissions to run 'client|list'");
    return this.#redis.workers;
  }
}
