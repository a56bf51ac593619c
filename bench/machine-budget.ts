import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { atLeast, atMost, type Figure, figureOf, quantile } from './figure';
import { open } from './library';
import { paramsFile } from './params-file';
import { type Served, serve } from './served';

const COMMAND_LINE = join(__dirname, '../dist/mdti.cjs');

const LATENCY = 200;
const BUDGET = { requests: 500, window: 10 };

/** Seconds until the limit is learned, and seconds that are measured. */
const LEARNING = 25;
const MEASURED = 60;

/** Milliseconds between two commands of a user. */
const EVERY = 600;

/** Four and eight `mdti enrich` and one user on the budget of one tenant, and what happens when the serving process is killed. */
export async function machineBudget(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const namesTime of [true, false])
    for (const processes of [4, 8]) figures.push(...(await together(processes, namesTime)));
  return [...figures, await killed()];
}

/** A running `mdti enrich` with a list that is longer than the measurement. */
interface Run {
  readonly child: ChildProcess;
  rows(): number;
  /** When rows were last received, and the longest time without any, milliseconds. */
  longestGap(since: number): number;
}

function enrichRun(served: Served, name: string, rows: number): Run {
  const { file, environment } = paramsFile(served);
  const child = spawn(process.execPath, [COMMAND_LINE, 'enrich', '--params', file], {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => {});
  child.stdin.write(Array.from({ length: rows }, (_, at) => `${name}-${at}.example\n`).join(''));
  let received = 0;
  const times: number[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 10) received += 1;
    times.push(performance.now());
  });
  return {
    child,
    rows: () => received,
    longestGap(since) {
      const later = [since, ...times.filter((time) => time > since), performance.now()];
      return Math.max(...later.slice(1).map((time, at) => time - (later[at] ?? time)));
    },
  };
}

async function ended(runs: readonly Run[]): Promise<void> {
  await Promise.all(
    runs.map(async ({ child }) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }),
  );
}

async function together(processes: number, namesTime: boolean): Promise<Figure[]> {
  const served = await serve();
  const own = process.env.MDTI_STATE_FILE;
  process.env.MDTI_STATE_FILE = join(dirname(served.caFile), 'state');
  const runs: Run[] = [];
  try {
    await served.setFaults({
      latency: LATENCY,
      budget: { ...BUDGET, ...(namesTime ? {} : { silent: true }) },
    });
    runs.push(...Array.from({ length: processes }, (_, at) => enrichRun(served, `list${at}`, 20_000)));
    await pause(LEARNING * 1000);
    const { plugin } = await open(served);
    const before = await served.counts();
    const started = performance.now();
    const waits: number[] = [];
    while (performance.now() - started < MEASURED * 1000) {
      const requested = performance.now();
      await plugin.execute('msg-defender-threat-intel-host', { host_id: `person${waits.length}.example` });
      waits.push(performance.now() - requested);
      await pause(EVERY);
    }
    const seconds = (performance.now() - started) / 1000;
    const after = await served.counts();
    const rows = runs.map((_, at) => (after.lists[at] ?? 0) - (before.lists[at] ?? 0));
    const sum = rows.reduce((total, count) => total + count, 0);
    const requests = after.requested - before.requested;
    const refused = after.refused - before.refused;
    const name = `budget, ${processes} processes, ${namesTime ? 'with' : 'without'} Retry-After`;
    return [
      figureOf(
        `${name}: used`,
        (100 * (requests - refused) * BUDGET.window) / (seconds * BUDGET.requests),
        '%',
        atLeast(95),
      ),
      figureOf(`${name}: refused`, (100 * refused) / requests, '%', atMost(1)),
      figureOf(
        `${name}: fairness (Jain)`,
        sum ** 2 / (processes * rows.reduce((total, count) => total + count ** 2, 0)),
        'x',
        atLeast(0.98),
      ),
      figureOf(
        `${name}: a user's command, 95th percentile`,
        quantile(waits, 0.95),
        'ms',
        atMost(300),
        waits.length,
      ),
      figureOf(`${name}: refused while the limit is learned`, before.refused, 'requests'),
    ];
  } finally {
    await ended(runs);
    if (own === undefined) delete process.env.MDTI_STATE_FILE;
    else process.env.MDTI_STATE_FILE = own;
    await served.close();
  }
}

/** The first process serves; it is killed while three others work. */
async function killed(): Promise<Figure> {
  const served = await serve();
  await served.setFaults({ latency: LATENCY });
  const first = enrichRun(served, 'first', 100_000);
  while (first.rows() === 0) await pause(20);
  const others = [1, 2, 3].map((at) => enrichRun(served, `other${at}`, 100_000));
  while (others.some(({ rows }) => rows() < 200)) await pause(20);
  const since = performance.now();
  first.child.kill('SIGKILL');
  await pause(5_000);
  const gap = Math.max(...others.map(({ longestGap }) => longestGap(since)));
  await ended([first, ...others]);
  await served.close();
  return figureOf(
    'budget: the serving process is killed, longest pause of the others',
    gap,
    'ms',
    atMost(1_000),
  );
}
