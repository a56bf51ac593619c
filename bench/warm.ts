import { Agent } from 'node:https';
import axios from 'axios';
import { atMost, type Figure, figure } from './figure';
import { open } from './library';
import { pairs, timed } from './pairs';
import type { Served } from './served';

const PATH = '/v1.0/security/threatIntelligence/hosts/contoso.com';
const WARM_UP = 300;
const PAIRS = 600;

/** One command in a process that has run many: against axios alone, over a connection that is kept as well. */
export async function warm(served: Served): Promise<Figure[]> {
  const { plugin, token } = await open(served);
  const httpsAgent = new Agent({ keepAlive: true, ca: served.ca });
  const headers = { authorization: `Bearer ${token}` };
  const command = () =>
    timed(async () => {
      const { errors } = await plugin.execute('msg-defender-threat-intel-host', { host_id: 'contoso.com' });
      if (errors.length > 0) throw new Error(`the command failed: ${errors[0]?.code}`);
    });
  const bare = () => timed(() => axios.get(served.origin + PATH, { httpsAgent, headers }));

  await pairs(command, bare, WARM_UP);
  const ratios = await pairs(command, bare, PAIRS);
  httpsAgent.destroy();
  return [figure('warm: command / bare axios GET', 'x', ratios, atMost(1.5))];
}
