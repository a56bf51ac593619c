import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { diskCache } from '../src/cache/disk-cache';
import { keyOf, responseTo } from './cache-writer';

/** Responses that were read after the kills, and those among them that are wrong. */
interface CachedResponses {
  readonly found: number;
  readonly wrong: number;
}

/** Two processes write to one cache and are killed in turn; after each kill every response is read. */
export async function killedCache(responses: string, kills: number): Promise<CachedResponses> {
  const begin = () =>
    fork(join(__dirname, 'cache-writer.ts'), [responses], { execArgv: ['--import', 'tsx'] });
  let wrong = 0;
  let found = 0;
  let writers: ChildProcess[] = [begin(), begin()];
  await Promise.all(writers.map((writer) => once(writer, 'message')));
  for (let kill = 0; kill < kills; kill++) {
    await pause(Math.random() * 100);
    const [oldest, other] = writers;
    const over = oldest === undefined ? undefined : once(oldest, 'exit');
    oldest?.kill('SIGKILL');
    await over;
    const reader = diskCache({ folder: responses, log: () => {} });
    const keys = Array.from({ length: 2_000 }, (_, at) => keyOf(at));
    for (const [at, response] of (await reader.getMany(keys)).entries()) {
      if (response === undefined) continue;
      found += 1;
      if (response.json !== responseTo(keyOf(at))) wrong += 1;
    }
    reader.close();
    const next = begin();
    await once(next, 'message');
    writers = [...(other === undefined ? [] : [other]), next];
  }
  for (const writer of writers) writer.kill('SIGKILL');
  return { found, wrong };
}
