import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type Act, type Hostile, json, page, startHostile } from '../faults/hostile';
import { MDTI } from '../support/mdti';

let server: Hostile;
let folder: string;
beforeAll(async () => {
  server = await startHostile();
  folder = mkdtempSync(join(tmpdir(), 'mdti-pages-'));
  writeFileSync(join(folder, 'ca.pem'), server.ca);
  writeFileSync(join(folder, 'params.json'), JSON.stringify(server.params));
});
afterAll(() => server.close());

/** Lists all articles as NDJSON. */
function start(more = '', ...flags: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, words(more, ...flags), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(),
  });
}

function words(more: string, ...flags: readonly string[]): string[] {
  const line = `!msg-defender-threat-intel-article-list all_results=true ${more}`;
  return [MDTI, line, '-o', 'ndjson', '--params', join(folder, 'params.json'), ...flags];
}

function environment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    MDTI_ALLOW_ENDPOINTS: process.env.MDTI_ALLOW_ENDPOINTS,
    // An endpoint of a test is outside the known clouds, which is logged as a warning.
    MDTI_LOG: 'error',
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    MDTI_CACHE: join(folder, 'cache'),
    MDTI_STATE_FILE: join(folder, 'state'),
  };
}

async function ended(child: ReturnType<typeof start>) {
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { ids: stdout.split('\n').slice(0, -1).map(idOf), stderr, status };
}

function idOf(line: string): unknown {
  return JSON.parse(line).id;
}

function next(token: number): string {
  return `${server.origin}/v1.0/security/threatIntelligence/articles?$skiptoken=${token}`;
}

const refusal = json({ error: { code: 'BadRequest', message: 'Enough.' } }, 400);

test('the rows of a page can be read before the next page is responded', async () => {
  let respondSecond = () => {};
  const held: Act = (...exchange) => {
    respondSecond = () => page(['c'])(...exchange);
  };
  server.play(page(['a', 'b'], next(1)), held);
  const child = start();
  const result = ended(child);
  const [first] = await once(child.stdout, 'data');
  expect(String(first).trimEnd().split('\n').map(idOf)).toEqual(['a', 'b']);
  while (server.requests.length < 2) await new Promise(setImmediate);
  respondSecond();
  expect(await result).toEqual({ ids: ['a', 'b', 'c'], stderr: '3 articles.\n', status: 0 });
});

test('a list that breaks off reports its row count and is not restarted', async () => {
  server.play(page(['a', 'b'], next(1)), refusal, page(['a', 'b']));
  const { ids, stderr, status } = await ended(start('retry-count=1 retry-interval=0'));
  expect([ids, status, server.requests.length]).toEqual([['a', 'b'], 1, 2]);
  expect(stderr).toContain('Enough. 2 rows were read before that.');
});

test('a list that fails before its first row is requested again as often as wished', async () => {
  server.play(refusal, page(['a', 'b']));
  expect(await ended(start('retry-count=1 retry-interval=0'))).toMatchObject({ ids: ['a', 'b'], status: 0 });
});

test('a reader that closes the pipe ends an endless list without an error', async () => {
  let number = 0;
  server.play((...exchange) => page([`a${number++}`], next(number))(...exchange));
  const child = start();
  child.stdout.once('data', () => child.stdout.destroy());
  const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect([status, stderr]).toEqual([141, '']);
});

test('a cut list is marked outside the rows', async () => {
  server.play(page(['a', 'b'], next(1)));
  const { ids, stderr, status } = await ended(start('', '--param', 'max_results=2'));
  expect([ids, status]).toEqual([['a', 'b'], 0]);
  expect(stderr).toContain('more are available');
  expect(stderr).toContain('max_results');
});

test('SIGTERM ends a list whose reader stands still', async () => {
  const row = 'a'.repeat(4 * 1024 * 1024);
  server.play(page([row], next(1)), page(['b']));
  const child = start();
  await once(child.stdout, 'readable');
  child.kill('SIGTERM');
  const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect([status, server.requests.length]).toEqual([143, 1]);
  expect(stderr).toContain('Interrupted by SIGTERM.');
});

const FULL = '/dev/full';

(existsSync(FULL) ? test : test.skip)('a full disk under stdout is said in a sentence', async () => {
  server.play(page(['a']));
  const child = spawn(process.execPath, words(''), {
    stdio: ['ignore', openSync(FULL, 'w'), 'pipe'],
    env: environment(),
  });
  const [stderr, [status]] = await Promise.all([text(child.stderr as Readable), once(child, 'exit')]);
  expect(status).toBe(1);
  expect(stderr).toBe(
    'stdout: the result cannot be written (ENOSPC). Check where stdout points to and run the command again.\n',
  );
});
