import { setTimeout as pause } from 'node:timers/promises';
import type { Counter, Histogram } from 'prom-client';
import type { Log, LogFields } from '../base/log';
import type { Priority, RequestBudget } from '../budget/budget';
import type { ResponseCache } from '../cache/response-cache';

/** The counters of an engine, in the form that Prometheus reads (https://prometheus.io/docs/practices/naming/). */
export interface Metrics {
  /** Counts logged events; the log itself is written unchanged. */
  counting(log: Log, tenant: string): Log;
  countingBudget(budget: RequestBudget, tenant: string): RequestBudget;
  countingCache(cache: ResponseCache, tenant: string): ResponseCache;
  /** Adds enriched rows, by outcome. */
  addRows(tenant: string, counts: Readonly<Record<string, number>>): void;
  /** Replaces the counts of all jobs: jobs that are gone are no longer shown. */
  setChunks(counts: readonly ChunkCount[]): void;
  /** Called before each scrape, to set gauges. */
  beforeScrape(update: () => Promise<void>): void;
  /** The Prometheus text format, version 0.0.4. */
  text(): Promise<string>;
}

/** Number of chunks of a job in each state. */
export interface ChunkCount {
  readonly job: string;
  readonly tenant: string;
  readonly state: 'finished' | 'waiting' | 'dead';
  readonly chunks: number;
}

/** Seconds; Graph responds within the first half of these, a full budget waits for the rest. */
const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Tenants that are counted by name in one process; a label must not grow without limit. */
const TENANTS = 1_000;

interface Described {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

const COUNTERS = {
  requests: {
    name: 'mdti_graph_requests_total',
    help: 'HTTP requests to Microsoft Graph, by status.',
    labels: ['tenant', 'status'],
  },
  failures: {
    name: 'mdti_graph_network_failures_total',
    help: 'HTTP requests without a response, by cause.',
    labels: ['tenant', 'cause'],
  },
  retries: {
    name: 'mdti_graph_retries_total',
    help: 'Repeated requests, by cause of the previous failure.',
    labels: ['tenant', 'cause'],
  },
  tokens: {
    name: 'mdti_tokens_issued_total',
    help: 'Access tokens that the login service issued.',
    labels: ['tenant'],
  },
  taken: {
    name: 'mdti_budget_requests_total',
    help: 'Requests granted by the budget, by class.',
    labels: ['tenant', 'class'],
  },
  refused: {
    name: 'mdti_budget_refusals_total',
    help: 'Times that Microsoft Graph throttled a request (429).',
    labels: ['tenant'],
  },
  cached: {
    name: 'mdti_cache_lookups_total',
    help: 'Lookups in the response cache, by result.',
    labels: ['tenant', 'result'],
  },
  rows: { name: 'mdti_rows_total', help: 'Enriched rows, by outcome.', labels: ['tenant', 'outcome'] },
} as const satisfies Readonly<Record<string, Described>>;

const HISTOGRAMS = {
  duration: {
    name: 'mdti_graph_request_duration_seconds',
    help: 'Time until Microsoft Graph responded.',
    labels: ['tenant'],
  },
  waits: {
    name: 'mdti_budget_wait_seconds',
    help: 'Time that requests waited for the budget, by class.',
    labels: ['tenant', 'class'],
  },
} as const satisfies Readonly<Record<string, Described>>;

type Counters = Readonly<Record<keyof typeof COUNTERS, Counter>>;
type Histograms = Readonly<Record<keyof typeof HISTOGRAMS, Histogram>>;

/** @param longestUpdate milliseconds that a scrape waits for updates: one may hang while Redis is unreachable */
export async function openMetrics(longestUpdate = 1_000): Promise<Metrics> {
  const { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counter = ({ name, help, labels }: Described) =>
    new Counter({ name, help, labelNames: labels, registers });
  const histogram = ({ name, help, labels }: Described) =>
    new Histogram({ name, help, labelNames: labels, buckets: SECONDS, registers });
  const counters = mapValues(COUNTERS, counter);
  const histograms = mapValues(HISTOGRAMS, histogram);
  const { taken, refused, cached, rows } = counters;
  const chunks = new Gauge({
    name: 'mdti_job_chunks',
    help: 'Chunks of a job, by state.',
    labelNames: ['job', 'tenant', 'state'],
    registers,
  });
  const tenants = new Set<string>();
  function labelOf(tenant: string): string {
    if (tenants.size >= TENANTS && !tenants.has(tenant)) return 'other';
    tenants.add(tenant);
    return tenant;
  }
  const byEvent = loggedMetrics(counters, histograms);
  const updates: (() => Promise<void>)[] = [];
  let updating: Promise<unknown> | undefined;

  return {
    counting(log, name) {
      const tenant = labelOf(name);
      const counting: Log = (level, event, fields) => {
        byEvent[event]?.(tenant, fields ?? {});
        log(level, event, fields);
      };
      return Object.assign(counting, log.level === undefined ? {} : { level: log.level });
    },
    countingBudget(budget, name) {
      const tenant = labelOf(name);
      return {
        ...budget,
        async take(requests, priority: Priority, signal) {
          const stop = histograms.waits.startTimer({ tenant, class: priority });
          const granted = await budget.take(requests, priority, signal);
          stop();
          taken.inc({ tenant, class: priority }, granted);
          return granted;
        },
        refused(retryAfter, requests = 1) {
          refused.inc({ tenant }, requests);
          budget.refused(retryAfter, requests);
        },
      };
    },
    countingCache(cache, name) {
      const tenant = labelOf(name);
      return {
        async getMany(keys) {
          const found = await cache.getMany(keys);
          const hits = found.filter((response) => response !== undefined).length;
          cached.inc({ tenant, result: 'hit' }, hits);
          cached.inc({ tenant, result: 'miss' }, keys.length - hits);
          return found;
        },
        setMany: (responses) => cache.setMany(responses),
      };
    },
    addRows(tenant, counts) {
      for (const [outcome, count] of Object.entries(counts))
        rows.inc({ tenant: labelOf(tenant), outcome }, count);
    },
    setChunks(counts) {
      chunks.reset();
      for (const { job, tenant, state, chunks: count } of counts) chunks.set({ job, tenant, state }, count);
    },
    beforeScrape: (update) => void updates.push(update),
    async text() {
      updating ??= Promise.all(updates.map((update) => update().catch(() => {}))).finally(() => {
        updating = undefined;
      });
      await Promise.race([updating, pause(longestUpdate, undefined, { ref: false })]);
      return registry.metrics();
    },
  };
}

function mapValues<Name extends string, From, To>(
  table: Readonly<Record<Name, From>>,
  map: (value: From) => To,
): Readonly<Record<Name, To>> {
  return Object.fromEntries(
    Object.entries<From>(table).map(([name, value]) => [name, map(value)]),
  ) as unknown as Record<Name, To>;
}

/** Returns the counters of each log event. A test sends requests and reads the metrics, so a renamed event is noticed. */
function loggedMetrics(
  { requests, failures, retries, tokens }: Counters,
  { duration }: Histograms,
): Readonly<Record<string, (tenant: string, fields: LogFields) => void>> {
  return {
    'graph responded': (tenant, { status, milliseconds }) => {
      requests.inc({ tenant, status: String(status) });
      duration.observe({ tenant }, Number(milliseconds) / 1000);
    },
    'graph did not respond': (tenant, { fault }) => failures.inc({ tenant, cause: String(fault) }),
    retrying: (tenant, { failure }) => retries.inc({ tenant, cause: String(failure) }),
    'token issued': (tenant) => tokens.inc({ tenant }),
  };
}
