import type { Redis } from 'ioredis';
import { PluginError } from '../base/errors';
import { counted, quoted } from '../base/sanitize';
import type { StoredInput } from './chunk-store';
import { isName, JOB_VERSION, type Job } from './job';
import type { JobRegistry } from './job-registry';
import { addMissingChunks, importBullmq } from './queued-chunks';

export interface Submission {
  readonly name: string;
  readonly tenant: string;
  readonly location: string;
  /** ISO 8601. */
  readonly started: string;
  /** Cached responses of requests before this time are not used, milliseconds since the epoch; any age by default. */
  readonly notBefore?: number | undefined;
  /** Whether `--every` submits it: a later run with another list replaces it. */
  readonly periodic?: boolean | undefined;
}

/**
 * Submits a stored input as a job; the same input under the same name joins the job that is there.
 * @throws PluginError ARGUMENT_INVALID when the name is taken by a job with another input, or is not a name
 */
export async function submitJob(
  redis: Redis,
  registry: JobRegistry,
  input: StoredInput,
  { name, tenant, location, started, notBefore, periodic = false }: Submission,
): Promise<Job> {
  for (const [what, text] of Object.entries({ queue: name, tenant })) {
    if (!isName(text))
      throw new PluginError('ARGUMENT_INVALID', `${what}: ${quoted(text)} is not a name.`, {
        hint: 'Use up to 63 letters, digits, dots, dashes and underscores.',
      });
  }
  const wanted: Job = {
    version: JOB_VERSION,
    name,
    tenant,
    hash: input.hash,
    rows: input.rows,
    chunks: input.chunks.length,
    location,
    input: input.input,
    started,
    state: 'running',
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(periodic ? { periodic } : {}),
  };
  // Loaded first: a job without a queue would keep its name and never run.
  await importBullmq();
  const job = await addJob(registry, wanted);
  await addMissingChunks(redis, registry, job, input.chunks);
  return job;
}

async function addJob(registry: JobRegistry, wanted: Job): Promise<Job> {
  const { name, hash, tenant } = wanted;
  const job = await registry.add(wanted);
  if (job.hash !== hash || job.tenant !== tenant)
    throw new PluginError(
      'ARGUMENT_INVALID',
      `The job ${JSON.stringify(name)} has another input (${counted(job.rows, 'row')}, tenant ${job.tenant}).`,
      { hint: `Choose another name, or remove the old job with \`mdti jobs clean ${name}\`.` },
    );
  return (job.state === 'cancelled' ? await registry.apply(job, 'restart') : undefined) ?? job;
}
