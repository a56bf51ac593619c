import { silentLog } from '../../src/base/log';
import { TransportError } from '../../src/http/transport';
import { openMetrics } from '../../src/metrics/metrics';
import { serveMetrics } from '../../src/metrics/serve';
import { quickClock } from '../support/quick-clock';
import { recordedPlugin } from '../support/recorder';

/** The samples of the metrics that start with mdti_: `name{labels}` and its value. */
function samples(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line.startsWith('mdti_'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

test('a command is counted: its request with the status, the time it took, its token', async () => {
  const metrics = await openMetrics();
  const { plugin } = recordedPlugin(undefined, {}, metrics.counting(silentLog, 'contoso'));
  await plugin.execute('msg-defender-threat-intel-article-list');
  const counted = samples(await metrics.text());
  expect(counted.get('mdti_graph_requests_total{tenant="contoso",status="200"}')).toBe(1);
  expect(counted.get('mdti_graph_request_duration_seconds_count{tenant="contoso"}')).toBe(1);
  expect(counted.get('mdti_tokens_issued_total{tenant="contoso"}')).toBe(1);
});

test('a request that fails and is repeated is counted with its cause', async () => {
  const metrics = await openMetrics();
  const clock = quickClock();
  let attempts = 0;
  const { plugin } = recordedPlugin(
    () => {
      if (++attempts === 1)
        throw new TransportError('unresolved', 'https://graph.microsoft.com', 'the name is not known');
      return attempts === 2
        ? { status: 503, headers: {}, body: '' }
        : { status: 200, headers: { 'content-type': 'application/json' }, body: '{"value":[]}' };
    },
    {},
    metrics.counting(silentLog, 'contoso'),
    clock,
  );
  await plugin.execute('msg-defender-threat-intel-article-list');
  const counted = samples(await metrics.text());
  expect(counted.get('mdti_graph_network_failures_total{tenant="contoso",cause="unresolved"}')).toBe(1);
  expect(counted.get('mdti_graph_retries_total{tenant="contoso",cause="unresolved"}')).toBe(1);
  expect(counted.get('mdti_graph_retries_total{tenant="contoso",cause="503"}')).toBe(1);
});

test('waits for the budget, refusals, cache lookups and rows are counted by tenant', async () => {
  const metrics = await openMetrics();
  const budget = metrics.countingBudget({ take: async (requests) => requests, refused: () => {} }, 'contoso');
  await budget.take(20, 'bulk');
  budget.refused(1_000);
  const cache = metrics.countingCache(
    { getMany: async (keys) => keys.map(() => undefined), setMany: async () => {} },
    'fabrikam',
  );
  await cache.getMany(['one', 'other']);
  metrics.addRows('fabrikam', { found: 3, unknown: 1 });
  metrics.setChunks([{ job: 'before', tenant: 'fabrikam', state: 'waiting', chunks: 9 }]);
  metrics.setChunks([{ job: 'nightly', tenant: 'fabrikam', state: 'waiting', chunks: 7 }]);
  const counted = samples(await metrics.text());
  expect(counted.get('mdti_budget_requests_total{tenant="contoso",class="bulk"}')).toBe(20);
  expect(counted.get('mdti_budget_wait_seconds_count{tenant="contoso",class="bulk"}')).toBe(1);
  expect(counted.get('mdti_budget_refusals_total{tenant="contoso"}')).toBe(1);
  expect(counted.get('mdti_cache_lookups_total{tenant="fabrikam",result="miss"}')).toBe(2);
  expect(counted.get('mdti_rows_total{tenant="fabrikam",outcome="found"}')).toBe(3);
  expect(counted.get('mdti_job_chunks{job="nightly",tenant="fabrikam",state="waiting"}')).toBe(7);
  expect([...counted.keys()].filter((name) => name.includes('before'))).toEqual([]);
});

/** The rules that `promtool check metrics` applies, and the naming page of Prometheus. */
const RULES: Readonly<Record<string, (metric: Metric) => boolean>> = {
  'has a help text that ends with a full stop': ({ help }) => /\.$/.test(help),
  'a counter ends with _total, and nothing else does': ({ name, type }) =>
    (type === 'counter') === name.endsWith('_total'),
  'uses base units': ({ name }) => !/milliseconds|minutes|hours|kilobytes|percent/.test(name),
  'a histogram names its unit': ({ name, type }) => type !== 'histogram' || name.endsWith('_seconds'),
  'is lower case with single underscores': ({ name }) => /^mdti(_[a-z]+)+$/.test(name),
  'does not repeat its type': ({ name }) => !/_(counter|gauge|histogram|count|sum|bucket)$/.test(name),
};

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: string;
}

test.each(Object.entries(RULES))('every metric %s', async (_, holds) => {
  const text = await (await openMetrics()).text();
  const metrics = [...text.matchAll(/^# HELP (mdti\S+) (.*)\n# TYPE \S+ (\S+)$/gm)].map(
    ([, name = '', help = '', type = '']): Metric => ({ name, help, type }),
  );
  expect(metrics.length).toBeGreaterThan(8);
  expect(metrics.filter((metric) => !holds(metric))).toEqual([]);
});

test('metrics and health are served on loopback; anything else is not there', async () => {
  const server = await serveMetrics(await openMetrics(), '0');
  const base = server.address.replace('/metrics', '');
  expect(base).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const [metrics, health, other, post] = await Promise.all([
    fetch(server.address),
    fetch(`${base}/healthz`),
    fetch(`${base}/secrets`),
    fetch(server.address, { method: 'POST' }),
  ]);
  expect([metrics.status, health.status, other.status, post.status]).toEqual([200, 200, 404, 405]);
  expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(await metrics.text()).toContain('# TYPE mdti_graph_requests_total counter');
  await server.close();
});

test.each(['x', '70000', '1.2.3.4:', '', '-1'])('--metrics %s is rejected', async (where) => {
  await expect(serveMetrics(await openMetrics(), where)).rejects.toMatchObject({
    code: 'INVOCATION_UNREADABLE',
    message: expect.stringMatching(/^--metrics: ".*" is not a port/),
  });
});

test('a port in use is named', async () => {
  const metrics = await openMetrics();
  const server = await serveMetrics(metrics, '0');
  const port = new URL(server.address).port;
  await expect(serveMetrics(metrics, port)).rejects.toMatchObject({
    message: `--metrics: cannot listen on 127.0.0.1:${port}.`,
  });
  await server.close();
});

test('a scrape is not delayed by an update that hangs, and starts no second one', async () => {
  const metrics = await openMetrics(1);
  let updates = 0;
  metrics.beforeScrape(() => {
    updates += 1;
    return new Promise(() => {});
  });
  expect(await metrics.text()).toContain('process_cpu_seconds_total');
  await metrics.text();
  expect(updates).toBe(1);
});
