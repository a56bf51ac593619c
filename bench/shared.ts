import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sharedEnvironment, startRedis } from '../test/server/redis';
import { type Figure, quantile } from './figure';

/** Requests per second that all engines share, and seconds of each run. */
const RATE = 100;
const SECONDS = 6;

/** One budget for two, four and eight processes over a real Redis: how much of it is used, and how evenly. */
export async function shared(): Promise<Figure[]> {
  const redis = await startRedis();
  const environment = { ...process.env, ...sharedEnvironment(redis) };
  const figures: Figure[] = [];
  try {
    for (const engines of [2, 4, 8]) {
      const runs = await Promise.all(
        Array.from({ length: engines }, (_, index) => run(environment, index === 0 ? '1' : '0')),
      );
      const granted = runs.flatMap((one) => one.granted).sort((one, other) => one - other);
      const counts = runs.map((one) => one.granted.length);
      const sum = counts.reduce((total, count) => total + count, 0);
      const jain = sum ** 2 / (engines * counts.reduce((total, count) => total + count ** 2, 0));
      const span = ((granted.at(-1) ?? 0) - (granted[0] ?? 0)) / 1000;
      const target = (is: 'at most' | 'at least', value: number) =>
        ({ samples: 1, target: { is, value } }) as const;
      figures.push(
        {
          name: `shared: budget used, ${engines} processes`,
          value: (100 * granted.length) / (RATE * span),
          unit: '%',
          ...target('at least', 95),
        },
        {
          name: `shared: worst sliding second, ${engines} processes`,
          value: (100 * worstSecond(granted)) / RATE,
          unit: '%',
          ...target('at most', 110),
        },
        {
          name: `shared: fairness (Jain), ${engines} processes`,
          value: jain,
          unit: 'x',
          ...target('at least', 0.98),
        },
        {
          name: `shared: interactive wait, 95th percentile, ${engines} processes`,
          value: quantile(runs[0]?.waits ?? [], 0.95),
          unit: 'ms',
          ...target('at most', 100),
        },
      );
    }
  } finally {
    await redis.close();
  }
  return figures;
}

async function run(
  environment: NodeJS.ProcessEnv,
  interactive: string,
): Promise<{ readonly granted: readonly number[]; readonly waits: readonly number[] }> {
  const words = [join(__dirname, 'shared-engine.ts'), String(RATE), String(SECONDS), '16', interactive];
  const child = spawn(process.execPath, ['--import', 'tsx', ...words], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (part) => {
    output += part;
  });
  await once(child, 'close');
  return JSON.parse(output);
}

function worstSecond(granted: readonly number[]): number {
  let worst = 0;
  for (let first = 0, last = 0; last < granted.length; last++) {
    while ((granted[last] ?? 0) - (granted[first] ?? 0) >= 1000) first++;
    worst = Math.max(worst, last - first + 1);
  }
  return worst;
}
