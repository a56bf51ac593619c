import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { atMost, type Figure, figureOf } from './figure';
import { paramsFile } from './params-file';
import type { Served } from './served';
import { type Environment, start, weighed } from './weighed';

const OBSERVABLES = 100_000;
const FEWER = 10_000;
const KILLS = 3;

/** Those that the sandbox knows, as users write them down. */
const KNOWN = [
  'contoso.com',
  'hxxps://login-update[.]example/x',
  '192.0.2.1',
  'cve-2099-10001',
  'WWW.Contoso.com',
  '198[.]51[.]100[.]7',
  '2001:db8::1',
  'no host',
];

/** A list of observables enriched: in one go, and by processes that are killed at random. */
export async function enrich(served: Served): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-enrich-'));
  const { file: params, environment } = paramsFile(served);
  const args = (out: string, count = OBSERVABLES) => {
    const input = observables(folder, count);
    return ['enrich', input, '--out', join(folder, out), '--params', params];
  };

  const fewer = await weighed(args('fewer.ndjson', FEWER), environment);
  const whole = await weighed(args('whole.ndjson'), environment);
  const { size } = statSync(join(folder, 'whole.ndjson'));
  const points = Array.from({ length: KILLS }, () => Math.random()).sort((one, other) => one - other);
  for (const point of points)
    await killed(args('killed.ndjson'), environment, join(folder, 'killed.ndjson'), point * size);
  const resumed = await weighed(args('killed.ndjson'), environment);

  const same = hashOf(join(folder, 'whole.ndjson')) === hashOf(join(folder, 'killed.ndjson'));
  rmSync(folder, { recursive: true });
  return [
    figureOf(`enrich: rate, ${OBSERVABLES} observables`, OBSERVABLES / (whole.milliseconds / 1000), 'rows/s'),
    figureOf(`enrich: memory, ${FEWER} observables`, fewer.peak, 'MB'),
    figureOf(
      `enrich: memory, ${OBSERVABLES} observables`,
      Math.max(whole.peak, resumed.peak),
      'MB',
      atMost(200),
      2,
    ),
    figureOf('enrich: killed three times, outputs that differ', same ? 0 : 1, 'files', atMost(0)),
  ];
}

/** A file of so many. */
function observables(folder: string, count: number): string {
  const file = join(folder, `${count}.txt`);
  writeFileSync(file, Array.from({ length: count }, (_, at) => `${observable(at)}\n`).join(''));
  return file;
}

/** A quarter is found, the same ones repeatedly; the others are names and addresses that Graph does not know. */
function observable(at: number): string {
  const own = `name-${at}[.]example`;
  return (
    [own, KNOWN[(at >> 2) % KNOWN.length] ?? own, `203.0.113.${(at >> 2) % 256}`, `hxxp://${own}/path`][
      at % 4
    ] ?? own
  );
}

/**
 * Kills it once its output reaches a number of bytes.
 * @throws Error where it ended itself before
 */
async function killed(
  args: readonly string[],
  environment: Environment,
  output: string,
  bytes: number,
): Promise<void> {
  const child = start(args, environment);
  const gone = once(child, 'exit');
  child.stderr?.resume();
  while (child.exitCode === null && (!existsSync(output) || statSync(output).size < bytes)) await pause(5);
  child.kill('SIGKILL');
  const [, signal] = await gone;
  if (signal !== 'SIGKILL') throw new Error('it was over before it could be killed');
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
