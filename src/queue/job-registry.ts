import type { Redis } from 'ioredis';
import { budgetKey } from '../redis/budget-script';
import { seal, unseal } from '../state/seal';
import { type ChunkCounts, type Job, type JobState, parseJob } from './job';

const ALL = 'mdti:jobs';

/** Counts the rows of a chunk the first time that it finishes; what a removed job left is gone after thirty days. KEYS: finished chunks, rows by outcome. ARGV: index, then pairs. */
const FINISH = `
if redis.call('HSETNX', KEYS[1], ARGV[1], 1) == 1 then
  for at = 2, #ARGV, 2 do redis.call('HINCRBY', KEYS[2], ARGV[at], ARGV[at + 1]) end
  for key = 1, 2 do redis.call('PEXPIRE', KEYS[key], 2592000000) end
end`;

/** The jobs that Redis knows, with how far each one is. */
export interface JobRegistry {
  list(): Promise<Job[]>;
  find(name: string): Promise<Job | undefined>;
  /** Stores a job unless one of that name exists; returns the one that is stored. */
  add(job: Job): Promise<Job>;
  setState(name: string, state: JobState): Promise<void>;
  remove(job: Job): Promise<void>;
  /** Records a finished chunk; twice is once. */
  finishChunk(job: Job, index: number, counts: ChunkCounts): Promise<void>;
  isFinished(job: Job, index: number): Promise<boolean>;
  /** Records which budget the requests of a tenant are taken from. */
  setBudget(tenant: string, budget: string): Promise<void>;
  /** Requests per second that the budget of a tenant grants now; undefined while nothing was taken from it. */
  rateOf(tenant: string): Promise<number | undefined>;
  /** Chunks that are finished, and their rows by outcome. */
  progress(job: Job): Promise<{ readonly chunks: number; readonly rows: ChunkCounts }>;
}

/** Names the budget of a tenant. */
function tenantKey(tenant: string): string {
  return `mdti:tenant:{${tenant}}`;
}

/**
 * @param sealingKey encrypts the jobs: a writer to Redis without the key can neither name a folder to a worker nor another input
 */
export function jobRegistry(client: Redis, sealingKey: Buffer): JobRegistry {
  const key = (name: string) => `mdti:job:{${name}}`;
  // By input: chunks of a job that was removed do not count for the next one of its name.
  const done = ({ name, input }: Job) => `${key(name)}:${input}:done`;
  const rowsKey = ({ name, input }: Job) => `${key(name)}:${input}:rows`;

  async function find(name: string): Promise<Job | undefined> {
    const sealed = await client.get(key(name));
    const job = sealed === null ? undefined : parseJob(unseal(sealed, sealingKey));
    return job?.name === name ? job : undefined;
  }

  return {
    find,
    async list() {
      const names = await client.smembers(ALL);
      const jobs = await Promise.all(names.sort().map(find));
      return jobs.flatMap((job) => (job === undefined ? [] : [job]));
    },
    async add(job) {
      const added = await client.set(key(job.name), seal(JSON.stringify(job), sealingKey), 'NX');
      await client.sadd(ALL, job.name);
      if (added === 'OK') return job;
      return (await find(job.name)) ?? job;
    },
    async setState(name, state) {
      const job = await find(name);
      if (job !== undefined) await client.set(key(name), seal(JSON.stringify({ ...job, state }), sealingKey));
    },
    async remove(job) {
      await client.del(key(job.name), done(job), rowsKey(job));
      await client.srem(ALL, job.name);
    },
    async finishChunk(job, index, counts) {
      const pairs = Object.entries(counts).flat();
      await client.eval(FINISH, 2, done(job), rowsKey(job), index, ...pairs);
    },
    async setBudget(tenant, budget) {
      await client.set(tenantKey(tenant), budget);
    },
    async rateOf(tenant) {
      const budget = await client.get(tenantKey(tenant));
      const rate = budget === null ? null : await client.hget(budgetKey(budget), 'rate');
      return rate === null ? undefined : Number(rate);
    },
    isFinished: async (job, index) => (await client.hexists(done(job), String(index))) === 1,
    async progress(job) {
      const [chunks, counts] = await Promise.all([client.hlen(done(job)), client.hgetall(rowsKey(job))]);
      const rows = Object.fromEntries(
        Object.entries(counts).map(([outcome, count]) => [outcome, Number(count)]),
      );
      return { chunks, rows };
    },
  };
}
