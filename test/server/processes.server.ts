import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FaultRule, type Sandbox, startSandbox } from '../../src/sandbox';
import { MDTI } from '../support/mdti';
import { sharedEnvironment, startRedis, type TestRedis } from './redis';

/** Rows of the list: 48 chunks, of which the last one is not full. */
const ROWS = 9_500;

let redis: TestRedis;
let sandbox: Sandbox;
let folder: string;
let environment: NodeJS.ProcessEnv;
const children: ChildProcess[] = [];

beforeAll(async () => {
  redis = await startRedis('--appendonly', 'yes', '--appendfsync', 'everysec');
  sandbox = await startSandbox({ world: join(__dirname, '../../test_data/world') });
  folder = mkdtempSync(join(tmpdir(), 'processes-'));
  writeFileSync(join(folder, 'ca.pem'), sandbox.ca);
  writeFileSync(join(folder, 'contoso.json'), JSON.stringify(sandbox.params), { mode: 0o600 });
  writeFileSync(join(folder, 'tenants.yaml'), 'tenants: {contoso: {params_file: contoso.json}}');
  writeFileSync(join(folder, 'list.txt'), list());
  environment = {
    PATH: process.env.PATH,
    HOME: folder,
    MDTI_LOG: 'info',
    MDTI_CACHE: join(folder, 'cache'),
    MDTI_STATE_FILE: join(folder, 'state'),
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    MDTI_ALLOW_ENDPOINTS: [sandbox.params.azure_ad_endpoint, sandbox.params.graph_endpoint].join(','),
    ...sharedEnvironment(redis),
  };
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await sandbox.close();
  await redis.close();
  rmSync(folder, { recursive: true, force: true });
});

function list(): string {
  const known = ['contoso.com', 'hxxps://login-update[.]example/x', '192.0.2.1', 'cve-2099-10001', 'no host'];
  return Array.from(
    { length: ROWS },
    (_, at) => `${at % 4 === 0 ? known[(at / 4) % 5] : `name-${at}.example`}\n`,
  ).join('');
}

