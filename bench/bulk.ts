import { atMost, type Figure, figure, figureOf } from './figure';
import { open } from './library';
import { pairs, timed } from './pairs';
import { names, rate, serveRated } from './rated-world';

const LATENCY = 100;
const HOSTS = names(1_000);
/** So many are requested one by one; what the others would take follows from them. */
const SINGLY = 50;
const SERIES = 5;

/** The reputations of a thousand hosts as one command: against a command for each, over the same connections. */
export async function bulk(): Promise<Figure[]> {
  const served = await serveRated(HOSTS);
  const { plugin } = await open(served);
  await served.setFaults({ latency: LATENCY });
  const request = async (hosts: readonly string[]) => {
    const responses = await rate(plugin, hosts);
    if (responses < hosts.length) throw new Error(`${responses} of ${hosts.length} hosts came back`);
  };
  const together = () => timed(() => request(HOSTS));
  const oneByOne = async () => {
    const milliseconds = await timed(async () => {
      for (const host of HOSTS.slice(0, SINGLY)) await request([host]);
    });
    return (milliseconds * HOSTS.length) / SINGLY;
  };

  await together();
  const before = await served.counts();
  await together();
  const after = await served.counts();
  const ratios = await pairs(together, oneByOne, SERIES);
  await served.close();
  return [
    figure('bulk: 1,000 in one / one by one', 'x', ratios, atMost(1 / 40)),
    figureOf('bulk: HTTP requests for 1,000', after.requests - before.requests, 'requests', atMost(52)),
  ];
}
