import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node } from './child';
import { atMost, type Figure, figure, figureOf } from './figure';
import { buildNaive } from './naive';
import { bestSeries, pairs, type Timed } from './pairs';
import type { Served } from './served';
import { tokenIn } from './token';

const COMMAND_LINE = join(__dirname, '../dist/mdti.cjs');
const BARE = join(__dirname, 'bare/get.cjs');
const NODE_CACHE = join(__dirname, 'bare/node-cache.cjs');
const PATH = '/v1.0/security/threatIntelligence/hosts/contoso.com';

/** One command in a separate process, its token cached, against the least that Node can do for the same response. */
export async function cold(served: Served): Promise<Figure[]> {
  // A test endpoint costs a warning, which a command against Microsoft's cloud does not write.
  const environment = { NODE_EXTRA_CA_CERTS: served.caFile, MDTI_LOG: 'error' };
  const requested = { command: 'msg-defender-threat-intel-host', args: { host_id: 'contoso.com' } };
  const login = await node(
    [COMMAND_LINE, 'run'],
    JSON.stringify({ ...requested, params: served.params }),
    environment,
  );
  const { integrationContext } = JSON.parse(login.stdout) as { integrationContext: unknown };
  const stdin = JSON.stringify({ ...requested, params: served.params, integrationContext });
  const naive = await buildNaive();

  const run =
    (file: string, more: Readonly<Record<string, string>> = {}) =>
    async () =>
      (await node([file, 'run'], stdin, { ...environment, ...more })).milliseconds;
  const command = run(COMMAND_LINE);
  const token = tokenIn(integrationContext);
  const bare = async () => (await node([BARE, served.origin + PATH], token, environment)).milliseconds;
  // The same without checks of certificates: neither process reads the CA.
  const unchecked = JSON.stringify({ ...JSON.parse(stdin), params: { ...served.params, insecure: true } });
  const insecure = async () =>
    (await node([COMMAND_LINE, 'run'], unchecked, { MDTI_LOG: 'error' })).milliseconds;
  const bareInsecure = async () => (await node([BARE, served.origin + PATH, 'insecure'], token)).milliseconds;
  const empty = async () => (await node(['-e', '0'])).milliseconds;

  const first = await command();
  for (const warmUp of [command, run(naive), bare, insecure, bareInsecure, empty]) await warmUp();
  return [
    figureOf('cold: the first run ever', first, 'ms'),
    figure('cold: command / bare GET', 'x', await bestSeries(command, bare, 20, 3), atMost(1.25)),
    figure(
      'cold: command / bare GET, insecure',
      'x',
      await bestSeries(insecure, bareInsecure, 20, 3),
      atMost(1.25),
    ),
    ...(await caches(command, run)),
    figure('cold: command / node -e 0', 'x', await pairs(command, empty, 20)),
    figure('cold: command / naive build', 'x', await pairs(command, run(naive), 20), atMost(0.6)),
  ];
}

/** What the launcher's own cache of compiled code wins over the cache of Node (since 22.1), and over none. */
async function caches(
  command: Timed,
  run: (file: string, more?: Readonly<Record<string, string>>) => Timed,
): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'node-cache-'));
  try {
    const ofNode = run(NODE_CACHE, { NODE_CACHE: folder });
    const without = run(NODE_CACHE);
    await ofNode();
    await ofNode();
    const offered = 'enableCompileCache' in process.getBuiltinModule('node:module');
    return [
      ...(offered
        ? [figure("cold: own cache / Node's cache", 'x', await bestSeries(command, ofNode, 20, 3), OWN)]
        : []),
      figure('cold: own cache / no cache', 'x', await bestSeries(command, without, 20, 3), OWN),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The own cache stays only if it wins measurably. */
const OWN = atMost(0.98);