function start(args: readonly string[], variables: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(process.execPath, [MDTI, ...args], {
    env: { ...environment, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout?.resume();
  children.push(child);
  return child;
}

function startWorker(variables: NodeJS.ProcessEnv = {}): ChildProcess {
  const worker = start(['worker', '--tenants', join(folder, 'tenants.yaml'), '--metrics', '0'], variables);
  worker.stderr?.resume();
  return worker;
}

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...args: readonly string[]): Promise<Ended> {
  return end(start(args));
}

async function end(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (part) => {
    stdout += part;
  });
  child.stderr?.on('data', (part) => {
    stderr += part;
  });
  const [status] = await once(child, 'close');
  return { status, stdout, stderr };
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What `mdti enrich` alone writes: without Redis, and with a separate response cache. */
async function alone(): Promise<string> {
  const out = join(folder, 'alone.ndjson');
  const args = ['enrich', join(folder, 'list.txt'), '--out', out, '--params', join(folder, 'contoso.json')];
  const variables = { MDTI_SHARED: '', MDTI_RESPONSES: join(folder, 'responses-alone') };
  const { stderr } = await end(start(args, variables));
  expect(stderr).toContain('rows');
  return readFileSync(out, 'utf8');
}

/** Preloaded into a process, it moves the clock of that process ahead by ten minutes. */
function fastClock(): string {
  const file = join(folder, 'fast-clock.cjs');
  writeFileSync(
    file,
    'const now = Date.now; Date.now = () => now() + 600_000; const D = Date; global.Date = class extends D { constructor(...a) { a.length === 0 ? super(D.now()) : super(...a); } };',
  );
  return `--require ${file}`;
}

test('workers that are killed at random, a Redis that is, and a clock that is ten minutes ahead lose and double nothing', async () => {
  const wanted = await alone();
  const out = join(folder, 'queued.ndjson');
  const workers = [startWorker(), startWorker(), startWorker(), startWorker({ NODE_OPTIONS: fastClock() })];
  const submitting = start([
    'enrich',
    join(folder, 'list.txt'),
    '--queue',
    'nightly',
    '--tenant',
    'contoso',
    '--out',
    out,
  ]);
  const submitted = end(submitting);
  // The job is in Redis.
  if (submitting.stderr !== null) await once(submitting.stderr, 'data');
  for (let kill = 0; kill < 3; kill++) {
    await pause(300);
    workers[kill]?.kill('SIGKILL');
    workers.push(startWorker());
  }
  await redis.kill();
  await pause(200);
  await redis.start();
  const { status, stderr } = await submitted;
  // Some lines of the list are not observables.
  expect([status, stderr]).toEqual([3, expect.stringContaining('9,500 rows are in')]);
  expect(readFileSync(out, 'utf8')).toBe(wanted);
  for (const worker of workers) worker.kill('SIGTERM');
});

test('the chunk of a killed worker is finished by another one within 10 seconds', async () => {
  const list = join(folder, 'short.txt');
  const out = join(folder, 'short.ndjson');
  writeFileSync(list, 'one.example\ntwo.example\n');
  // The first worker has to wait for Graph until long after its end.
  const fault: FaultRule = { kind: 'error', status: 503, retryAfter: 600, times: 1 };
  sandbox.faults.rules.push(fault);
  const first = startWorker();
  const submitted = run('enrich', list, '--queue', 'short', '--tenant', 'contoso', '--out', out);
  while (fault.times > 0) await pause(20);
  expect((await run('jobs', 'show', 'short')).stdout).toMatch(/workers {3}[1-9]/);
  const second = startWorker();
  first.kill('SIGKILL');
  const killed = performance.now();
  expect(await submitted).toMatchObject({ status: 0 });
  expect(performance.now() - killed).toBeLessThan(10_000);
  expect(readFileSync(out, 'utf8').split('\n')).toHaveLength(3);
  second.kill('SIGTERM');
});

test('jobs are listed, shown, paused, resumed, cancelled and cleaned by name', async () => {
  const out = join(folder, 'paused.ndjson');
  const list = join(folder, 'list.txt');
  const submitted = start(['enrich', list, '--queue', 'by-hand', '--tenant', 'idle', '--out', out]);
  while (!(await run('jobs')).stdout.includes('by-hand')) await pause(100);
  expect((await run('jobs', 'show', 'by-hand')).stdout).toMatch(
    /^by-hand \(tenant idle\): running\n {2}chunks {4}0 of 48 finished, 0 dead\n {2}rows {6}9,500\n/,
  );
  expect((await run('jobs', 'show', 'by-hand')).stdout).toContain('no worker serves the tenant idle: start');
  expect((await run('jobs', 'pause', 'by-hand')).stdout).toContain('by-hand is paused');
  expect((await run('jobs', 'list')).stdout).toMatch(/by-hand +idle +paused +0 % +9,500/);
  expect((await run('jobs', 'resume', 'by-hand')).stdout).toContain('by-hand is resumed');
  expect((await run('jobs', 'cancel', 'by-hand')).stdout).toContain('by-hand is cancelled');
  const [status] = await once(submitted, 'close');
  expect(status).toBe(1);
  expect(await run('jobs', 'resume', 'by-hand')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('by-hand is cancelled and cannot be resumed.\nSubmit the list again'),
  });
  expect((await run('jobs', 'clean', 'by-hand')).stdout).toContain('by-hand is removed');
  expect(await run('jobs', 'show', 'by-hand')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('There is no job "by-hand".'),
  });
});

const BAD: Readonly<Record<string, readonly [NodeJS.ProcessEnv, string]>> = {
  'no address': [{ MDTI_SHARED: '' }, 'Queues need a Redis server, and none is configured.'],
  'a wrong address': [
    { MDTI_SHARED: 'redis://127.0.0.1:1' },
    'Redis cannot be used: nothing listens at 127.0.0.1:1.',
  ],
  'a password in the address': [
    { MDTI_SHARED: 'redis://u:secret@127.0.0.1' },
    'MDTI_SHARED contains a password.',
  ],
  'a key that others can read': [{ MDTI_SHARED_KEY_FILE: '/etc/hostname' }, '/etc/hostname'],
};

