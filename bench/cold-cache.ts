import { join } from 'node:path';
import { node } from './child';
import type { EnrichRun } from './enrich-run';
import { atMost, type Figure, figure } from './figure';
import type { Served } from './served';

const ROWS = 20_000;
const PAIRS = 5;
const LATENCY = 200;

/** What an empty response cache costs a list of distinct values, against a run without a cache: pairs that take turns. */
export async function coldCache(served: Served): Promise<Figure[]> {
  await served.setFaults({ latency: LATENCY });
  const run = async (mode: 'cache' | 'none', pair: number): Promise<EnrichRun> => {
    const words = ['--import', 'tsx', join(__dirname, 'enrich-run.ts'), mode, String(ROWS), `${mode}${pair}`];
    const environment = { NODE_EXTRA_CA_CERTS: served.caFile };
    const { stdout } = await node(words, JSON.stringify(served.params), environment);
    return JSON.parse(stdout);
  };
  const processor: number[] = [];
  const elapsed: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const first = await run(pair % 2 === 0 ? 'cache' : 'none', pair);
    const second = await run(pair % 2 === 0 ? 'none' : 'cache', pair);
    const [cache, none] = pair % 2 === 0 ? [first, second] : [second, first];
    processor.push(cache.processor / none.processor);
    elapsed.push(cache.milliseconds / none.milliseconds);
  }
  await served.setFaults({ latency: 0 });
  return [
    figure('cache: cost on a cold run, processor time with / without', 'x', processor),
    figure(
      `cache: cost on a cold run at ${LATENCY} ms latency, time with / without`,
      'x',
      elapsed,
      atMost(1.05),
    ),
  ];
}
