import { type Figure, figure } from './figure';
import { open } from './library';
import { pairs, timed } from './pairs';
import type { Served } from './served';
import { hosts } from './world';

const LATENCY = 100;
const ALL = hosts(1_000);
/** So many are asked one by one; what the others would take follows from them. */
const SINGLY = 50;
const SERIES = 5;

/** The reputations of a thousand hosts as one command: against a command for each, over the same connections. */
export async function bulk(served: Served): Promise<Figure[]> {
  const { plugin } = await open(served);
  await served.setFaults({ latency: LATENCY });
  const rate = async (host_id: readonly string[]) => {
    const outcome = await plugin.execute('msg-defender-threat-intel-host-reputation', { host_id });
    const rated = [outcome.entries[0]?.Contents].flat().length;
    if (rated < host_id.length) throw new Error(`${rated} of ${host_id.length} hosts came back`);
  };
  const together = () => timed(() => rate(ALL));
  const oneByOne = async () => {
    const milliseconds = await timed(async () => {
      for (const host of ALL.slice(0, SINGLY)) await rate([host]);
    });
    return (milliseconds * ALL.length) / SINGLY;
  };

  await together();
  const before = await served.counts();
  await together();
  const after = await served.counts();
  return [
    figure('bulk: 1,000 in one / one by one', 'x', await pairs(together, oneByOne, SERIES), {
      is: 'at most',
      value: 1 / 40,
    }),
    {
      name: 'bulk: HTTP requests for 1,000',
      value: after.requests - before.requests,
      unit: 'requests',
      samples: 1,
      target: { is: 'at most', value: 52 },
    },
  ];
}
