import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { diskCache } from '../src/cache/disk-cache';
import { keyOf, responseTo } from './cache-writer';
import type { Figure } from './figure';
import { paramsFile } from './params-file';
import type { Served } from './served';
import { type Environment, start } from './weighed';

/** Kills of each kind: `MDTI_KILLS`, or 100. */
const KILLS = Number(process.env.MDTI_KILLS ?? 100);
const ROWS = 2_000;
const FORMATS = ['ndjson', 'csv', 'stix'] as const;

/** Processes that are killed with SIGKILL: outputs that differ after they are resumed, and cached responses that are wrong. */
export async function kills(served: Served): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-kills-'));
  const { file: params, environment } = paramsFile(served);
  const figures: Figure[] = [];
  const list = join(folder, 'list.txt');
  writeFileSync(
    list,
    Array.from({ length: ROWS }, (_, at) => `${at % 9 === 0 ? 'contoso.com' : `n${at}.example`}\n`).join(''),
  );
  await served.setFaults({ latency: 2 });
  try {
    for (const format of FORMATS)
      figures.push(await outputs({ folder, list, params, environment, format, isPiped: false }));
    figures.push(await outputs({ folder, list, params, environment, format: 'ndjson', isPiped: true }));
    figures.push(
      ...(await fullDisk({ folder, list, params, environment, format: 'ndjson', isPiped: false })),
    );
    figures.push(...(await cache(folder)));
  } finally {
    rmSync(folder, { recursive: true });
  }
  return figures;
}

interface Work {
  readonly folder: string;
  readonly list: string;
  readonly params: string;
  readonly environment: Environment;
  readonly format: (typeof FORMATS)[number];
  /** The list comes through a pipe. */
  readonly isPiped: boolean;
}

/** Starts `mdti enrich` with a fresh cache, so that a resumed run sends its requests. */
function startEnrich({ list, params, environment, format, isPiped }: Work, out: string): ChildProcess {
  const args = ['enrich', ...(isPiped ? [] : [list]), '--out', out, '-o', format, '--params', params];
  const child = start(args, { ...environment, MDTI_RESPONSES: `${out}.responses` });
  child.stdout?.resume();
  child.stderr?.resume();
  child.stdin?.on('error', () => {});
  if (isPiped && child.stdin !== null) createReadStream(list).pipe(child.stdin);
  else child.stdin?.end();
  return child;
}

async function ended(child: ChildProcess): Promise<number | null> {
  const [status] = (await once(child, 'exit')) as [number | null];
  return status;
}

/** Each run is killed once, at a random place of its output, and resumed. */
async function outputs(work: Work): Promise<Figure> {
  const { folder, format, isPiped } = work;
  const reference = join(folder, `reference.${format}`);
  await ended(startEnrich(work, reference));
  const { size } = statSync(reference);
  let differing = 0;
  let killed = 0;
  while (killed < KILLS) {
    const out = join(folder, `killed-${killed}.${format}`);
    const at = Math.random() * size;
    const child = startEnrich(work, out);
    const over = ended(child);
    while (child.exitCode === null && (!existsSync(out) || statSync(out).size < at)) await pause(2);
    child.kill('SIGKILL');
    await over;
    killed += 1;
    await ended(startEnrich(work, out));
    if (textOf(out) !== textOf(reference)) differing += 1;
    rmSync(out, { force: true });
    rmSync(`${out}.responses`, { recursive: true, force: true });
  }
  return {
    name: `kills: ${format}${isPiped ? ' from a pipe' : ''}, resumed outputs that differ`,
    value: differing,
    unit: 'files',
    samples: KILLS,
    target: { is: 'at most', value: 0 },
  };
}

/** The output without what differs between two undisturbed runs: when they started. */
function textOf(file: string): string {
  const text = readFileSync(file, 'utf8').replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '');
  return createHash('sha256')
    .update(text.replace(/bundle--[0-9a-f-]{36}/, ''))
    .digest('hex');
}

/** A tmpfs that is too small: the run fails, is killed or both; with more space it is resumed. Needs the right to mount. */
async function fullDisk(work: Work): Promise<Figure[]> {
  const disk = join(work.folder, 'disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    console.error('kills: a full disk is left out, mounting a tmpfs needs root');
    return [];
  }
  try {
    const reference = join(work.folder, 'reference.ndjson');
    let differing = 0;
    for (let round = 0; round < KILLS; round++) {
      const out = join(disk, 'out.ndjson');
      execFileSync('mount', ['-o', `remount,size=${64 + 4 * (round % 40)}k`, disk]);
      const cached = { ...work, environment: { ...work.environment } };
      const child = startEnrich(cached, out);
      const over = ended(child);
      if (round % 2 === 0) {
        await pause(Math.random() * 400);
        child.kill('SIGKILL');
      }
      await over;
      execFileSync('mount', ['-o', 'remount,size=64m', disk]);
      await ended(startEnrich(cached, out));
      if (!existsSync(out) || textOf(out) !== textOf(reference)) differing += 1;
      for (const name of [out, `${out}.journal`, `${out}.responses`, `${out}.lock`])
        rmSync(name, { recursive: true, force: true });
    }
    return [
      {
        name: 'kills: ndjson on a full disk, resumed outputs that differ',
        value: differing,
        unit: 'files',
        samples: KILLS,
        target: { is: 'at most', value: 0 },
      },
    ];
  } finally {
    execFileSync('umount', [disk]);
  }
}

/** Two processes write to one cache and are killed in turn; then every response is read. */
async function cache(folder: string): Promise<Figure[]> {
  const responses = join(folder, 'cache');
  const begin = () =>
    fork(join(__dirname, 'cache-writer.ts'), [responses], { execArgv: ['--import', 'tsx'] });
  let wrong = 0;
  let found = 0;
  let writers = [begin(), begin()];
  await Promise.all(writers.map((writer) => once(writer, 'message')));
  for (let kill = 0; kill < KILLS; kill++) {
    await pause(Math.random() * 100);
    const [oldest, other] = writers;
    const over = oldest === undefined ? undefined : once(oldest, 'exit');
    oldest?.kill('SIGKILL');
    await over;
    const reader = diskCache({ folder: responses, log: () => {} });
    const keys = Array.from({ length: 2_000 }, (_, at) => keyOf(at));
    for (const [at, response] of (await reader.getMany(keys)).entries()) {
      if (response === undefined) continue;
      found += 1;
      if (response.json !== responseTo(keyOf(at))) wrong += 1;
    }
    reader.close();
    const next = begin();
    await once(next, 'message');
    writers = [...(other === undefined ? [] : [other]), next];
  }
  for (const writer of writers) writer.kill('SIGKILL');
  return [
    {
      name: 'kills: cached responses that are wrong',
      value: wrong,
      unit: 'rows',
      samples: KILLS,
      target: { is: 'at most', value: 0 },
    },
    {
      name: 'kills: cached responses that were read',
      value: found,
      unit: 'rows',
      samples: KILLS,
      target: { is: 'at least', value: KILLS },
    },
  ];
}
