import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { GROUPS_IN_MEMORY } from '../../src/enrich/enrich';
import { BATCH_SIZE } from '../../src/graph/batch';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from '../support/case';

const MDTI = join(__dirname, '../../dist/mdti.cjs');

/** Rows that may be requested again after a kill. */
const WINDOW = GROUPS_IN_MEMORY * BATCH_SIZE;

const KNOWN = ['contoso.com', 'hxxps://login-update[.]example/x', '192.0.2.1', 'cve-2099-10001', 'no host'];

/** The status of a run that refused a row, such as `no host`. */
const SOME_REFUSED = 3;

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
  folder = mkdtempSync(join(tmpdir(), 'mdti-enrich-'));
  writeFileSync(join(folder, 'ca.pem'), sandbox.ca);
  writeFileSync(join(folder, 'params.json'), JSON.stringify(sandbox.params));
});
afterAll(() => sandbox.close());
let responses: string;
beforeEach(() => {
  sandbox.reset();
  responses = mkdtempSync(join(tmpdir(), 'mdti-responses-'));
});

function start(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [MDTI, 'enrich', '--params', join(folder, 'params.json'), ...args], {
    env: {
      PATH: process.env.PATH,
      MDTI_ALLOW_ENDPOINTS: process.env.MDTI_ALLOW_ENDPOINTS,
      // An endpoint of a test is outside the known clouds, which is logged as a warning.
      MDTI_LOG: 'error',
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
      MDTI_CACHE: join(folder, 'cache'),
      MDTI_RESPONSES: responses,
      MDTI_STATE_FILE: join(folder, 'state'),
    },
  });
}

async function ended(
  child: ChildProcess,
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const [stdout, stderr, [status]] = await Promise.all([
    child.stdout === null ? '' : text(child.stdout),
    child.stderr === null ? '' : text(child.stderr),
    once(child, 'exit'),
  ]);
  return { status, stdout, stderr };
}

/** `count` rows: some that the sandbox knows, the others all different. */
function input(rows: number): string {
  const file = join(folder, `${rows}.txt`);
  const lines = Array.from({ length: rows }, (_, index) => KNOWN[index % 40] ?? `n${index}.example`);
  writeFileSync(file, lines.join('\n'));
  return file;
}

/** Resolves when the file has grown to this number of bytes, or the process that writes it has ended. */
async function grown(file: string, bytes: number, writer: ChildProcess): Promise<void> {
  const size = () => (existsSync(file) ? statSync(file).size : 0);
  while (size() < bytes && writer.exitCode === null) await new Promise((again) => setTimeout(again, 2));
}

function requestedRows(): number {
  const batches = sandbox.requests.map(({ json }) => (json ?? {}) as { requests?: unknown[] });
  return batches.reduce((sum, { requests = [] }) => sum + requests.length, 0);
}

test('killed three times and resumed, it writes what an undisturbed run writes', async () => {
  const file = input(1_200);
  const whole = await ended(start(file));
  expect(whole.status).toBe(SOME_REFUSED);
  const requested = requestedRows();
  responses = mkdtempSync(join(tmpdir(), 'mdti-responses-'));
  sandbox.faults.latency = 5;

  const out = join(folder, 'killed.ndjson');
  for (const share of [0.2, 0.4, 0.7]) {
    const child = start(file, '--out', out);
    await grown(out, whole.stdout.length * share, child);
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    expect(existsSync(`${out}.journal`)).toBe(true);
  }
  const last = await ended(start(file, '--out', out));
  expect(last.stderr).toMatch(/rows: .* written by an earlier run\./);
  expect(readFileSync(out, 'utf8')).toBe(whole.stdout);
  expect(existsSync(`${out}.journal`)).toBe(false);
  expect(requestedRows() - requested).toBeLessThanOrEqual(requested + 3 * WINDOW);
});

test('--rate limits the requests per second', async () => {
  const started = performance.now();
  const { status } = await ended(start(input(80), '--rate', '50'));
  // One batch may be ahead of the rate.
  expect(performance.now() - started).toBeGreaterThanOrEqual((1_000 * (requestedRows() - BATCH_SIZE)) / 50);
  expect(status).toBe(SOME_REFUSED);
  expect(requestedRows()).toBeGreaterThanOrEqual(70);
});

test('stops when no row can succeed, and can be resumed', async () => {
  const out = join(folder, 'forbidden.csv');
  sandbox.faults.rules = [{ kind: 'error', match: '/v1.0', times: 1_000, status: 403 }];
  const refused = await ended(start(input(100), '--out', out, '-o', 'csv'));
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain('Graph responded with 403');
  // There is no row that could be saved.
  expect(refused.stderr).not.toContain('rows are saved');
  sandbox.faults.rules = [];
  expect((await ended(start(input(100), '--out', out, '-o', 'csv'))).status).toBe(SOME_REFUSED);
  expect(readFileSync(out, 'utf8').trimEnd().split('\r\n')).toHaveLength(101);
});

test('another input is not written behind this one', async () => {
  const out = join(folder, 'other.ndjson');
  sandbox.faults.latency = 400;
  const child = start(input(600), '--out', out);
  const over = ended(child);
  await grown(out, 1, child);
  child.kill('SIGINT');
  const first = await over;
  expect(`${first.status} ${first.stderr}`).toMatch(/^130 /);
  sandbox.faults.latency = 0;
  writeFileSync(input(600), 'something-else.example\n'.repeat(600));
  const { status, stderr } = await ended(start(join(folder, '600.txt'), '--out', out));
  expect(status).toBe(1);
  expect(stderr).toContain('The input differs from the one that this output was started with.');
});

