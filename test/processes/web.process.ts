import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { webOfEachTest } from '../doors/web/web-server';
import { MDTI } from '../support/mdti';

const on = webOfEachTest();

test('the command prints one address on stdout and ends cleanly at SIGTERM', async () => {
  const folder = join(on.web.stateFile, '..');
  const child = spawn(process.execPath, [MDTI, 'web', 'spawned', '--sandbox'], {
    env: { PATH: process.env.PATH, MDTI_STATE_FILE: join(folder, 'own'), MDTI_CACHE: join(folder, 'cache') },
  });
  const address = await new Promise<string>((resolve) =>
    child.stdout.once('data', (part) => resolve(String(part))),
  );
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}\n$/);
  const ended = new Promise((resolve) => child.on('close', resolve));
  child.kill('SIGTERM');
  expect(await ended).toBe(143);
});

test('a port that is in use, and a name that is none, are a sentence', async () => {
  const run = (...args: string[]) =>
    new Promise<{ status: unknown; stderr: string }>((resolve) => {
      const child = spawn(process.execPath, [MDTI, 'web', ...args, '--sandbox'], {
        env: { PATH: process.env.PATH, MDTI_STATE_FILE: on.web.stateFile },
      });
      let stderr = '';
      child.stderr.on('data', (part) => {
        stderr += part;
      });
      child.on('close', (status) => resolve({ status, stderr }));
    });
  expect(await run('--port', String(on.web.server.port))).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(`--port ${on.web.server.port} is in use.`),
  });
  expect(await run('../x')).toMatchObject({ status: 2, stderr: expect.stringMatching('cannot be the name') });
});
