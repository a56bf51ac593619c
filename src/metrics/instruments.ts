import type { Log } from '../base/log';
import type { RequestBudget } from '../budget/budget';
import type { ResponseCache } from '../cache/response-cache';
import type { RawParams } from '../config/read';
import type { Metrics } from './metrics';
import type { SpanAttributes, Traces } from './traces';

/** The instruments of a process that keeps running: metrics (`--metrics`) and traces (OpenTelemetry). */
export interface Instruments {
  /** Only where `--metrics` is given. */
  readonly metrics?: Metrics | undefined;
  log(log: Log, tenant: string): Log;
  budget(budget: RequestBudget, tenant: string): RequestBudget;
  cache(cache: ResponseCache, tenant: string): ResponseCache;
  /** Runs work in a span of the traces. */
  span<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The label of a tenant in metrics and traces. */
export function tenantLabel({ tenant_id }: RawParams): string {
  return typeof tenant_id === 'string' && tenant_id !== '' ? tenant_id.slice(0, 100) : 'default';
}

/** Measures nothing. */
export const NO_INSTRUMENTS: Instruments = instruments(undefined, undefined, async () => {});

/**
 * Opens what the command line and the environment request.
 * @param where the value of `--metrics`: `PORT` on loopback, or `HOST:PORT`
 * @throws PluginError INVOCATION_UNREADABLE for an address that is not one, or that is in use
 */
export async function openInstruments(
  where: string | undefined,
  environment: NodeJS.ProcessEnv,
  log: Log,
): Promise<Instruments> {
  const { openTraces } = await import('./traces');
  const traces = await openTraces(environment, log);
  if (where === undefined) return instruments(undefined, traces, async () => {});
  const [{ openMetrics }, { serveMetrics }] = await Promise.all([import('./metrics'), import('./serve')]);
  const metrics = await openMetrics();
  const server = await serveMetrics(metrics, where);
  log('info', 'metrics served', { address: server.address });
  return instruments(metrics, traces, () => server.close());
}

function instruments(
  metrics: Metrics | undefined,
  traces: Traces | undefined,
  stopServing: () => Promise<void>,
): Instruments {
  return {
    metrics,
    log(log, tenant) {
      const traced = traces?.tracing(log) ?? log;
      return metrics?.counting(traced, tenant) ?? traced;
    },
    budget: (budget, tenant) => metrics?.countingBudget(budget, tenant) ?? budget,
    cache: (cache, tenant) => metrics?.countingCache(cache, tenant) ?? cache,
    span: (name, attributes, work) => traces?.inSpan(name, attributes, work) ?? work(),
    async close() {
      await traces?.close();
      await stopServing();
    },
  };
}
