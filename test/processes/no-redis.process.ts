import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, mdti } from '../support/mdti';

const folder = mkdtempSync(join(tmpdir(), 'mdti-no-redis-'));
const list = join(folder, 'list.txt');
const key = join(folder, 'mdti.key');
writeFileSync(list, 'contoso.com\n');
writeFileSync(key, randomBytes(32).toString('base64'), { mode: 0o600 });

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

const ENRICH = ['enrich', list, '--queue', 'nightly', '--out', join(folder, 'rows.ndjson')];

interface Run {
  readonly port: number;
  readonly ended: Ended;
}

let runs: Readonly<Record<'jobs' | 'enrich', Run>>;
beforeAll(async () => {
  const [jobs, enrich] = await Promise.all([run(['jobs']), run(ENRICH)]);
  runs = { jobs, enrich };
});

async function run(words: readonly string[]): Promise<Run> {
  const port = await freePort();
  const environment = { MDTI_SHARED: `redis://127.0.0.1:${port}`, MDTI_SHARED_KEY_FILE: key, MDTI_LOG: '' };
  return { port, ended: await mdti(words, '', environment) };
}

test.each(['jobs', 'enrich'] as const)(
  'mdti %s: where no Redis listens, one sentence names the address',
  (verb) => {
    const { port, ended } = runs[verb];
    expect(ended).toEqual({
      status: 2,
      stdout: '',
      stderr: `Redis cannot be used: nothing listens at 127.0.0.1:${port}.\nStart Redis, or correct the address in MDTI_SHARED.\n`,
    });
  },
);
