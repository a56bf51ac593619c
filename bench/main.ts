import { bulk } from './bulk';
import { cold } from './cold';
import { enrich } from './enrich';
import { enrichSpeed } from './enrich-speed';
import { type Figure, holds } from './figure';
import { investigation } from './investigation';
import { kills } from './kills';
import { list } from './list';
import { machineBudget } from './machine-budget';
import { platform } from './platform';
import { queue } from './queue';
import { RESULTS, tableOf, write } from './report';
import { serveLoad } from './serve-load';
import { type Served, serve } from './served';
import { shared } from './shared';
import { soak } from './soak';
import { throttled } from './throttled';
import { warm } from './warm';
import { web } from './web';

const BENCHES: Readonly<Record<string, (served: Served) => Promise<Figure[]>>> = {
  cold,
  warm,
  bulk,
  throttled,
  list,
  enrich,
  'enrich-speed': enrichSpeed,
  budget: machineBudget,
  serve: serveLoad,
  kills,
  soak,
  shared,
  queue,
  platform,
  investigation,
  web,
};

/** `npm run bench`, or `npm run bench -- cold bulk` for some of it; only a whole run is kept. */
async function main(wanted: readonly string[]): Promise<void> {
  const figures: Figure[] = [];
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const served = await serve();
    figures.push(...(await bench(served)));
    await served.close();
  }
  console.log(tableOf(figures));
  if (wanted.length === 0) {
    write(figures);
    console.log(`\nwritten to ${RESULTS}`);
  }
  process.exitCode = figures.every(holds) ? 0 : 1;
}

void main(process.argv.slice(2));
