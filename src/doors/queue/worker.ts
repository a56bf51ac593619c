import { PluginError } from '../../base/errors';
import { jsonLog, logLevel } from '../../base/log';
import { endpointsIn } from '../../config/endpoints';
import { openGraph } from '../../enrich/open-graph';
import type { GraphClient } from '../../graph/client';
import { folderChunkStore } from '../../queue/chunk-store';
import { enrichChunk } from '../../queue/enrich-chunk';
import { readTenants, type Tenant } from '../../queue/tenants';
import { runWorker } from '../../queue/worker';
import { redisStore } from '../../redis/login-store';
import { memoryStore } from '../../state/store';
import { withSignals } from '../io/signals';
import { connectQueue, type QueueConnection } from './connect';

export interface WorkerCall {
  readonly options: { readonly tenants: string | undefined };
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
  const graphs = new Map(tenants.map((tenant) => [tenant.name, openTenant(tenant, queue, log)]));
  try {
    await withSignals(async (signal) => {
      log('info', 'worker started', { tenants: tenants.length });
      await runWorker([...graphs.keys()], {
        redis: queue.client,
        log,
        storeFor: folderChunkStore,
        signal,
        async enrich(name, inputs, stop) {
          const graph = graphs.get(name);
          if (graph === undefined)
            throw new PluginError('CONFIG_INVALID', `This worker has no parameters for the tenant ${name}.`);
          return enrichChunk(graph, inputs, stop);
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

function openTenant(
  { name, params }: Tenant,
  { connection, settings }: QueueConnection,
  log: ReturnType<typeof jsonLog>,
): GraphClient {
  return openGraph(params, {
    store: redisStore(connection, name, settings.sealingKey, memoryStore()),
    log: Object.assign<typeof log, object>(
      (level, event, fields) => log(level, event, { tenant: name, ...fields }),
      {
        level: log.level,
      },
    ),
    allowEndpoints: endpointsIn(undefined),
  });
}
