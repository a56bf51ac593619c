import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coldCache } from './cold-cache';
import { atLeast, atMost, type Figure, figureOf } from './figure';
import { paramsFile } from './params-file';
import type { Served } from './served';
import { type Weighed, weighed } from './weighed';

const DISTINCT = 100_000;
const ROWS = 1_000_000;
const EXPONENT = 1.1;
const NIGHTLY = 100_000;
const CHANGED = 0.05;
const LATENCY = 200;
const AT_LATENCY = 40_000;

/** Long lists: natural repetition, a list that comes back the next night, and a service that takes its time. */
export async function enrichSpeed(served: Served): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-speed-'));
  const { file: params, environment } = paramsFile(served);
  let runs = 0;
  const run = async (
    rows: readonly string[],
    cache: string,
  ): Promise<Weighed & { readonly requested: number }> => {
    runs += 1;
    const input = join(folder, `${runs}.txt`);
    writeFileSync(input, `${rows.join('\n')}\n`);
    const before = await served.counts();
    const args = ['enrich', input, '--out', join(folder, `${runs}.ndjson`), '--params', params];
    const taken = await weighed(args, { ...environment, MDTI_RESPONSES: join(folder, cache) });
    return { ...taken, requested: (await served.counts()).requested - before.requested };
  };
  const first = names('night', 0, NIGHTLY);
  const second = [...names('night', 0, NIGHTLY * (1 - CHANGED)), ...names('new', 0, NIGHTLY * CHANGED)];

  const cold = await run(first, 'nightly');
  const again = await run(second, 'nightly');
  const warm = await run(second, 'nightly');
  await served.setFaults({ latency: LATENCY });
  const slow = await run(names('slow', 0, AT_LATENCY), 'slow');
  await served.setFaults({ latency: 0 });
  const repeated = zipf();
  const distinct = new Set(repeated).size;
  const zipfRun = await run(repeated, 'zipf');
  rmSync(folder, { recursive: true });
  return [
    ...(await coldCache(served)),
    figureOf(
      'enrich: requests on the second night, 95 % overlap',
      (100 * again.requested) / NIGHTLY,
      '%',
      atMost(6),
    ),
    figureOf(
      'enrich: warm cache / cold cache, rows per second',
      cold.milliseconds / warm.milliseconds,
      'x',
      atLeast(3),
    ),
    figureOf(
      `enrich: rate at ${LATENCY} ms latency`,
      AT_LATENCY / (slow.milliseconds / 1000),
      'rows/s',
      atLeast(2_000),
    ),
    figureOf('enrich: processor time, cold cache', (1000 * cold.processor) / NIGHTLY, 'µs/row'),
    figureOf(
      'enrich: requests / distinct values, 1,000,000 rows (Zipf 1.1)',
      zipfRun.requested / distinct,
      'x',
      atMost(1.01),
    ),
    figureOf('enrich: memory, 1,000,000 rows (Zipf 1.1)', zipfRun.peak, 'MB', atMost(200)),
    figureOf('enrich: rate, 1,000,000 rows (Zipf 1.1)', ROWS / (zipfRun.milliseconds / 1000), 'rows/s'),
  ];
}

function names(word: string, from: number, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${word}${from + at}.example`);
}

/** A million rows of 100,000 values, of which the most frequent ones come often; the same list every time. */
function zipf(): string[] {
  const sums = new Float64Array(DISTINCT);
  let sum = 0;
  for (let rank = 0; rank < DISTINCT; rank++) {
    sum += 1 / (rank + 1) ** EXPONENT;
    sums[rank] = sum;
  }
  let state = 20_240_101;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: ROWS }, () => `value${rankOf(sums, random() * sum)}.example`);
}

function rankOf(sums: Float64Array, wanted: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