test.each(Object.entries(BAD))('%s is named in one sentence', async (_, [variables, message]) => {
  const before = environment;
  environment = { ...environment, ...variables };
  const { status, stderr } = await run('jobs');
  environment = before;
  expect(status).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('secret');
});

test('a command uses the shared budget, and exits when it is done', async () => {
  const before = environment;
  environment = { ...environment, MDTI_SHARED_RATE: '50' };
  const params = join(folder, 'contoso.json');
  const { status, stdout, stderr } = await run(
    'host-reputation',
    'contoso.com',
    '--params',
    params,
    '-o',
    'ndjson',
  );
  environment = before;
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('shared services')]);
  expect(stdout).toContain('contoso.com');
  const { Redis } = await import('ioredis');
  const client = new Redis({ port: redis.port });
  const [key = ''] = await client.keys('mdti:*:budget');
  expect(Number(await client.hget(key, 'rate'))).toBeCloseTo(50 * 0.98);
  client.disconnect();
});

test('a command continues alone while Redis is unreachable', async () => {
  const before = environment;
  environment = { ...environment, MDTI_SHARED: 'redis://127.0.0.1:1' };
  const { status, stderr } = await run('host', 'contoso.com', '--params', join(folder, 'contoso.json'));
  environment = before;
  expect([status, stderr.match(/Redis is unreachable; using the local budget and cache/g)]).toEqual([
    0,
    ['Redis is unreachable; using the local budget and cache'],
  ]);
});

test('two commands on different machines share one sign-in, which Redis stores encrypted', async () => {
  const before = environment;
  const { Redis } = await import('ioredis');
  const client = new Redis({ port: redis.port });
  for (const key of await client.keys('mdti:*:logins')) await client.del(key);
  const tokensBefore = sandbox.requests.filter(({ path }) => path.includes('/token?')).length;
  for (const machine of ['one', 'other']) {
    environment = {
      ...before,
      HOME: join(folder, machine),
      MDTI_STATE_FILE: join(folder, `${machine}.state`),
    };
    expect((await run('host', 'contoso.com', '--params', join(folder, 'contoso.json'))).status).toBe(0);
  }
  environment = before;
  const tokens = sandbox.requests.filter(({ path }) => path.includes('/token?')).length - tokensBefore;
  expect(tokens).toBe(1);
  const [key = ''] = await client.keys('mdti:*:logins');
  expect(await client.get(key)).toMatch(/^mdti-state-1 /);
  client.disconnect();
});

test('one machine reuses the responses of another', async () => {
  const before = environment;
  const list = join(folder, 'short.txt');
  writeFileSync(list, 'shared-answer.example\ncontoso.com\n');
  const requests: number[] = [];
  for (const machine of ['first', 'second']) {
    const counted = sandbox.requests.length;
    environment = { ...before, HOME: join(folder, machine), MDTI_RESPONSES: join(folder, machine) };
    const { status } = await run('enrich', list, '--params', join(folder, 'contoso.json'));
    expect(status).toBe(0);
    requests.push(sandbox.requests.slice(counted).filter(({ path }) => path.startsWith('/v1.0')).length);
  }
  environment = before;
  expect(requests).toEqual([1, 0]);
});

