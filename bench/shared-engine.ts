import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { systemClock } from '../src/base/clock';
import type { Priority } from '../src/budget/budget';
import { localBudget } from '../src/budget/local-budget';
import { redisBudget } from '../src/redis/budget';
import { openRedis } from '../src/redis/connection';
import { readSharedSettings } from '../src/redis/settings';
import { ratesOf } from '../src/redis/shared-ports';

/** What one engine of the bench `shared` did: requests that were granted, and how long each of a user's requests took. */
export interface EngineReport {
  readonly granted: number;
  readonly waits: readonly number[];
}

/**
 * One engine of the bench `shared`: says `ready`, waits for a line, sends until the time is up, and prints a report.
 * @param rate requests per second, or `learned`
 */
async function main([origin = '', rate = '', seconds = '', lanes = '', interactive = '']: readonly string[]) {
  const settings = readSharedSettings(process.env);
  if (settings === undefined) throw new Error('MDTI_SHARED is not set');
  const connection = await openRedis(settings, () => {});
  const rates = ratesOf(rate === 'learned' ? undefined : Number(rate));
  const local = localBudget(systemClock);
  const budget = await redisBudget(connection, { name: `bench-${rate}`, rates, local });
  const agent = new Agent({ keepAlive: true });
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
  const until = Date.now() + Number(seconds) * 1000;
  let granted = 0;
  const waits: number[] = [];

  async function send(priority: Priority): Promise<void> {
    await budget.take(1, priority);
    if (Date.now() >= until) return;
    const request = get(origin, { agent });
    const [response] = await once(request, 'response');
    response.resume();
    await once(response, 'end');
    if (response.statusCode === 429) budget.refused(Number(response.headers['retry-after']) * 1000);
    else granted += 1;
  }

  async function bulk(): Promise<void> {
    while (Date.now() < until) await send('bulk');
  }

  async function person(): Promise<void> {
    while (Date.now() < until) {
      const begun = performance.now();
      await send('interactive');
      waits.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }

  await Promise.all([
    ...Array.from({ length: Number(lanes) }, bulk),
    ...(interactive === '1' ? [person()] : []),
  ]);
  process.stdout.write(`${JSON.stringify({ granted, waits } satisfies EngineReport)}\n`);
  agent.destroy();
  budget.close();
  await connection.close();
  process.exit(0);
}

void main(process.argv.slice(2));
