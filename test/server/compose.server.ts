import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { parse } from 'yaml';
import { MDTI } from '../support/mdti';
import { freePort, listening } from './redis';

interface Service {
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly { readonly source: string }[];
}

const COMPOSE = parse(readFileSync(join(__dirname, '../../examples/compose.yaml'), 'utf8')) as {
  readonly services: Readonly<Record<'redis' | 'worker', Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
};

let folder: string;
const children: ChildProcess[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'compose-'));
});

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** The secrets of the compose file, as the engine of containers would mount them: private files. */
function mountSecrets(): Readonly<Record<string, string>> {
  const texts: Readonly<Record<string, string>> = {
    tenants: 'tenants: {contoso: {params: {app_id: app}}}',
    'redis-password': 'a-password-of-the-test\n',
    'sealing-key': Buffer.alloc(32, 1).toString('base64'),
  };
  return Object.fromEntries(
    Object.keys(COMPOSE.secrets).map((name) => {
      const file = join(folder, name);
      writeFileSync(file, texts[name] ?? '', { mode: 0o600 });
      return [`/run/secrets/${name}`, file];
    }),
  );
}

test('the processes of the compose file start, find each other, and report that they are healthy', async () => {
  const secrets = mountSecrets();
  const [redisPort, metricsPort] = [await freePort(), await freePort()];
  const config = join(folder, 'redis.conf');
  writeFileSync(
    config,
    `requirepass a-password-of-the-test\nport ${redisPort}\nbind 127.0.0.1\ndir ${folder}\n`,
  );
  const { redis, worker } = COMPOSE.services;
  const [server = '', ...redisArguments] = redis.command;
  children.push(
    spawn(
      server,
      redisArguments.map((word) => (word === '/etc/redis/redis.conf' ? config : word)),
      { stdio: 'ignore' },
    ),
  );
  await listening(redisPort);

  const mounted = (text: string) => secrets[text] ?? text;
  const environment = Object.fromEntries(
    Object.entries(worker.environment ?? {}).map(([name, value]) => [
      name,
      mounted(value).replace('redis:6379', `127.0.0.1:${redisPort}`),
    ]),
  );
  expect(worker.command.slice(0, 2)).toEqual(['npx', 'mdti']);
  const words = worker.command
    .slice(2)
    .map((word) => mounted(word).replace('0.0.0.0:9464', String(metricsPort)));
  children.push(
    spawn(process.execPath, [MDTI, ...words], {
      env: { PATH: process.env.PATH, HOME: folder, MDTI_CACHE: folder, ...environment },
      stdio: 'ignore',
    }),
  );
  await listening(metricsPort);
  const health = await fetch(`http://127.0.0.1:${metricsPort}/healthz`);
  expect([health.status, await health.text()]).toEqual([200, 'ok\n']);

  const client = new Redis({ port: redisPort, password: 'a-password-of-the-test' });
  const names = async () => String(await client.client('LIST')).match(/name=\S+/g) ?? [];
  while (!(await names()).some((name) => name.includes('bull:')))
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await client.config('GET', 'appendonly')).toEqual(['appendonly', 'yes']);
  client.disconnect();
});
