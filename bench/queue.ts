import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sharedEnvironment, startRedis } from '../test/server/redis';
import type { Figure } from './figure';
import type { Served } from './served';
import { simulate } from './simulate/model';

const ROWS = 200_000;
const WORKERS = 8;
const KILLS = 10;

/** Requests per second of the shared budget: the list takes a hundred seconds. */
const RATE = 2_000;

const MDTI = join(__dirname, '../dist/mdti.cjs');

/**
 * A long list over a queue: eight workers, ten kills at random (workers, and Redis once), one budget. The output is compared
 * with what `mdti enrich` alone writes, the requests with the rows, the time with the simulation.
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
    MDTI_STATE_FILE: join(folder, 'state'),
    NODE_EXTRA_CA_CERTS: served.caFile,
  };
  const list = join(folder, 'list.txt');
  writeFileSync(list, Array.from({ length: ROWS }, (_, at) => `name-${at}.example\n`).join(''));
  writeFileSync(join(folder, 'contoso.json'), JSON.stringify(served.params), { mode: 0o600 });
  writeFileSync(join(folder, 'tenants.yaml'), 'tenants: {contoso: {params_file: contoso.json}}');
  const workers: ChildProcess[] = [];
  const start = (...words: readonly string[]) =>
    spawn(process.execPath, [MDTI, ...words], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
  const startWorker = () => workers.push(start('worker', '--tenants', join(folder, 'tenants.yaml')));
  try {
    for (let worker = 0; worker < WORKERS; worker++) startWorker();
    const before = (await served.counts()).asked;
    const begun = performance.now();
    const out = join(folder, 'queued.ndjson');
    const job = start('enrich', list, '--queue', 'bench', '--tenant', 'contoso', '--out', out);
    const finished = once(job, 'exit');
    const killing = kills(workers, startWorker, redis);
    const [status] = await finished;
    const seconds = (performance.now() - begun) / 1000;
    await killing;
    const sent = (await served.counts()).asked - before;
    const alone = join(folder, 'alone.ndjson');
    const single = spawn(
      process.execPath,
      [MDTI, 'enrich', list, '--out', alone, '--params', join(folder, 'contoso.json')],
      {
        env: { ...environment, MDTI_SHARED: '' },
        stdio: 'ignore',
      },
    );
    await once(single, 'exit');
    const predicted = simulate({
      rows: ROWS,
      hitRate: 0,
      tenants: 1,
      budget: RATE,
      machines: 1,
      seed: 1,
    }).seconds;
    const one = { samples: 1 } as const;
    return [
      {
        name: 'queue: exit status',
        value: Number(status),
        unit: 'files',
        ...one,
        target: { is: 'at most', value: 0 },
      },
      {
        name: `queue: outputs that differ after ${KILLS} kills, ${ROWS} rows`,
        value: hashOf(out) === hashOf(alone) ? 0 : 1,
        unit: 'files',
        ...one,
        target: { is: 'at most', value: 0 },
      },
      {
        name: 'queue: requests sent twice',
        value: (100 * (sent - ROWS)) / ROWS,
        unit: '%',
        ...one,
      },
      {
        name: 'queue: time / simulated time',
        value: seconds / predicted,
        unit: 'x',
        ...one,
        target: { is: 'at most', value: 1.1 },
      },
    ];
  } finally {
    for (const worker of workers) worker.kill('SIGKILL');
    await redis.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function kills(
  workers: readonly ChildProcess[],
  startWorker: () => void,
  redis: Awaited<ReturnType<typeof startRedis>>,
): Promise<void> {
  for (let kill = 0; kill < KILLS; kill++) {
    await pause(4_000 + Math.random() * 4_000);
    if (kill === KILLS / 2) {
      await redis.kill();
      await redis.start();
      continue;
    }
    const alive = workers.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    alive[Math.floor(Math.random() * alive.length)]?.kill('SIGKILL');
    startWorker();
  }
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
