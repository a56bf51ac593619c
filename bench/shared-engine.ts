import { redisBudget } from '../src/redis/budget';
import { openRedis } from '../src/redis/connection';
import { readSharedSettings } from '../src/redis/settings';

/** One engine of the bench `shared`: takes from the budget until the time is up, and prints when each request was granted. */
async function main([rate = '100', seconds = '5', lanes = '16', interactive = '0']: readonly string[]) {
  const settings = readSharedSettings(process.env);
  if (settings === undefined) throw new Error('MDTI_SHARED is not set');
  const connection = await openRedis(settings, () => {});
  const limits = { first: Number(rate), lowest: 1, highest: Number(rate), growth: 0 };
  const local = { take: async () => {}, refused: () => {} };
  const budget = await redisBudget(connection, { name: 'bench', rates: limits, local });
  const until = Date.now() + Number(seconds) * 1000;
  const granted: number[] = [];
  const waits: number[] = [];
  async function bulk(): Promise<void> {
    while (Date.now() < until) {
      await budget.take(1, 'bulk');
      granted.push(Date.now());
    }
  }
  async function person(): Promise<void> {
    while (Date.now() < until) {
      const begun = performance.now();
      await budget.take(1, 'interactive');
      waits.push(performance.now() - begun);
      granted.push(Date.now());
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
  await Promise.all([
    ...Array.from({ length: Number(lanes) }, bulk),
    ...(interactive === '1' ? [person()] : []),
  ]);
  process.stdout.write(JSON.stringify({ granted: granted.filter((time) => time < until), waits }));
  budget.close();
  await connection.close();
}

void main(process.argv.slice(2));
