import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ratesOf } from '../src/redis/shared-ports';
import { sharedEnvironment, startRedis } from '../test/server/redis';
import { atMost, type Figure, figureOf } from './figure';
import { type Namespace, openNamespace } from './namespace';
import type { Served } from './served';
import { simulate } from './simulate/model';

const ROWS = Number(process.env.MDTI_BENCH_ROWS ?? 200_000);
const WORKERS = 8;
const KILLS = 10;

/** Requests per second of the shared budget. */
const RATE = 1_000;

const MDTI = join(__dirname, '../dist/mdti.cjs');

/**
 * A long list over a queue: eight workers in two network namespaces, ten kills at random (workers, and Redis twice), one budget. The
 * output is compared with what `mdti enrich` alone writes, the requests with the rows, the time with the simulation.
 */
export async function queue(served: Served): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-queue-'));
  const redis = await startRedis('--appendonly', 'yes', '--appendfsync', 'everysec');
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    ...sharedEnvironment(redis),
    MDTI_SHARED_RATE: String(RATE),
    MDTI_LOG: 'error',
    MDTI_CACHE: join(folder, 'cache'),
    MDTI_RESPONSES: join(folder, 'responses'),
    MDTI_STATE_FILE: join(folder, 'state'),
    NODE_EXTRA_CA_CERTS: served.caFile,
  };
  const list = join(folder, 'list.txt');
  writeFileSync(list, Array.from({ length: ROWS }, (_, at) => `name-${at}.example\n`).join(''));
  writeFileSync(join(folder, 'contoso.json'), JSON.stringify(served.params), { mode: 0o600 });
  writeFileSync(join(folder, 'tenants.yaml'), 'tenants: {contoso: {params_file: contoso.json}}');
  const namespaces = await namespacesFor([redis.port, Number(new URL(served.origin).port)]);
  const workers: ChildProcess[] = [];
  function start(words: readonly string[], prefix: readonly string[] = []): ChildProcess {
    const [command = process.execPath, ...before] = [...prefix, process.execPath];
    return spawn(command, [...before, MDTI, ...words], {
      env: environment,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  const startWorker = () =>
    workers.push(
      start(
        ['worker', '--tenants', join(folder, 'tenants.yaml')],
        namespaces[workers.length % namespaces.length]?.prefix,
      ),
    );
  try {
    for (let worker = 0; worker < WORKERS; worker++) startWorker();
    const before = (await served.counts()).requested;
    const begun = performance.now();
    const out = join(folder, 'queued.ndjson');
    const job = start(['enrich', list, '--queue', 'bench', '--tenant', 'contoso', '--out', out]);
    const finished = once(job, 'exit');
    const stopKilling = new AbortController();
    const killing = kills(workers, startWorker, redis, stopKilling.signal);
    const [status] = await finished;
    const seconds = (performance.now() - begun) / 1000;
    stopKilling.abort();
    const killed = await killing;
    const sent = (await served.counts()).requested - before;
    for (const worker of workers) worker.kill('SIGKILL');
    const alone = join(folder, 'alone.ndjson');
    const params = join(folder, 'contoso.json');
    const single = spawn(process.execPath, [MDTI, 'enrich', list, '--out', alone, '--params', params], {
      env: { ...environment, MDTI_SHARED: '', MDTI_RESPONSES: join(folder, 'responses-alone') },
      stdio: 'ignore',
    });
    await once(single, 'exit');
    const simulated = simulate({
      rows: ROWS,
      hitRate: 0,
      tenants: 1,
      budget: ratesOf(RATE).first,
      machines: 1,
      seed: 1,
    }).seconds;
    const at = namespaces.length === 0 ? '' : `, ${namespaces.length} network namespaces`;
    const isSame = hashOf(out) === hashOf(alone);
    return [
      figureOf('queue: submissions that failed', status === 0 ? 0 : 1, 'runs', atMost(0)),
      figureOf(
        `queue: outputs that differ after ${killed} kills, ${ROWS} rows${at}`,
        isSame ? 0 : 1,
        'files',
        atMost(0),
      ),
      figureOf('queue: requests sent twice', (100 * (sent - ROWS)) / ROWS, '%', atMost(1)),
      figureOf('queue: time / simulated time', seconds / simulated, 'x', atMost(1.1)),
      figureOf('queue: simulated time / time', simulated / seconds, 'x', atMost(1.1)),
    ];
  } finally {
    for (const worker of workers) worker.kill('SIGKILL');
    await redis.close();
    for (const namespace of namespaces) namespace.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Two networks, where this machine can make them. */
async function namespacesFor(ports: readonly number[]): Promise<Namespace[]> {
  const made: Namespace[] = [];
  try {
    for (const number of [1, 2]) made.push(await openNamespace(number, ports));
  } catch (error) {
    for (const namespace of made.splice(0)) namespace.close();
    process.stderr.write(`queue: without network namespaces: ${error}\n`);
  }
  return made;
}

/** Kills until there were enough, or until the list is done. @returns the number of kills */
async function kills(
  workers: readonly ChildProcess[],
  startWorker: () => void,
  redis: Awaited<ReturnType<typeof startRedis>>,
  signal: AbortSignal,
): Promise<number> {
  const span = (ROWS / RATE / KILLS) * 1000;
  for (let kill = 0; kill < KILLS; kill++) {
    await pause(span * (0.4 + Math.random() * 0.8), undefined, { signal }).catch(() => {});
    if (signal.aborted) return kill;
    if (kill % 5 === 4) {
      await redis.kill();
      await redis.start();
      continue;
    }
    const alive = workers.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    alive[Math.floor(Math.random() * alive.length)]?.kill('SIGKILL');
    startWorker();
  }
  return KILLS;
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
