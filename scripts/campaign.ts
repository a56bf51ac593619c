import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../src/sandbox';
import { random } from '../test/faults/random';

/*
 * `npm run campaign -- MINUTES SEED`: random documents and faults against the built command line, one door after the other, until the
 * time is over. Prints a table; status 1 if anything was not as promised.
 */

const ROOT = join(__dirname, '..');
const MDTI = join(ROOT, 'dist/mdti.cjs');
const SECRET = 'Campaign~Secret+0123456789';

/** Megabytes of resident memory, and milliseconds of processor time, that one run may take. */
const MOST_MEMORY = 700;
const MOST_TIME = 30_000;

const DOORS = ['run', 'serve', 'xsoar-loop', 'mcp', 'war-room', 'enrich'] as const;
type Door = (typeof DOORS)[number];

interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly memory: number;
  readonly time: number;
}

interface Row {
  runs: number;
  killed: number;
  faults: string[];
  memory: number;
}

const { chance, pick, below, text } = random(Number(process.argv[3] ?? 1));
const end = Date.now() + Number(process.argv[2] ?? 1) * 60_000;
const table = new Map<Door, Row>(DOORS.map((door) => [door, { runs: 0, killed: 0, faults: [], memory: 0 }]));

const ODD: readonly (() => unknown)[] = [
  () => null,
  () => ({ toString: null, valueOf: null }),
  () => text(40),
  () => 'x'.repeat(below(300_000)),
  () => '${'.repeat(below(5_000)),
  () => JSON.parse(`${'['.repeat(150)}${']'.repeat(150)}`),
  () => -1,
  () => ['contoso.com', { a: 1 }, null],
];

function odd(): unknown {
  return pick(ODD)();
}

function invocation(params: object): object {
  const commands = [
    'test-module',
    'fetch-incidents',
    'ip',
    'domain',
    'cve',
    'msg-defender-threat-intel-host',
  ];
  const args = { ip: '192.0.2.10', domain: 'contoso.com', cve: 'CVE-2021-44228', host_id: 'contoso.com' };
  const command = chance(85) ? pick(commands) : odd();
  const own = Object.entries(args).filter(([name]) =>
    JSON.stringify(command)
      .slice(0, -1)
      .endsWith(name.split('_')[0] ?? ''),
  );
  return {
    command,
    args: chance(80) ? Object.fromEntries(own) : { ...args, [text(8)]: odd() },
    params: chance(85) ? params : { ...params, [pick(Object.keys(params))]: odd() },
    ...(chance(20) ? { integrationContext: odd() } : {}),
    ...(chance(20) ? { lastRun: odd() } : {}),
  };
}

function linesFor(door: Door, params: object): string[] {
  const count = 1 + below(6);
  const broken = () => pick(['{', '[]', 'null', '"', `${'['.repeat(20_000)}`, '\u0000', text(200)]);
  const line = (id: number): string => {
    if (chance(12)) return broken();
    if (door === 'mcp')
      return JSON.stringify(
        id === 0
          ? {
              jsonrpc: '2.0',
              id,
              method: 'initialize',
              params: {
                protocolVersion: '2025-06-18',
                capabilities: {},
                clientInfo: { name: 'campaign', version: '1' },
              },
            }
          : { jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'ip', arguments: { ip: odd() } } },
      );
    if (door === 'war-room')
      return pick(['!ip ip=192.0.2.10', `!ip ip=${String(text(30))}`, '/context', '${'.repeat(2_000), '!']);
    if (door === 'enrich')
      return pick(['contoso.com', '192.0.2.10', text(20), 'CVE-2021-44228', 'x'.repeat(10_000)]).replace(
        /\s+/g,
        ' ',
      );
    return JSON.stringify({ id, ...invocation(params) });
  };
  const lines = Array.from({ length: door === 'run' ? 1 : count }, (_, id) => line(id));
  if (door === 'xsoar-loop') return lines.slice(0, 1);
  return lines;
}

function start(door: Door, file: string, env: NodeJS.ProcessEnv): ChildProcess {
  const person = ['--params', file];
  const args = {
    run: ['run'],
    serve: ['serve'],
    'xsoar-loop': ['xsoar-loop'],
    mcp: ['mcp', ...person],
    'war-room': ['war-room', 'campaign', ...person],
    enrich: ['enrich', '-', ...person],
  }[door];
  return spawn(process.execPath, ['--require', join(ROOT, 'test/support/peak.cjs'), MDTI, ...args], { env });
}

