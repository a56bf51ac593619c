import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { atLeast, atMost, type Figure, figureOf } from './figure';
import { open } from './library';
import { timed } from './pairs';
import { paramsFile } from './params-file';
import { names, rate, serveRated } from './rated-world';
import type { Served } from './served';
import { weighed } from './weighed';

const LATENCY = 100;
const BUDGET = { requests: 500, window: 10 };
/** What three windows have room for, */
const USED = 3 * BUDGET.requests;
/** and a batch more, which is responded when the next one starts. */
const HOSTS = names(USED + 20);

/** Requests the reputations of all of them. @returns how many came back */
type Way = (served: Served) => Promise<() => Promise<number>>;

const WAYS: Readonly<Record<string, Way>> = { command, enrich };

/** A service that allows a number of requests in ten seconds: the share of them that a long list uses. */
export async function throttled(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, way] of Object.entries(WAYS)) figures.push(...(await under(name, way)));
  return figures;
}

async function under(name: string, way: Way): Promise<Figure[]> {
  const served = await serveRated(HOSTS);
  const work = await way(served);
  await served.setFaults({ latency: LATENCY, budget: BUDGET });
  const before = await served.counts();
  let responded = 0;
  const milliseconds = await timed(async () => {
    responded = await work();
  });
  const after = await served.counts();
  await served.close();
  const granted = (BUDGET.requests * milliseconds) / (BUDGET.window * 1000);
  return [
    figureOf(`throttled ${name}: share of the budget used`, (100 * USED) / granted, '%', atLeast(90)),
    figureOf(`throttled ${name}: rows lost`, HOSTS.length - responded, 'rows', atMost(0)),
    figureOf(
      `throttled ${name}: sent again`,
      (100 * (after.requested - before.requested - HOSTS.length)) / HOSTS.length,
      '%',
    ),
  ];
}

/** One command with a list, through the library. */
async function command(served: Served): Promise<() => Promise<number>> {
  const { plugin } = await open(served);
  return () => rate(plugin, HOSTS);
}

/** `mdti enrich`, from the start of its process on. */
async function enrich(served: Served): Promise<() => Promise<number>> {
  const { file, environment } = paramsFile(served);
  const list = join(dirname(file), 'hosts.txt');
  const out = join(dirname(file), 'hosts.ndjson');
  writeFileSync(list, HOSTS.join('\n'));
  return async () => {
    await weighed(['enrich', list, '--out', out, '--params', file], environment);
    const rows = readFileSync(out, 'utf8').trimEnd().split('\n');
    return rows.filter((row) => (JSON.parse(row) as { outcome: string }).outcome === 'found').length;
  };
}
