import type { Plugin } from '../src/index';
import { atMost, type Figure, figure, figureOf } from './figure';
import { open } from './library';
import { pairs, timed } from './pairs';
import type { Served } from './served';

const LATENCY = 100;
const SERIES = 15;

/** A summary of a host against one `host` command, at 100 ms latency: one HTTP exchange each. */
export async function investigation(served: Served): Promise<Figure[]> {
  const { plugin } = await open(served);
  await served.setFaults({ latency: LATENCY });
  const summary = () => timed(() => request(plugin, 'host-summary'));
  const host = () => timed(() => request(plugin, 'host'));

  await summary();
  const before = await served.counts();
  await summary();
  const after = await served.counts();
  return [
    figureOf(
      'investigation: HTTP exchanges of host-summary',
      after.requests - before.requests,
      'requests',
      atMost(1),
    ),
    figure('investigation: host-summary / host', 'x', await pairs(summary, host, SERIES), atMost(1.5)),
  ];
}

async function request(plugin: Plugin, command: 'host-summary' | 'host'): Promise<void> {
  const { errors } = await plugin.execute(`msg-defender-threat-intel-${command}`, { host_id: 'contoso.com' });
  if (errors.length > 0) throw new Error(`${command} failed: ${errors[0]?.code}`);
}
