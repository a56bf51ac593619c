import type { Redis } from 'ioredis';
import { PluginError } from '../../base/errors';
import { jsonLog, type Log, logLevel } from '../../base/log';
import { endpointsIn } from '../../config/endpoints';
import { budgetName } from '../../engine/open-budget';
import { openGraph } from '../../enrich/open-graph';
import type { GraphClient } from '../../graph/client';
import type { Metrics } from '../../metrics/metrics';
import { enrichChunk } from '../../queue/enrich-chunk';
import { type JobRegistry, jobRegistry } from '../../queue/job-registry';
import { openChunkStore } from '../../queue/open-chunk-store';
import { openQueue } from '../../queue/submit';
import { readTenants, type Tenant } from '../../queue/tenants';
import { runWorker } from '../../queue/worker';
import { redisStore } from '../../redis/login-store';
import { memoryStore } from '../../state/store';
import { withSignals } from '../io/signals';
import { connectQueue, type QueueConnection } from './connect';

export interface WorkerCall {
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
  const metrics = options.metrics === undefined ? undefined : await openMetrics(options.metrics, queue, log);
  const graphs = new Map(
    tenants.map((tenant) => [
      tenant.name,
      openTenant(tenant, queue, metrics?.counting(log, tenant.name) ?? log),
    ]),
  );
  try {
    await withSignals(async (signal) => {
      log('info', 'worker started', { tenants: tenants.length });
      await runWorker([...graphs.keys()], {
        redis: queue.client,
        log,
        storeFor: (location) => openChunkStore(location, process.env),
        signal,
        async enrich(name, inputs, stop) {
          const graph = graphs.get(name);
          if (graph === undefined)
            throw new PluginError('CONFIG_INVALID', `This worker has no parameters for the tenant ${name}.`);
          const chunk = await enrichChunk(graph, inputs, stop);
          metrics?.addRows(name, chunk.counts);
          return chunk;
        },
      });
      log('info', 'worker stopped', {});
      return 0;
    });
    return 0;
  } finally {
    await queue.close();
  }
}

/** Serves metrics; the number of chunks per state is read on request. */
async function openMetrics(where: string, { client }: QueueConnection, log: Log): Promise<Metrics> {
  const [{ openMetrics: open }, { serveMetrics }] = await Promise.all([
    import('../../metrics/metrics'),
    import('../../metrics/serve'),
  ]);
  const metrics = await open();
  const registry = jobRegistry(client);
  metrics.beforeScrape(() => countChunks(registry, client, metrics));
  const { address } = await serveMetrics(metrics, where);
  log('info', 'metrics served', { address });
  return metrics;
}

async function countChunks(registry: JobRegistry, client: Redis, metrics: Metrics): Promise<void> {
  for (const job of await registry.list()) {
    const { chunks } = await registry.progress(job.name);
    const queue = await openQueue(client, job.tenant);
    const dead = (await queue.getFailed()).filter(({ data }) => data.job === job.name).length;
    await queue.close();
    metrics.setChunks(job.name, job.tenant, 'finished', chunks);
    metrics.setChunks(job.name, job.tenant, 'dead', dead);
    metrics.setChunks(job.name, job.tenant, 'waiting', job.chunks - chunks - dead);
  }
}

function openTenant({ params }: Tenant, { connection, settings }: QueueConnection, log: Log): GraphClient {
  return openGraph(params, {
    store: redisStore(connection, budgetName(params), settings.sealingKey, memoryStore()),
    log,
    allowEndpoints: endpointsIn(undefined),
  });
}