test('--every replaces the file after each run and sleeps until the next one', async () => {
  const out = join(folder, 'periodic.ndjson');
  const list = join(folder, 'every.txt');
  writeFileSync(list, 'contoso.com\n192.0.2.1\n');
  writeFileSync(out, 'rows of the run before\n');
  const worker = startWorker();
  const args = ['enrich', list, '--queue', 'periodic', '--tenant', 'contoso', '--out', out, '--every', '24h'];
  const periodic = start(args);
  let stderr = '';
  await new Promise<void>((resolve) => {
    periodic.stderr?.on('data', (part) => {
      stderr += part;
      if (stderr.includes('The next run starts at')) resolve();
    });
  });
  periodic.kill('SIGTERM');
  const [status] = await once(periodic, 'close');
  expect([status, stderr]).toEqual([143, expect.stringContaining(`${out} is complete.`)]);
  expect(readFileSync(out, 'utf8').split('\n')).toHaveLength(3);
  expect(readdirSync(folder).filter((name) => name.startsWith('periodic'))).toEqual(['periodic.ndjson']);
  worker.kill('SIGTERM');
  for (const [words, message] of [
    [
      ['enrich', '--queue', 'x', '--out', out, '--every', '24h'],
      '--every needs a file: stdin can be read once.',
    ],
    [['enrich', list, '--queue', 'x', '--out', out, '--every', '5s'], '--every: "5s" is too short.'],
    [['enrich', list, '--every', '24h'], '--every needs --queue NAME.'],
  ] as const)
    expect(await run(...words)).toMatchObject({ status: 2, stderr: expect.stringContaining(message) });
});

test('the process exits on a startup error: a worker without its port, an output file in use', async () => {
  const tenants = join(folder, 'tenants.yaml');
  expect(await run('worker', '--tenants', tenants, '--metrics', 'none')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--metrics: "none" is not a port or an address with a port.'),
  });
  writeFileSync(join(folder, 'bad.json'), '{"app_id": 1, "proxy": "x"}', { mode: 0o600 });
  writeFileSync(join(folder, 'bad.yaml'), 'tenants: {contoso: {params_file: bad.json}}');
  expect((await run('worker', '--tenants', join(folder, 'bad.yaml'))).status).toBe(2);
  const out = join(folder, 'taken.ndjson');
  writeFileSync(out, 'other rows\n');
  expect(await run('enrich', join(folder, 'list.txt'), '--queue', 'taken', '--out', out)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining(`--out: ${out} exists and is not empty.`),
  });
  expect((await run('jobs')).stdout).not.toContain('taken');
});

test('the configuration file names the shared services too; the environment wins', async () => {
  const before = environment;
  const config = join(folder, 'config.json');
  const keyFile = before.MDTI_SHARED_KEY_FILE;
  const withConfig = (shared: unknown) => writeFileSync(config, JSON.stringify({ profiles: {}, shared }));
  const jobs = async (variables: NodeJS.ProcessEnv) => {
    environment = { ...before, MDTI_SHARED: '', MDTI_SHARED_KEY_FILE: '', MDTI_CONFIG: config, ...variables };
    const ended = await run('jobs');
    environment = before;
    return ended;
  };
  withConfig({ url: `redis://127.0.0.1:${redis.port}`, key_file: keyFile });
  expect(await jobs({})).toMatchObject({ status: 0 });
  expect(await jobs({ MDTI_SHARED: 'redis://127.0.0.1:1', MDTI_SHARED_KEY_FILE: keyFile })).toMatchObject({
    stderr: expect.stringContaining('nothing listens at 127.0.0.1:1'),
  });
  withConfig({ url: `redis://127.0.0.1:${redis.port}`, password: 'secret' });
  expect(await jobs({})).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(
      /config\.json: the section "shared" has "password"\.\nIt takes url, password_file,/,
    ),
  });
});

test('a worker exits after SIGTERM while Redis is unreachable', async () => {
  const worker = start(['worker', '--tenants', join(folder, 'tenants.yaml')]);
  let stderr = '';
  await new Promise<void>((resolve) => {
    worker.stderr?.on('data', (part) => {
      stderr += part;
      if (stderr.includes('worker started')) resolve();
    });
  });
  await redis.kill();
  worker.kill('SIGTERM');
  expect(await once(worker, 'exit')).toEqual([0, null]);
  await redis.start();
});
