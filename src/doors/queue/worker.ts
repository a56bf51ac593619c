import type { Redis } from 'ioredis';
import { systemClock } from '../../base/clock';
import { PluginError } from '../../base/errors';
import { jsonLog, type Log, logLevel } from '../../base/log';
import { endpointsIn } from '../../config/endpoints';
import { budgetName, openBudget } from '../../engine/open-budget';
import { openResponseCache } from '../../engine/open-response-cache';
import { openTraffic, openTransport } from '../../engine/open-services';
import { openGraph } from '../../enrich/open-graph';
import type { GraphClient } from '../../graph/client';
import { type Instruments, openInstruments } from '../../metrics/instruments';
import type { ChunkCount } from '../../metrics/metrics';
import { countDeadChunks } from '../../queue/dead-chunks';
import { enrichChunk } from '../../queue/enrich-chunk';
import { type JobRegistry, jobRegistry } from '../../queue/job-registry';
import { openChunkStore } from '../../queue/open-chunk-store';
import { readTenants, type Tenant } from '../../queue/tenants';
import { runWorker, WORKER_DRAIN } from '../../queue/worker';
import { redisStore } from '../../redis/login-store';
import { memoryStore } from '../../state/store';
import { withSignals } from '../io/signals';
import { connectQueue, type QueueConnection } from './connect';

/** Clients of one tenant that are kept: one for each age of responses that running jobs accept. */
const CLIENTS = 16;

/** Milliseconds after which a worker that has stopped ends its process. */
const TIMERS_END = 1_000;

/** Milliseconds after a signal: chunks in progress finish or go back to the queue first. */
const GRACE = WORKER_DRAIN + 5_000;

interface WorkerCall {
  readonly options: { readonly tenants: string | undefined; readonly metrics: string | undefined };
}

/** `mdti worker`: works on the queues of its tenants until a signal; status 0 after a clean stop. */
export async function workerVerb({ options }: WorkerCall): Promise<number> {
  if (options.tenants === undefined)
    throw new PluginError('INVOCATION_UNREADABLE', '`mdti worker` needs --tenants FILE.', {
      hint: 'Write a tenants.yaml; see docs/scale-out.md.',
    });
  const tenants = await readTenants(options.tenants);
  const log = jsonLog(logLevel(process.env.MDTI_LOG ?? 'info'), (line) => process.stderr.write(line));
  const queue = await connectQueue(process.env, log);
  try {
    const instruments = await openInstruments(options.metrics, process.env, log);
    try {
      await withSignals((signal) => work(tenants, { queue, instruments, log, signal }), GRACE);
    } finally {
      await instruments.close();
    }
  } finally {
    await queue.close();
  }
  // Timers of BullMQ keep a process alive that lost Redis.
  setTimeout(() => process.exit(), TIMERS_END).unref();
  return 0;
}

interface WorkerServices {
  readonly queue: QueueConnection;
  readonly instruments: Instruments;
  readonly log: Log;
  readonly signal: AbortSignal;
}

async function work(
  tenants: readonly Tenant[],
  { queue, instruments, log, signal }: WorkerServices,
): Promise<number> {
  const { metrics } = instruments;
  const registry = jobRegistry(queue.client, queue.settings.sealingKey);
  metrics?.beforeScrape(async () => metrics.setChunks(await countChunks(registry, queue.client)));
  const graphs = new Map(
    tenants.map((tenant) => [tenant.name, openTenant(tenant, queue, instruments, log)] as const),
  );
  for (const { name, params } of tenants) await registry.setBudget(name, budgetName(params));
  log('info', 'worker started', { tenants: tenants.length });
  await runWorker([...graphs.keys()], {
    redis: queue.client,
    registry,
    log,
    storeFor: (location) => openChunkStore(location, process.env),
    signal,
    enrich: ({ name: job, tenant, notBefore }, inputs, stop) =>
      instruments.span('enrich chunk', { job, tenant, rows: inputs.length }, async () => {
        const graphFor = graphs.get(tenant);
        if (graphFor === undefined)
          throw new PluginError('CONFIG_INVALID', `This worker has no parameters for the tenant ${tenant}.`, {
            hint: 'Add the tenant to the file given with --tenants, then run `mdti jobs retry NAME`.',
          });
        const chunk = await enrichChunk(graphFor(notBefore), inputs, stop);
        metrics?.addRows(tenant, chunk.counts);
        return chunk;
      }),
  });
  log('info', 'worker stopped', {});
  return 0;
}

async function countChunks(registry: JobRegistry, client: Redis): Promise<ChunkCount[]> {
  const counts: ChunkCount[] = [];
  for (const job of await registry.list()) {
    const { name, tenant } = job;
    const { chunks: finished } = await registry.progress(job);
    const dead = await countDeadChunks(job, client);
    const states = { finished, dead, waiting: job.chunks - finished - dead } as const;
    for (const [state, chunks] of Object.entries(states))
      counts.push({ job: name, tenant, state: state as keyof typeof states, chunks });
  }
  return counts;
}

/** Opens a tenant; what it returns gives a client that uses no cached response of a request before `notBefore`. */
function openTenant(
  { name, params }: Tenant,
  { connection, settings }: QueueConnection,
  instruments: Instruments,
  everyLog: Log,
): (notBefore: number | undefined) => GraphClient {
  const log = instruments.log(everyLog, name);
  const store = redisStore(connection, budgetName(params), settings.sealingKey, memoryStore());
  const ports = { store, log, allowEndpoints: endpointsIn(undefined) };
  const transport = openTransport(params, ports);
  const budget = instruments.budget(openBudget(params, { clock: systemClock, log }), name);
  const traffic = openTraffic(transport, { log, budget });
  const reused = openResponseCache(params, { log, byDefault: true, trustsState: true });
  const reusable = reused && { ...reused, cache: instruments.cache(reused.cache, name) };
  const opened = new Map<number | undefined, GraphClient>();
  return (notBefore) => {
    const known = opened.get(notBefore);
    if (known !== undefined) return known;
    const reuse = reusable && { ...reusable, notBefore };
    const { graph } = openGraph(params, { ...ports, transport, traffic, responseCache: reuse });
    if (opened.size >= CLIENTS) opened.clear();
    opened.set(notBefore, graph);
    return graph;
  };
}
