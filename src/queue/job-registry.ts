import type { Redis } from 'ioredis';
import { type ChunkCounts, type Job, type JobState, parseJob } from './job';

const ALL = 'mdti:jobs';

/** The jobs that Redis knows, with how far each one is. */
export interface JobRegistry {
  list(): Promise<Job[]>;
  find(name: string): Promise<Job | undefined>;
  /** Stores a job unless one of that name exists; returns the one that is stored. */
  add(job: Job): Promise<Job>;
  setState(name: string, state: JobState): Promise<void>;
  remove(name: string): Promise<void>;
  /** Records a finished chunk; twice is once. */
  finishChunk(name: string, index: number, counts: ChunkCounts): Promise<void>;
  isFinished(name: string, index: number): Promise<boolean>;
  /** Chunks that are finished, and their rows by outcome. */
  progress(name: string): Promise<{ readonly chunks: number; readonly rows: ChunkCounts }>;
}

export function jobRegistry(client: Redis): JobRegistry {
  const key = (name: string) => `mdti:job:{${name}}`;
  const done = (name: string) => `${key(name)}:done`;

  async function find(name: string): Promise<Job | undefined> {
    return parseJob(await client.get(key(name)));
  }

  return {
    find,
    async list() {
      const names = await client.smembers(ALL);
      const jobs = await Promise.all(names.sort().map(find));
      return jobs.flatMap((job) => (job === undefined ? [] : [job]));
    },
    async add(job) {
      const added = await client.set(key(job.name), JSON.stringify(job), 'NX');
      await client.sadd(ALL, job.name);
      if (added === 'OK') return job;
      return (await find(job.name)) ?? job;
    },
    async setState(name, state) {
      const job = await find(name);
      if (job !== undefined) await client.set(key(name), JSON.stringify({ ...job, state }));
    },
    async remove(name) {
      await client.del(key(name), done(name));
      await client.srem(ALL, name);
    },
    async finishChunk(name, index, counts) {
      await client.hset(done(name), String(index), JSON.stringify(counts));
    },
    isFinished: async (name, index) => (await client.hexists(done(name), String(index))) === 1,
    async progress(name) {
      const finished = Object.values(await client.hgetall(done(name)));
      const rows: Record<string, number> = {};
      for (const text of finished)
        for (const [outcome, count] of Object.entries(JSON.parse(text) as ChunkCounts))
          rows[outcome] = (rows[outcome] ?? 0) + count;
      return { chunks: finished.length, rows };
    },
  };
}