test('a reader that closes the pipe ends the work without an error', async () => {
  const child = start(input(1_200));
  child.stdout?.once('data', () => child.stdout?.destroy());
  const [stderr, [status]] = await Promise.all([
    child.stderr === null ? '' : text(child.stderr),
    once(child, 'exit'),
  ]);
  // A busy machine takes long enough for lines of progress.
  const lines = stderr.split('\n').filter((line) => !/\d done, \d/.test(line));
  expect([status, lines.join('\n')]).toEqual([141, '']);
});

test('a reader that lags gets every row', async () => {
  const child = start(input(1_200));
  while (requestedRows() < 300) await new Promise((later) => setTimeout(later, 5));
  const { stdout, status } = await ended(child);
  expect([status, stdout.trimEnd().split('\n').length]).toEqual([SOME_REFUSED, 1_200]);
});

test('reads a CSV column from stdin and writes STIX', async () => {
  const child = start('--column', 'host', '-o', 'stix');
  child.stdin?.end('id,host\n1,contoso.com\n2,192[.]0[.]2[.]1\n');
  const { stdout } = await ended(child);
  const { objects } = JSON.parse(stdout) as { objects: { type: string }[] };
  expect(objects.map(({ type }) => type)).toEqual([
    'identity',
    'marking-definition',
    'domain-name',
    'ipv4-addr',
    'indicator',
    'relationship',
  ]);
});

test('sends each observable once, and only new ones in the next run; --fresh sends all again', async () => {
  const file = join(folder, 'repeated.txt');
  writeFileSync(file, Array.from({ length: 2_000 }, (_, at) => `n${(at * at) % 97}.example`).join('\n'));
  const distinct = new Set(readFileSync(file, 'utf8').split('\n')).size;
  // The saved token is none of this sandbox since it was reset: the first run gets a new one.
  await ended(start(input(1)));
  const before = requestedRows();
  const first = await ended(start(file));
  expect(first.status).toBe(0);
  expect(requestedRows() - before).toBeLessThanOrEqual(distinct * 1.01);
  const second = await ended(start(file));
  expect(requestedRows() - before).toBeLessThanOrEqual(distinct * 1.01);
  const rows = second.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { requestedAt?: string });
  expect(rows.every(({ requestedAt }) => typeof requestedAt === 'string')).toBe(true);
  await ended(start(file, '--fresh'));
  expect(requestedRows() - before).toBeGreaterThanOrEqual(2 * distinct);
});

test('a spreadsheet in UTF-16 with semicolons is read, and each text that is not an observable is rejected with its reason', async () => {
  const refused = {
    d41d8cd98f00b204e9800998ecf8427e: 'is an MD5 hash',
    da39a3ee5e6b4b0d3255bfef95601890afd80709: 'is a SHA-1 hash',
    e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855: 'is a SHA-256 hash',
    'N/A': 'is a placeholder',
    none: 'is a placeholder',
    AS64497: 'is an AS number',
    indicator: 'is a single label',
    'user@contoso.com': 'is an e-mail address',
    '192.0.2.0/24 (office)': 'is a CIDR block',
  };
  const cells = ['contoso.com', ...Object.keys(refused)];
  const file = join(folder, 'spreadsheet.csv');
  writeFileSync(
    file,
    Buffer.from(`\uFEFFid;host\r\n${cells.map((cell) => `1;${cell}\r\n`).join('')}`, 'utf16le'),
  );
  const { status, stdout } = await ended(start(file, '--column', 'host', '-o', 'csv'));
  const rows = stdout.trimEnd().split('\r\n').slice(1);
  expect([status, rows[0]]).toEqual([
    SOME_REFUSED,
    expect.stringMatching(/^contoso.com,contoso.com,domain,found/),
  ]);
  expect(rows.slice(1)).toEqual(
    Object.entries(refused).map(([text, reason]) =>
      expect.stringMatching(new RegExp(`^.?${text.slice(0, 9)}.*refused.*${reason}`)),
    ),
  );
});

test('CSV without --column: its column is found and named; an unclear one stops the run before anything is written', async () => {
  const child = start();
  child.stdin?.end('id;host\n1;contoso.com\n');
  const { status, stderr } = await ended(child);
  expect([status, stderr]).toEqual([
    0,
    expect.stringContaining('Reading the column "host" of the CSV input'),
  ]);
  const unclear = start();
  unclear.stdin?.end('id;host\n1;printer\n');
  expect(await ended(unclear)).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('--column: one of "id", "host"'),
  });
});

test('reads a named pipe', async () => {
  const pipe = join(mkdtempSync(join(tmpdir(), 'mdti-pipe-')), 'list');
  execFileSync('mkfifo', [pipe]);
  const run = ended(start(pipe, '--quiet'));
  await writeFile(pipe, 'contoso.com\nnone.example\n');
  const { status, stdout, stderr } = await run;
  const rows = stdout.trimEnd().split('\n');
  expect([status, stderr, rows.map((line) => JSON.parse(line).input)]).toEqual([
    0,
    '',
    ['contoso.com', 'none.example'],
  ]);
});

// The last one: the limit that it learns is saved, and would slow down the others.
test('throttling costs time, not rows', async () => {
  sandbox.faults.budget = { requests: 300, window: 1 };
  sandbox.faults.rules = [{ kind: 'throttle', match: '/v1.0/security', times: 5, retryAfter: 0 }];
  const { stdout, status } = await ended(start(input(400)));
  expect(status).toBe(SOME_REFUSED);
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).input);
  expect(rows).toEqual(readFileSync(input(400), 'utf8').split('\n'));
});
