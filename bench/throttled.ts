import type { Figure } from './figure';
import { open } from './library';
import { timed } from './pairs';
import { names, rate, serveRated } from './rated-world';

const LATENCY = 100;
const BUDGET = { requests: 500, window: 10 };
/** What three windows have room for, */
const USED = 3 * BUDGET.requests;
/** and a batch more, which is answered when the next one begins. */
const HOSTS = names(USED + 20);

/** A service that answers so many requests in ten seconds: which share of what it granted meanwhile a long command used. */
export async function throttled(): Promise<Figure[]> {
  const served = await serveRated(HOSTS);
  const { plugin } = await open(served);
  await served.setFaults({ latency: LATENCY, budget: BUDGET });
  const before = await served.counts();
  let answered = 0;
  const milliseconds = await timed(async () => {
    answered = await rate(plugin, HOSTS);
  });
  const after = await served.counts();
  await served.close();
  const granted = (BUDGET.requests * milliseconds) / (BUDGET.window * 1000);
  return [
    {
      name: 'throttled: share of the budget used',
      value: (100 * USED) / granted,
      unit: '%',
      samples: 1,
      target: { is: 'at least', value: 90 },
    },
    {
      name: 'throttled: rows lost',
      value: HOSTS.length - answered,
      unit: 'rows',
      samples: 1,
      target: { is: 'at most', value: 0 },
    },
    {
      name: 'throttled: asked again',
      value: (100 * (after.asked - before.asked - HOSTS.length)) / HOSTS.length,
      unit: '%',
      samples: 1,
    },
  ];
}
