import { join } from 'node:path';
import { node } from './child';
import { type Figure, figure } from './figure';
import { buildNaive } from './naive';
import { bestSeries, pairs } from './pairs';
import type { Served } from './served';
import { tokenIn } from './token';

const COMMAND_LINE = join(__dirname, '../dist/mdti.cjs');
const BARE = join(__dirname, 'bare/get.cjs');
const PATH = '/v1.0/security/threatIntelligence/hosts/contoso.com';

/** One command in a separate process, its token cached, against the least that Node can do for the same response. */
export async function cold(served: Served): Promise<Figure[]> {
  const environment = { NODE_EXTRA_CA_CERTS: served.caFile };
  const asked = { command: 'msg-defender-threat-intel-host', args: { host_id: 'contoso.com' } };
  const login = await node(
    [COMMAND_LINE, 'run'],
    JSON.stringify({ ...asked, params: served.params }),
    environment,
  );
  const { integrationContext } = JSON.parse(login.stdout) as { integrationContext: unknown };
  const stdin = JSON.stringify({ ...asked, params: served.params, integrationContext });
  const naive = await buildNaive();

  const run = (file: string) => async () => (await node([file, 'run'], stdin, environment)).milliseconds;
  const command = run(COMMAND_LINE);
  const token = tokenIn(integrationContext);
  const bare = async () => (await node([BARE, served.origin + PATH], token, environment)).milliseconds;
  const empty = async () => (await node(['-e', '0'])).milliseconds;

  const first = await command();
  for (const warmUp of [command, run(naive), bare, empty]) await warmUp();
  return [
    { name: 'cold: the first run ever', value: first, unit: 'ms', samples: 1 },
    figure('cold: command / bare GET', 'x', await bestSeries(command, bare, 20, 3), {
      is: 'at most',
      value: 1.25,
    }),
    figure('cold: command / node -e 0', 'x', await pairs(command, empty, 20)),
    figure('cold: command / naive build', 'x', await pairs(command, run(naive), 20), {
      is: 'at most',
      value: 0.6,
    }),
  ];
}
