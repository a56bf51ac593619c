import { silentLog } from '../../src/base/log';
import { run } from '../../src/doors/run/run';
import { type RecordedRequest, type Sandbox, startSandbox } from '../../src/sandbox';
import { type Case, type Shown, WORLD } from './case';
import { type ScriptedGraph, startScriptedGraph } from './scripted-graph';

/** Where cases are played: `mdti run` on one side, the sandbox or a scripted Graph on the other, TLS between them. */
export interface Stage {
  play(one: Case): Promise<Shown>;
  close(): Promise<void>;
}

interface EntryOfAnswer {
  readonly HumanReadable?: string;
}

export async function openStage(): Promise<Stage> {
  const sandbox = await startSandbox({ world: WORLD });
  const scripted = await startScriptedGraph();
  return {
    async play(one) {
      const { origin, params, ca, lines } =
        one.answers === undefined ? inSandbox(sandbox, one) : inScript(scripted, one);
      const { document } = await run(JSON.stringify(one.invocation), {
        log: silentLog,
        override: { params: { ...params, ...(one.invocation.params as object) }, ca },
      });
      return shown(document, lines(), origin);
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

function inSandbox(sandbox: Sandbox, one: Case): Side {
  sandbox.reset();
  Object.assign(sandbox.faults, structuredClone(one.faults));
  const lines = () =>
    sandbox.requests
      .filter(({ path }) => path.startsWith('/v1.0'))
      .flatMap((request) => [`${request.method} ${request.path}`, ...linesWithin(request)]);
  return { origin: sandbox.origin, params: sandbox.params, ca: sandbox.ca, lines };
}

/** A batch shows what is in it. */
function linesWithin({ json }: RecordedRequest): string[] {
  const { requests = [] } = (json ?? {}) as { requests?: { method: string; url: string }[] };
  return requests.map(({ method, url }) => `${method} /v1.0${url}`);
}

function inScript(scripted: ScriptedGraph, one: Case): Side {
  scripted.play(one.answers ?? []);
  return {
    origin: scripted.origin,
    params: scripted.params,
    ca: scripted.ca,
    lines: () => [...scripted.lines],
  };
}

/** Tables are shown apart, as text; ports and ids that change from run to run get a name. */
function shown(document: object, lines: readonly string[], origin: string): Shown {
  const { integrationContext: _, ...rest } = document as {
    integrationContext?: unknown;
    entries: readonly EntryOfAnswer[];
  };
  const named = JSON.parse(neutral(JSON.stringify(rest), origin)) as { entries: readonly EntryOfAnswer[] };
  return {
    requests: lines.map((line) => neutral(line, origin)).sort(),
    document: { ...named, entries: named.entries.map(({ HumanReadable: _table, ...entry }) => entry) },
    markdown: `${named.entries.map((entry) => entry.HumanReadable ?? '(no table)').join('\n\n---\n\n')}\n`,
  };
}

function neutral(text: string, origin: string): string {
  return text.replaceAll(origin, 'https://graph.example').replace(/("requestId":")[^"]+/g, '$1…');
}
