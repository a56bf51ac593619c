import { parseJson } from '../../src/base/json';
import { silentLog } from '../../src/base/log';
import { run } from '../../src/doors/run/run';
import { openTransport } from '../../src/engine/open-services';
import type { Transport } from '../../src/http/transport';
import { type RecordedRequest, type Sandbox, startSandbox } from '../../src/sandbox';
import { memoryStore } from '../../src/state/store';
import { type Case, type Expectation, WORLD } from './case';
import { describeOutcome, type RunDocument } from './expectation';
import { type ScriptedGraph, startScriptedGraph } from './scripted-graph';

/** Where cases are played: `mdti run` on one side, the sandbox or a scripted Graph on the other, TLS between them. */
export interface Stage {
  /** What a case shows, in the short form of its file. */
  play(one: Omit<Case, 'expect'>): Promise<Expectation>;
  /** What a case shows, whole. */
  show(one: Omit<Case, 'expect'>): Promise<Shown>;
  close(): Promise<void>;
}

/** The result of `mdti run`, the requests that reached Graph, sorted, and the bodies that it sent. */
export interface Shown {
  readonly document: RunDocument;
  readonly requests: readonly string[];
  readonly bodies: readonly unknown[];
}

const API = '/v1.0/security/threatIntelligence';

export async function openStage(): Promise<Stage> {
  const sandbox = await startSandbox({ world: WORLD });
  const scripted = await startScriptedGraph();
  const connections = {
    sandbox: openTransport(sandbox.params, { ca: sandbox.ca }),
    scripted: openTransport(scripted.params, { ca: scripted.ca }),
  };
  const show = async (one: Omit<Case, 'expect'>): Promise<Shown> => {
    const { origin, params, ca, lines } =
      one.responses === undefined ? inSandbox(sandbox, one) : inScript(scripted, one);
    const bodies: unknown[] = [];
    const { command, args, lastRun } = one;
    const { document } = await run(JSON.stringify({ command, args, params: one.params, lastRun }), {
      log: silentLog,
      override: { params: { ...params, ...one.params }, ca },
      shared: (_, integrationContext) => ({
        store: memoryStore(integrationContext),
        transport: recording(connections[one.responses === undefined ? 'sandbox' : 'scripted'], bodies),
      }),
    });
    return JSON.parse(neutral(JSON.stringify({ document, requests: lines().sort(), bodies }), origin));
  };
  return {
    show,
    async play(one) {
      const { document, requests, bodies } = await show(one);
      return JSON.parse(JSON.stringify(describeOutcome(document, requests, bodies)));
    },
    async close() {
      await Promise.all([sandbox.close(), scripted.close()]);
    },
  };
}

interface Side {
  readonly origin: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly ca: string;
  readonly lines: () => string[];
}

function inSandbox(sandbox: Sandbox, one: Pick<Case, 'faults'>): Side {
  sandbox.reset();
  Object.assign(sandbox.faults, structuredClone(one.faults));
  const lines = () =>
    sandbox.requests
      .filter(({ path }) => path.startsWith('/v1.0'))
      .flatMap((request) => [`${request.method} ${request.path}`, ...linesWithin(request)])
      .map(short);
  return { origin: sandbox.origin, params: sandbox.params, ca: sandbox.ca, lines };
}

/** The requests inside a batch. */
function linesWithin({ json }: RecordedRequest): string[] {
  const { requests = [] } = (json ?? {}) as { requests?: { method: string; url: string }[] };
  return requests.map(({ method, url }) => `${method} /v1.0${url}`);
}

function inScript(scripted: ScriptedGraph, one: Pick<Case, 'responses'>): Side {
  scripted.play((one.responses ?? []).map((each) => ({ ...each, request: long(each.request) })));
  return {
    origin: scripted.origin,
    params: scripted.params,
    ca: scripted.ca,
    lines: () => scripted.lines.map(short),
  };
}

/** Keeps the parsed body of every response, those inside a batch one by one. */
function recording(transport: Transport, bodies: unknown[]): Transport {
  return async (request) => {
    const response = await transport(request);
    const body = parseJson(response.body) as { responses?: { body: unknown }[] } | undefined;
    bodies.push(...(body?.responses?.map((each) => each.body) ?? [body]));
    return response;
  };
}

/** `GET /hosts/contoso.com` for `GET /v1.0/security/threatIntelligence/hosts/contoso.com`. */
function short(line: string): string {
  return line.replace(API, '').replace('/v1.0/$batch', '/$batch');
}

function long(line: string): string {
  return line.replace(/^(\w+) /, line.endsWith(' /$batch') ? '$1 /v1.0' : `$1 ${API}`);
}

/** Ports and request ids change from run to run. */
function neutral(text: string, origin: string): string {
  return text
    .replaceAll(origin, 'https://graph.example')
    .replace(/("requestId":")[^"]+/g, '$1…')
    .replace(/(\\"checked\\":)\d+/g, '$10');
}
