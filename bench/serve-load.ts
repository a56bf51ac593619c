import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import axios from 'axios';
import { atMost, type Figure, figure, figureOf, quantile } from './figure';
import { open } from './library';
import { pairs, timed } from './pairs';
import { paramsFile } from './params-file';
import { type Served, serve } from './served';

const COMMAND_LINE = join(__dirname, '../dist/mdti.cjs');
const LINE_SERVER = join(__dirname, 'bare/line-server.cjs');
const PATH = '/v1.0/security/threatIntelligence/hosts/contoso.com';
const DOCUMENTS = 10_000;
const TENANTS = 10;
/** Pairs before the counted ones: V8 compiles the hundreds of functions that a document runs only within about as many. */
const WARM_UP = 10_000;
const SOON = 1_000;
const SAMPLES = 2_000;

/** `mdti serve`: against a bare GET, with a throttled tenant among ten, and with a reader that sleeps. */
export async function serveLoad(served: Served): Promise<Figure[]> {
  return [...(await warmed(served)), await fair(), await sleeping(served)];
}

interface Serving {
  readonly child: ChildProcess;
  /** Sends a document and waits for its response. */
  run(params: object, host: string): Promise<void>;
  close(): Promise<void>;
}

const SERVE = [COMMAND_LINE, 'serve'];

function start(served: Served, words = SERVE, more: Readonly<Record<string, string>> = {}): ChildProcess {
  const { environment } = paramsFile(served);
  const child = spawn(process.execPath, words, {
    env: { ...process.env, ...environment, ...more },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // It is killed while documents are on their way to it.
  child.stdin.on('error', () => {});
  return child;
}

function serving(served: Served, child = start(served)): Serving {
  const waiting = new Map<number, (code: string | undefined) => void>();
  let next = 0;
  if (child.stdout !== null)
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { id, errors } = JSON.parse(line) as { id: number; errors?: { code: string }[] };
      waiting.get(id)?.(errors?.[0]?.code);
      waiting.delete(id);
    });
  return {
    child,
    async run(params, host) {
      const id = next++;
      const done = new Promise<string | undefined>((resolve) => waiting.set(id, resolve));
      child.stdin?.write(`${documentOf(id, params, host)}\n`);
      const code = await done;
      if (code !== undefined) throw new Error(`a document failed: ${code}`);
    },
    async close() {
      const gone = once(child, 'exit');
      child.stdin?.end();
      await gone;
    },
  };
}

/** Responses are not cached: every document is a request. */
function documentOf(id: number, params: object, host: string): string {
  const command = 'msg-defender-threat-intel-host';
  return JSON.stringify({ id, command, args: { host_id: host }, params: { ...params, cache_ttl: '0' } });
}

/** A warm document, and what a line server costs that does nothing but send: the least that is possible with axios. */
async function warmed(served: Served): Promise<Figure[]> {
  const { token } = await open(served);
  const httpsAgent = new Agent({ keepAlive: true, ca: readFileSync(served.caFile, 'utf8') });
  const headers = { authorization: `Bearer ${token}` };
  const bare = () => timed(() => axios.get(served.origin + PATH, { httpsAgent, headers }));
  const ratios = async (on: Serving) => {
    const document = () => timed(() => on.run(served.params, 'contoso.com'));
    await pairs(document, bare, SOON);
    const soon = await pairs(document, bare, SAMPLES);
    await pairs(document, bare, WARM_UP - SOON - SAMPLES);
    const warm = await pairs(document, bare, SAMPLES);
    await on.close();
    return { soon, warm };
  };
  const documents = await ratios(serving(served));
  const least = start(served, [LINE_SERVER, served.origin + PATH], { TOKEN: token });
  const lines = await ratios(serving(served, least));
  httpsAgent.destroy();
  return [
    figure('serve: warm document / bare axios GET', 'x', documents.warm, atMost(1.3)),
    figure('serve: document 1,000 to 3,000 / bare axios GET', 'x', documents.soon),
    figure('serve: line server that only sends / bare axios GET', 'x', lines.warm),
  ];
}

/** The longest hundredth of what nine tenants wait for, with and without a throttled tenth one. */
async function fair(): Promise<Figure> {
  const [good, tenth] = [await serve(), await serve()];
  // Both services have an authority of the same name, so Node trusts one of them.
  const tenthParams = { ...tenth.params, insecure: true };
  const latency = 20;
  await good.setFaults({ latency });
  const measured = async (isThrottled: boolean): Promise<number> => {
    await tenth.setFaults({ latency, budget: isThrottled ? { requests: 1, window: 3_600 } : null });
    const { child, run } = serving(good);
    const waits: number[] = [];
    const documents = Array.from({ length: DOCUMENTS }, async (_, at) => {
      await pause(Math.floor(at / 10) * 10);
      const tenant = at % TENANTS;
      const started = performance.now();
      const done = run(tenant === 9 ? tenthParams : paramsOf(good, tenant), `n${at}.example`);
      // Nothing waits for the documents of the throttled tenant.
      if (tenant === 9 && isThrottled) return void done.catch(() => {});
      await done;
      if (tenant !== 9) waits.push(performance.now() - started);
    });
    await Promise.all(documents);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    return quantile(waits, 0.99);
  };
  await measured(false);
  const without = await measured(false);
  const with_ = await measured(true);
  await Promise.all([good.close(), tenth.close()]);
  return figureOf(
    'serve: 10,000 documents, p99 of nine tenants with a throttled tenth / without',
    with_ / without,
    'x',
    atMost(1.5),
  );
}

/** Tenants are distinguished by their parameters as written; the name of the host is the same in any case of letters. */
function paramsOf({ params, origin }: Served, tenant: number): object {
  const { protocol, hostname, port } = new URL(origin);
  const name = [...hostname].map((letter, at) => (at === tenant ? letter.toUpperCase() : letter)).join('');
  return { ...params, graph_endpoint: `${protocol}//${name}:${port}` };
}

/** Memory while no response is read: it must not grow with what is sent. */
async function sleeping(served: Served): Promise<Figure> {
  const child = start(served);
  child.stdout?.pause();
  let sent = 0;
  let isStopped = false;
  const send = async () => {
    while (!isStopped && sent < 200_000) {
      sent += 1;
      if (child.stdin?.write(`${documentOf(sent, served.params, 'contoso.com')}\n`) === false)
        await drained(child.stdin);
    }
  };
  const sending = send();
  await pause(8_000);
  const early = residentOf(child);
  await pause(12_000);
  const late = residentOf(child);
  isStopped = true;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  await sending;
  return figureOf('serve: sleeping reader, memory after 20 s / after 8 s', late / early, 'x', atMost(1.2));
}

/** Waits for a reader, for a second at most. */
async function drained(stream: Writable): Promise<void> {
  const signal = AbortSignal.timeout(1_000);
  await once(stream, 'drain', { signal }).catch(() => {});
}

/** Resident memory in KiB, where the system shows it. */
function residentOf({ pid }: ChildProcess): number {
  const [, size] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(size);
}
