import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { FormatName } from '../src/enrich/formats/format';
import { type Environment, start } from './weighed';

/** One command line of `mdti enrich` that is killed again and again. */
export interface KilledCase {
  readonly folder: string;
  readonly list: string;
  readonly params: string;
  readonly environment: Environment;
  readonly format: FormatName;
  /** Whether the list comes through a pipe. */
  readonly isPiped: boolean;
  /** The disk of the output, which is too small for it until it is resized; a disk with space by default. */
  readonly disk?: SmallDisk;
}

export interface SmallDisk {
  readonly folder: string;
  resize(bytes: number): void;
}

/** More than an output, its journal and its cached responses. */
const ENOUGH = 64 * 2 ** 20;

/**
 * Kills runs with SIGKILL at a random size of their output and resumes each of them, until there were `kills`; a run that ends before it
 * is killed is resumed and compared too. On a small disk a run first fails because the disk is full, and the killed run starts there.
 * @returns the number of resumed outputs that differ from the undisturbed one
 */
export async function killedOutputs(work: KilledCase, kills: number): Promise<number> {
  const { folder, format, disk } = work;
  const reference = join(folder, `reference.${format}`);
  if (!existsSync(reference)) await ended(startEnrich({ ...work, isPiped: false }, reference));
  const { size } = statSync(reference);
  const out = join(disk?.folder ?? folder, `killed.${format}`);
  let differing = 0;
  for (let killed = 0; killed < kills; ) {
    if (disk !== undefined) await fillDisk(work, disk, out, size);
    if (await isKilledAt(startEnrich(work, out), out, sizeNow(out) + Math.random() * (size - sizeNow(out))))
      killed += 1;
    disk?.resize(ENOUGH);
    const resumed = startEnrich(work, out);
    const said = resumed.stderr === null ? '' : text(resumed.stderr);
    const status = await ended(resumed);
    const difference = differenceOf(reference, out);
    if (difference !== undefined) {
      differing += 1;
      console.error(`kills: ${out} after ${killed}: status ${status}, ${difference}\n${await said}`);
    }
    for (const name of ['', '.journal', '.lock', '.responses'])
      rmSync(out + name, { recursive: true, force: true });
  }
  return differing;
}

/** Runs until the disk is full, and gives it a little more space, which may be too little again. */
async function fillDisk(work: KilledCase, disk: SmallDisk, out: string, size: number): Promise<void> {
  const capacity = size * (0.2 + 0.5 * Math.random());
  disk.resize(capacity);
  if ((await ended(startEnrich(work, out))) === 0)
    throw new Error(`${out} was complete on a disk of ${capacity} bytes, and its size is ${size}`);
  disk.resize(capacity + size * Math.random());
}

/** Kills a run when its output reaches a size. @returns false if it ended first */
async function isKilledAt(child: ChildProcess, out: string, size: number): Promise<boolean> {
  const exit = once(child, 'exit');
  while (child.exitCode === null && sizeNow(out) < size) await pause(2);
  child.kill('SIGKILL');
  const [, signal] = await exit;
  return signal === 'SIGKILL';
}

/** Starts `mdti enrich` with a fresh cache, so that a resumed run sends its requests. */
function startEnrich({ list, params, environment, format, isPiped }: KilledCase, out: string): ChildProcess {
  const args = ['enrich', ...(isPiped ? [] : [list]), '--out', out, '-o', format, '--params', params];
  const child = start(args, { ...environment, MDTI_RESPONSES: `${out}.responses` });
  child.stdout?.resume();
  child.stdin?.on('error', () => {});
  if (isPiped && child.stdin !== null) createReadStream(list).pipe(child.stdin);
  else child.stdin?.end();
  return child;
}

async function ended(child: ChildProcess): Promise<number | null> {
  child.stderr?.resume();
  const [status] = await once(child, 'exit');
  return status;
}

function sizeNow(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The first line that differs, or undefined; the time when a run started differs between two undisturbed runs. */
function differenceOf(reference: string, out: string): string | undefined {
  if (!existsSync(out)) return 'there is no output';
  const [expected, found] = [comparable(reference), comparable(out)];
  const at = expected.findIndex((line, number) => line !== found[number]);
  if (at === -1 && expected.length === found.length) return undefined;
  return `line ${at + 1} of ${expected.length} (${found.length} found): ${found[at]} in place of ${expected[at]}`;
}

function comparable(file: string): string[] {
  return readFileSync(file, 'utf8')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '')
    .replace(/bundle--[0-9a-f-]{36}/, '')
    .split('\n');
}