/** Feeds a program and meets it with a fault: killed, asked to end, a reader that goes away, a reader that is slow. */
function play(child: ChildProcess, lines: readonly string[], fault: string): Promise<Ended> {
  return new Promise((ended) => {
    const out = { stdout: '', stderr: '' };
    const started = Date.now();
    for (const name of ['stdout', 'stderr'] as const)
      child[name]?.setEncoding('utf8').on('data', (part: string) => {
        out[name] += part;
      });
    for (const stream of child.stdio) stream?.on('error', () => {});
    if (fault === 'closed stdout') child.stdout?.destroy();
    if (fault === 'slow reader') {
      child.stdout?.pause();
      setTimeout(() => child.stdout?.resume(), 500);
    }
    if (fault === 'SIGKILL' || fault === 'SIGTERM') setTimeout(() => child.kill(fault), below(700));
    const watchdog = setTimeout(() => child.kill('SIGABRT'), MOST_TIME);
    child.on('close', (status, signal) => {
      clearTimeout(watchdog);
      const memory = Number(/peak (\d+)/.exec(out.stderr)?.[1] ?? 0);
      ended({ status, signal, ...out, memory, time: Date.now() - started });
    });
    child.stdin?.end(`${lines.join('\n')}\n`);
  });
}

/** What was not as promised. */
function broken(door: Door, lines: readonly string[], fault: string, ended: Ended): string | undefined {
  const whole = fault === 'none' || fault === 'slow reader';
  const said = ended.stdout + ended.stderr;
  if (said.includes(SECRET)) return 'a secret was written';
  if (ended.signal !== null && ended.signal !== fault) return `ended with ${ended.signal}`;
  if (/^\s+at .+:\d+:\d+\)?$/m.test(ended.stderr)) return 'a stack trace on stderr';
  if (/FATAL ERROR|heap out of memory/.test(ended.stderr)) return 'V8 aborted';
  if (said.includes('"INTERNAL"')) return 'a command ended as INTERNAL';
  if (ended.memory > MOST_MEMORY) return `${ended.memory} MB`;
  if (whole && door === 'run' && !isDocument(ended.stdout)) return 'no document on stdout';
  if (
    whole &&
    door === 'serve' &&
    answers(ended.stdout) !== lines.filter((line) => line.trim() !== '').length
  )
    return `${answers(ended.stdout)} responses to ${lines.length} lines`;
  if (
    whole &&
    door === 'enrich' &&
    ended.status === 0 &&
    answers(ended.stdout) !== lines.filter((line) => line.trim() !== '').length
  )
    return `${answers(ended.stdout)} rows for ${lines.length} observables`;
  return undefined;
}

function isDocument(stdout: string): boolean {
  try {
    return Array.isArray(JSON.parse(stdout).entries);
  } catch {
    return false;
  }
}

function answers(stdout: string): number {
  return stdout.split('\n').filter((line) => line !== '').length;
}

async function main(): Promise<void> {
  const sandbox = await startSandbox({ world: join(ROOT, 'test_data/world') });
  const folder = mkdtempSync(join(tmpdir(), 'mdti-campaign-'));
  const file = join(folder, 'params.json');
  const ca = join(folder, 'ca.pem');
  const params = {
    ...sandbox.params,
    managed_identities_client_id: { identifier: '', password: SECRET },
    command_timeout: '5',
  };
  writeFileSync(file, JSON.stringify(params), { mode: 0o600 });
  writeFileSync(ca, sandbox.ca);
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    NODE_EXTRA_CA_CERTS: ca,
    MDTI_ALLOW_ENDPOINTS: sandbox.origin,
    MDTI_STATE_FILE: join(folder, 'state'),
    MDTI_CACHE: join(folder, 'cache'),
    MDTI_LOG: 'error',
  };
  for (let at = 0; Date.now() < end; at++) {
    const door = DOORS[at % DOORS.length] as Door;
    const fault = chance(60) ? 'none' : pick(['SIGKILL', 'SIGTERM', 'closed stdout', 'slow reader']);
    sandbox.faults.rules.length = 0;
    if (chance(25))
      sandbox.faults.rules.push({ kind: pick(['error', 'reset'] as const), times: 1 + below(3) });
    const lines = linesFor(door, params);
    const ended = await play(start(door, file, env), lines, fault);
    const row = table.get(door) as Row;
    row.runs += 1;
    row.killed += fault === 'SIGKILL' ? 1 : 0;
    row.memory = Math.max(row.memory, ended.memory);
    const why = broken(door, lines, fault, ended);
    if (why !== undefined) row.faults.push(`run ${at} (${fault}): ${why}`);
  }
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
  console.log('| door | runs | killed | most memory | not as promised |\n| --- | --- | --- | --- | --- |');
  for (const [door, { runs, killed, memory, faults }] of table)
    console.log(`| ${door} | ${runs} | ${killed} | ${memory} MB | ${faults.length} |`);
  for (const [door, { faults }] of table)
    for (const fault of faults.slice(0, 10)) console.log(`${door}: ${fault}`);
  process.exitCode = [...table.values()].some(({ faults }) => faults.length > 0) ? 1 : 0;
}

void main();
