import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { silentLog } from '../../src/base/log';
import { openTraces } from '../../src/metrics/traces';
import { MDTI } from '../support/mdti';

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: unknown }[];
}

interface Export {
  readonly resource: { readonly attributes: unknown };
  readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
}

/** A collector that speaks OTLP over HTTP. */
const received: Export[] = [];
let collector: Server;
let serve: ChildProcess;

beforeAll((done) => {
  collector = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      received.push(...JSON.parse(body).resourceSpans);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  collector.listen(0, '127.0.0.1', done);
});

afterAll((done) => {
  serve.kill('SIGKILL');
  collector.close(done);
});

/** Starts `mdti serve`; returns how to send it a document, and where its metrics are. */
async function startServe() {
  const { port } = collector.address() as AddressInfo;
  serve = spawn(process.execPath, [MDTI, 'serve', '--sandbox', '--metrics', '0'], {
    env: {
      ...process.env,
      MDTI_LOG: 'info',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=test',
    },
  });
  const { stdin, stdout, stderr } = serve;
  if (stdin === null || stdout === null || stderr === null) throw new Error('no pipes');
  const responses = createInterface(stdout)[Symbol.asyncIterator]();
  let metrics = '';
  for await (const line of createInterface(stderr)) {
    metrics = /"address":"([^"]+)"/.exec(line)?.[1] ?? '';
    if (metrics !== '') break;
  }
  stderr.resume();
  return {
    metrics,
    async send(document: object) {
      stdin.write(`${JSON.stringify(document)}\n`);
      return JSON.parse((await responses.next()).value);
    },
    async end() {
      stdin.end();
      await new Promise((resolve) => serve.once('close', resolve));
    },
  };
}

test('mdti serve counts what it does, and sends each document and each of its requests as a span', async () => {
  const { metrics, send, end } = await startServe();
  const params = { tenant_id: 'contoso.com' };
  await send({ id: 1, command: 'msg-defender-threat-intel-host', args: { host_id: 'contoso.com' }, params });
  const counted = await (await fetch(metrics)).text();
  expect(counted).toMatch(/mdti_graph_requests_total\{tenant="[^"]+",status="200"\} 1/);
  expect(counted).toMatch(/mdti_budget_requests_total\{tenant="[^"]+",class="interactive"\} 1/);
  await end();

  const spans = received.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  const document = spans.find(({ name }) => name === 'document');
  const request = spans.find(({ name }) => name === 'graph GET');
  expect(request).toMatchObject({ traceId: document?.traceId, parentSpanId: document?.spanId });
  expect(request?.attributes).toContainEqual({
    key: 'url.path',
    value: { stringValue: '/v1.0/security/threatIntelligence/hosts/contoso.com' },
  });
  const resource = JSON.stringify(received[0]?.resource);
  expect(resource).toContain('msg-defender-threat-intel');
  expect(resource).toContain('deployment.environment');
});

test.each([
  ['nothing requests them', {}],
  ['OTEL_TRACES_EXPORTER is none', { OTEL_TRACES_EXPORTER: 'none', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x' }],
  ['OTEL_SDK_DISABLED is true', { OTEL_SDK_DISABLED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x' }],
])('no traces where %s', async (_, environment) => {
  expect(await openTraces(environment, silentLog)).toBeUndefined();
});
