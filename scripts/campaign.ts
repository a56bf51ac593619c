import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStore } from '../src/state/file-store';
import { random } from '../test/faults/random';
import { DOORS, type Setting } from './campaign/doors';
import { type Fault, faultsOf, NO_FAULT } from './campaign/faults';
import { empty, fill, makePlaces, makeRoom } from './campaign/places';
import { type Outcome, runProgram } from './campaign/program';
import { startServices } from './campaign/services';
import { printTable, Tally } from './campaign/tally';

/*
 * `npm run campaign -- MINUTES SEED`: random documents and faults against the built command line, one program after the other, until
 * the time is over. Prints what was done to which door; status 1 if anything was not as promised. `npm run campaign -- MINUTES SEED
 * PROGRAM` starts with that program of the same seed, to run it again.
 */

/** Megabytes of resident memory, and milliseconds of processor time, that one program may take. */
const MAX_MEMORY = 700;
const MAX_TIME = 20_000;
/** Milliseconds between SIGTERM and the end; `serve` lets documents finish for ten seconds. */
const MAX_STOP = 15_000;

async function main(): Promise<void> {
  const [minutes = 1, seed = 1, first = 1] = process.argv.slice(2).map(Number);
  const end = performance.now() + minutes * 60_000;
  const places = makePlaces();
  const services = await startServices(random(seed + 1));
  const faults = faultsOf(places);
  const tally = new Tally();
  const certificates = join(places.folder, 'ca.pem');
  writeFileSync(certificates, services.certificates);

  async function round(door: keyof typeof DOORS, number: number): Promise<void> {
    // Each program has its own sequence, so that it can be run again without those before it.
    const chance = random(seed * 1_000_003 + number);
    const fault = chance.chance(40) ? NO_FAULT : chance.pick(faults)(chance);
    const hostile = chance.chance(30);
    const { rules } = services.sandbox.faults;
    rules.length = 0;
    if (!hostile && chance.chance(25))
      rules.push({
        kind: chance.pick(['error', 'reset', 'truncate', 'garble', 'throttle'] as const),
        times: 1 + chance.below(4),
      });
    const upset = hostile || rules.length > 0;
    const folder = fault.diskFull === true ? (places.small ?? places.folder) : join(places.folder, door);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    empty(folder);
    const params = { ...(hostile ? services.hostile : services.sandbox.params), command_timeout: '30' };
    const setting: Setting = { params, folder, paramsFile: join(places.folder, `${door}.json`) };
    writeFileSync(setting.paramsFile, JSON.stringify(params), { mode: 0o600 });
    const session = DOORS[door]?.(chance, setting);
    if (session === undefined) return;
    if (fault.diskFull === true) fill(folder, chance.below(24) * 4_096);
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      NODE_EXTRA_CA_CERTS: certificates,
      MDTI_ALLOW_ENDPOINTS: services.origins,
      MDTI_STATE_FILE: join(folder, 'state'),
      MDTI_CACHE: join(places.folder, 'cache'),
      MDTI_RESPONSES: join(folder, 'responses'),
      MDTI_LOG: 'error',
    };
    const outcome = await runProgram(session, fault, env);
    const calm = fault === NO_FAULT || fault.pause !== undefined;
    const broken =
      promised(outcome, fault, services.secrets) ??
      (calm || fault.env !== undefined ? session.judge(outcome, calm && !upset) : undefined);
    const why = broken && `${broken} (its input: ${keepInput(session.lines, seed, number)})`;
    tally.add(door, fault, upset, outcome, why);
    makeRoom(folder);
    rules.length = 0;
    if (session.after !== undefined) {
      const second = await runProgram(session.after.feed, NO_FAULT, env);
      const what = promised(second, NO_FAULT, services.secrets) ?? session.after.judge(second);
      tally.judge(door, hostile && door === 'enrich' ? undefined : what && `after ${fault.name}: ${what}`);
    }
    tally.judge(door, await stateDamage(join(folder, 'state')));
  }

  const doors = Object.keys(DOORS);
  for (let number = first; performance.now() < end; number++)
    await round(doors[(number - 1) % doors.length] as string, number);
  await services.close();
  places.remove();
  printTable(tally, { minutes, seed, mounted: places.small !== undefined });
  process.exitCode = tally.broken.length > 0 ? 1 : 0;
}

/** Saves the input of a program that did not behave, so that it can be run again. @returns the file */
function keepInput(lines: readonly string[], seed: number, program: number): string {
  const file = join(tmpdir(), `mdti-campaign-${seed}-${program}.txt`);
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 });
  return file;
}

/** What no fault may cause. */
function promised(outcome: Outcome, fault: Fault, secrets: readonly string[]): string | undefined {
  const { stdout, stderr, signal, used, stoppedIn = 0 } = outcome;
  const said = stdout + stderr;
  if (secrets.some((secret) => said.includes(secret))) return 'a secret was written';
  if (signal !== null && signal !== fault.signal) return `ended with ${signal}`;
  if (/^\s+at .+:\d+:\d+\)?$/m.test(stderr)) return `a stack trace on stderr: ${stderr.slice(0, 300)}`;
  if (/FATAL ERROR|heap out of memory/.test(stderr)) return 'V8 aborted';
  if (said.includes('"INTERNAL"'))
    return `a command ended as INTERNAL: ${said.slice(said.indexOf('"INTERNAL"') - 300).slice(0, 600)}`;
  if (used !== undefined && used.memory > MAX_MEMORY) return `${used.memory} MB`;
  if (used !== undefined && used.time > MAX_TIME) return `${used.time} ms of processor time`;
  return stoppedIn > MAX_STOP ? `${stoppedIn.toFixed()} ms from ${fault.signal} to the end` : undefined;
}

/** Whether the saved sign-ins can still be read; a missing file is fine. */
async function stateDamage(file: string): Promise<string | undefined> {
  const warnings: string[] = [];
  const paths = { file, key: undefined, keyFile: `${file}.key`, ownKeyFile: true };
  try {
    await fileStore(paths, { log: (_, event) => warnings.push(event) }).read();
  } catch (error) {
    return `the state cannot be read: ${error}`;
  }
  return warnings.length > 0 ? `the state is damaged: ${warnings[0]}` : undefined;
}

void main();
