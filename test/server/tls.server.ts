import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { silentLog } from '../../src/base/log';
import { checkRedis, openRedis } from '../../src/redis/connection';
import { readSharedSettings } from '../../src/redis/settings';
import { freePort, listening } from './redis';

let folder: string;
let server: ChildProcess;
let environment: NodeJS.ProcessEnv;

/** A Redis that speaks TLS only, and knows one user with a password. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'redis-tls-'));
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  const certificate = file('cert.pem', cert);
  const port = await freePort();
  const acl = file('users.acl', 'user default off\nuser engine on >a-password ~mdti:* ~bull:* &* +@all\n');
  const tls = [
    '--tls-cert-file',
    certificate,
    '--tls-key-file',
    file('key.pem', key),
    '--tls-auth-clients',
    'no',
  ];
  server = spawn(
    'redis-server',
    ['--port', '0', '--tls-port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '']
      .concat(tls)
      .concat('--aclfile', acl),
    { stdio: 'ignore' },
  );
  await listening(port);
  environment = {
    MDTI_SHARED: `rediss://engine@localhost:${port}`,
    MDTI_SHARED_PASSWORD_FILE: file('password', 'a-password\n'),
    MDTI_SHARED_KEY_FILE: file('mdti.key', Buffer.alloc(32, 7).toString('base64')),
    MDTI_SHARED_CA_FILE: certificate,
  };
});

afterAll(() => {
  server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function check(variables: NodeJS.ProcessEnv = {}): Promise<void> {
  const settings = readSharedSettings({ ...environment, ...variables });
  if (settings === undefined) throw new Error('no settings');
  const connection = await openRedis(settings, silentLog);
  try {
    await checkRedis(connection, settings, { queues: true });
  } finally {
    await connection.close();
  }
}

test('a Redis with TLS and an ACL user is used with its certificate and the password from a file', async () => {
  await expect(check()).resolves.toBeUndefined();
});

test('a certificate that is not trusted and a wrong password are one sentence each', async () => {
  const refused = {
    code: 'CONFIG_INVALID',
    message: expect.stringMatching(/^Redis at localhost:\d+ cannot be used: /),
  };
  await expect(check({ MDTI_SHARED_CA_FILE: '' })).rejects.toMatchObject(refused);
  const wrong = join(folder, 'wrong');
  writeFileSync(wrong, 'another-password', { mode: 0o600 });
  await expect(check({ MDTI_SHARED_PASSWORD_FILE: wrong })).rejects.toMatchObject(refused);
});
