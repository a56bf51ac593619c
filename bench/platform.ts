import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { writeImageFolder } from '../scripts/xsoar/image';
import { integrationCode } from '../scripts/xsoar/integration';
import { node } from './child';
import { atMost, type Figure, figure } from './figure';
import { pairs } from './pairs';
import type { Served } from './served';

const ROOT = join(__dirname, '..');
const ROUNDS = 200;

interface Timed {
  readonly first: number;
  readonly times: Readonly<Record<'shim' | 'serve' | 'run', readonly number[]>>;
}

/** The integration code in one interpreter, against `mdti serve` itself and a start of Node each time; the image's program against `dist`. */
export async function platform(served: Served): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-platform-'));
  writeImageFolder(ROOT, join(folder, 'image'));
  const image = join(folder, 'image/mdti/mdti.cjs');
  const dist = join(ROOT, 'dist/mdti.cjs');
  const environment = { NODE_EXTRA_CA_CERTS: served.caFile };
  const command = {
    command: 'msg-defender-threat-intel-host',
    args: { host_id: 'contoso.com' },
    params: served.params,
  };
  const login = await node([dist, 'run'], JSON.stringify(command), environment);
  const { integrationContext } = JSON.parse(login.stdout) as { integrationContext: unknown };
  const stdin = JSON.stringify({ ...command, integrationContext });

  writeFileSync(join(folder, 'mdti'), `#!/bin/sh\nexec '${process.execPath}' '${image}' "$@"\n`);
  chmodSync(join(folder, 'mdti'), 0o755);
  const path = `${folder}${delimiter}${process.env.PATH}`;
  const code = join(folder, 'integration.py');
  writeFileSync(code, integrationCode(ROOT));
  const { times } = await interpreter(code, stdin, { ...environment, PATH: path });
  const against = (other: readonly number[]) =>
    times.shim.slice(0, other.length).map((time, index) => time / (other[index] ?? 1));
  const shimAtRuns = times.shim.filter((_, index) => index % 10 === 0);

  const cold = (file: string, cache: string) => async () =>
    (await node([file, 'run'], stdin, { ...environment, MDTI_CACHE: join(folder, cache) })).milliseconds;
  const [inImage, inDist] = [cold(image, 'cache-image'), cold(dist, 'cache-dist')];
  for (const warmUp of [inImage, inDist]) await warmUp();
  const figures = [
    figure('platform: integration code / mdti serve', 'x', against(times.serve), atMost(2)),
    figure(
      'platform: integration code / a start of Node each time',
      'x',
      shimAtRuns.map((time, index) => time / (times.run[index] ?? 1)),
      atMost(0.5),
    ),
    figure("platform: the image's program / dist, cold", 'x', await pairs(inImage, inDist, 20), atMost(1.1)),
  ];
  rmSync(folder, { recursive: true });
  return figures;
}

async function interpreter(code: string, stdin: string, environment: NodeJS.ProcessEnv): Promise<Timed> {
  const python = spawn('python3', [join(__dirname, 'platform.py'), code, String(ROUNDS)], {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  python.stdin.end(stdin);
  const [output] = await Promise.all([text(python.stdout), once(python, 'exit')]);
  return JSON.parse(output) as Timed;
}
