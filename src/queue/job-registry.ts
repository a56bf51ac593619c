import type { Redis } from 'ioredis';
import { PluginError } from '../base/errors';
import { quoted } from '../base/sanitize';
import { budgetKey } from '../redis/budget-script';
import { seal, unseal } from '../state/seal';
import { type ChunkCounts, type Job, type JobAction, parseJob, TRANSITIONS } from './job';

const ALL = 'mdti:jobs';

/**
 * Counts the rows of a chunk when it finishes for the first time. The keys expire after thirty days, if the job is removed in the
 * meantime. KEYS: finished chunks, rows by outcome. ARGV: index, then pairs.
 */
const FINISH = `
if redis.call('HSETNX', KEYS[1], ARGV[1], 1) == 1 then
  for at = 2, #ARGV, 2 do redis.call('HINCRBY', KEYS[2], ARGV[at], ARGV[at + 1]) end
  for key = 1, 2 do redis.call('PEXPIRE', KEYS[key], 2592000000) end
end`;

/** Stores a job unless there is one, and returns that one. KEYS: the job, all names. ARGV: the job, its name. */
const ADD = `
local found = redis.call('GET', KEYS[1])
if not found then redis.call('SET', KEYS[1], ARGV[1]) end
redis.call('SADD', KEYS[2], ARGV[2])
return found`;

/** Replaces a job that is still what was read. KEYS: the job. ARGV: what was read, the new text. Returns whether it was. */
const REPLACE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1`;

/** Removes a job that is still what was read. KEYS: the job, all names. ARGV: what was read, its name. Returns whether it was. */
const REMOVE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('SREM', KEYS[2], ARGV[2])
return 1`;

/** The jobs that Redis knows, with how far each one is. */
export interface JobRegistry {
  list(): Promise<Job[]>;
  /** @throws PluginError ARGUMENT_INVALID if the job cannot be read */
  find(name: string): Promise<Job | undefined>;
  /**
   * Stores a job unless one of that name exists; returns the one that is stored.
   * @throws PluginError ARGUMENT_INVALID if the one that exists cannot be read
   */
  add(job: Job): Promise<Job>;
  /** Changes the state of a job if the action is allowed in its state; returns the job after that, undefined if it is gone. */
  apply(job: Job, action: JobAction): Promise<Job | undefined>;
  /** Removes a job with its counts; a later job of its name stays. */
  remove(job: Job): Promise<void>;
  /** Records a finished chunk; twice is once. */
  finishChunk(job: Job, index: number, counts: ChunkCounts): Promise<void>;
  isFinished(job: Job, index: number): Promise<boolean>;
  finishedChunks(job: Job): Promise<ReadonlySet<number>>;
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

  function read(name: string, sealed: string | null): Job | undefined {
    const job = sealed === null ? undefined : parseJob(unseal(sealed, sealingKey));
    return job?.name === name ? job : undefined;
  }

  async function find(name: string): Promise<Job | undefined> {
    const sealed = await client.get(key(name));
    const job = read(name, sealed);
    if (sealed !== null && job === undefined) throw unreadable(name);
    return job;
  }

  /** Reads a job until `use` succeeds with the text that was read; returns its result, undefined if the job is gone. */
  async function withStored<T>(
    { name, input }: Job,
    use: (stored: Job, sealed: string) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    for (;;) {
      const sealed = await client.get(key(name));
      const stored = read(name, sealed);
      // A later job may have the name.
      if (sealed === null || stored?.input !== input) return undefined;
      const used = await use(stored, sealed);
      if (used !== undefined) return used;
    }
  }

  return {
    find,
    async list() {
      const names = await client.smembers(ALL);
      const jobs = await Promise.all(
        names.sort().map(async (name) => read(name, await client.get(key(name)))),
      );
      return jobs.filter((job) => job !== undefined);
    },
    async add(job) {
      const { name } = job;
      const text = seal(JSON.stringify(job), sealingKey);
      const found = (await client.eval(ADD, 2, key(name), ALL, text, name)) as string | null;
      const stored = found === null ? job : read(name, found);
      if (stored === undefined) throw unreadable(name);
      return stored;
    },
    apply: (job, action) =>
      withStored(job, async (stored, sealed) => {
        const { from, to } = TRANSITIONS[action];
        if (!(from as readonly string[]).includes(stored.state)) return stored;
        const changed = { ...stored, state: to };
        const text = seal(JSON.stringify(changed), sealingKey);
        return (await client.eval(REPLACE, 1, key(job.name), sealed, text)) === 1 ? changed : undefined;
      }),
    async remove(job) {
      await withStored(
        job,
        async ({ name }, sealed) =>
          (await client.eval(REMOVE, 2, key(name), ALL, sealed, name)) === 1 || undefined,
      );
      await client.del(done(job), rowsKey(job));
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
    finishedChunks: async (job) => new Set((await client.hkeys(done(job))).map(Number)),
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

function unreadable(name: string): PluginError {
  return new PluginError(
    'ARGUMENT_INVALID',
    `The job ${quoted(name)} cannot be read: it was submitted with another encryption key or by another version.`,
    { hint: 'Use the same MDTI_SHARED_KEY_FILE and the same version everywhere, or choose another name.' },
  );
}
