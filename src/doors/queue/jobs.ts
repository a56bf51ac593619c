import type { Redis } from 'ioredis';
import { PluginError } from '../../base/errors';
import { silentLog } from '../../base/log';
import { counted, formatCount, quoted, sanitize } from '../../base/sanitize';
import { totalOf } from '../../enrich/statistics';
import { withDeadChunks } from '../../queue/dead-chunks';
import { isOver, type Job, type JobState, TRANSITIONS } from '../../queue/job';
import { type JobRegistry, jobRegistry } from '../../queue/job-registry';
import { openChunkStore } from '../../queue/open-chunk-store';
import { removeJob } from '../../queue/remove-job';
import { connectQueue } from './connect';
import { countWorkers, noWorker } from './count-workers';
import { forecast } from './forecast';

const JOB_ACTIONS = ['list', 'show', 'pause', 'resume', 'cancel', 'retry', 'clean'] as const;

/** Dead chunks that `mdti jobs show` lists. */
const SHOWN = 20;

interface JobsCall {
  readonly words: readonly string[];
}

/** `mdti jobs ACTION [NAME]`: lists and manages the jobs of the shared queues. */
export async function jobsVerb({ words: [action = 'list', name] }: JobsCall): Promise<string> {
  const queue = await connectQueue(process.env, silentLog);
  try {
    const registry = jobRegistry(queue.client, queue.settings.sealingKey);
    if (action === 'list') return await list(registry);
    if (name === undefined)
      throw new PluginError('INVOCATION_UNREADABLE', `\`mdti jobs ${action}\` needs the name of a job.`, {
        hint: 'Run `mdti jobs list` to see them.',
      });
    const job = await registry.find(name);
    if (job === undefined) throw notFound(name);
    return await act(action, job, registry, queue.client);
  } finally {
    await queue.close();
  }
}

async function list(registry: JobRegistry): Promise<string> {
  const jobs = await registry.list();
  if (jobs.length === 0) return 'No jobs. Submit one with `mdti enrich FILE --queue NAME`.';
  const rows = await Promise.all(
    jobs.map(async (job) => {
      const { chunks } = await registry.progress(job);
      const percent = job.chunks === 0 ? 100 : Math.floor((chunks / job.chunks) * 100);
      return [job.name, job.tenant, stateOf(job, chunks), `${percent} %`, formatCount(job.rows), job.started];
    }),
  );
  return aligned([['NAME', 'TENANT', 'STATE', 'DONE', 'ROWS', 'STARTED (UTC)'], ...rows]);
}

async function act(action: string, job: Job, registry: JobRegistry, client: Redis): Promise<string> {
  switch (action) {
    case 'show':
      return show(job, registry, client);
    case 'pause':
      await change(job, 'pause', registry);
      return `${job.name} is paused: chunks in progress finish, no new chunk starts.`;
    case 'resume':
      await change(job, 'resume', registry);
      return `${job.name} is resumed.`;
    case 'cancel':
      await change(job, 'cancel', registry);
      return `${job.name} is cancelled: its finished chunks are kept until \`mdti jobs clean ${job.name}\`.`;
    case 'retry':
      // Workers drop the chunks of a cancelled job.
      if (isOver(job.state)) throw notAllowed(job.name, 'retried', job.state);
      return withDeadChunks(job, client, async (dead) => {
        for (const { retry } of dead) await retry();
        const chunks = counted(dead.length, 'dead chunk');
        return `Returned ${chunks} of ${job.name} to the queue.`;
      });
    case 'clean':
      await removeJob(job, { store: await openChunkStore(job.location, process.env), registry, client });
      return `${job.name} is removed, with its files in ${sanitize(job.location)}.`;
    default:
      throw new PluginError(
        'INVOCATION_UNREADABLE',
        `\`mdti jobs\` has no action ${JSON.stringify(action)}.`,
        {
          hint: `Use one of ${JOB_ACTIONS.join(', ')}.`,
        },
      );
  }
}

/** @throws PluginError ARGUMENT_INVALID if the job is in a state that does not allow it */
async function change(job: Job, action: 'pause' | 'resume' | 'cancel', registry: JobRegistry): Promise<void> {
  const changed = await registry.apply(job, action);
  if (changed === undefined) throw notFound(job.name);
  if (changed.state !== TRANSITIONS[action].to) throw notAllowed(job.name, DONE[action], changed.state);
}

const DONE = { pause: 'paused', resume: 'resumed', cancel: 'cancelled' } as const;

function notAllowed(name: string, what: string, state: JobState): PluginError {
  return new PluginError('ARGUMENT_INVALID', `${name} is ${state} and cannot be ${what}.`, {
    hint:
      state === 'ended'
        ? `Remove what is left of it with \`mdti jobs clean ${name}\`.`
        : 'Submit the list again with the same command to continue the job.',
  });
}

function notFound(name: string): PluginError {
  return new PluginError('ARGUMENT_INVALID', `There is no job ${quoted(name)}.`, {
    hint: 'Run `mdti jobs list` to see them.',
  });
}

async function show(job: Job, registry: JobRegistry, client: Redis): Promise<string> {
  const { chunks, rows } = await registry.progress(job);
  const dead = await withDeadChunks(job, client, (chunks) => chunks);
  const left = job.rows - totalOf(rows);
  const rate = await registry.rateOf(job.tenant);
  const ending = forecast({ rowsLeft: left, rate });
  const workers = left > 0 ? await countWorkers(job.tenant, client) : undefined;
  const outcomes = Object.entries(rows).map(([outcome, count]) => `${formatCount(count)} ${outcome}`);
  return [
    `${job.name} (tenant ${job.tenant}): ${stateOf(job, chunks)}`,
    `  chunks    ${formatCount(chunks)} of ${formatCount(job.chunks)} finished, ${formatCount(dead.length)} dead`,
    `  rows      ${formatCount(job.rows)}${outcomes.length === 0 ? '' : `: ${outcomes.join(', ')} so far`}`,
    `  started   ${job.started}${left > 0 ? ending : ''}`,
    `  files     ${sanitize(job.location)}`,
    ...(workers === undefined ? [] : [`  workers   ${workers === 0 ? noWorker(job.tenant) : workers}`]),
    ...dead.slice(0, SHOWN).map(({ index, reason }) => `  chunk ${index} is dead: ${sanitize(reason)}`),
    ...(dead.length > 0 ? [`Run \`mdti jobs retry ${job.name}\` after you fix the cause.`] : []),
  ].join('\n');
}

function stateOf({ state, chunks }: Job, finished: number): string {
  return state === 'running' && finished === chunks ? 'complete' : state;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<readonly number[]>(
    (widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)),
    [],
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
