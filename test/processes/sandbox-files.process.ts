import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MDTI } from '../support/mdti';

test.each(['SIGTERM', 'SIGINT'] as const)('a sandbox that %s stops leaves no files', async (signal) => {
  const temporary = mkdtempSync(join(tmpdir(), 'mdti-temporary-'));
  const child = spawn(process.execPath, [MDTI, 'sandbox'], {
    env: { PATH: process.env.PATH, HOME: temporary, TMPDIR: temporary },
  });
  const exited = new Promise((resolve) => child.on('close', resolve));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const inFolder = () => readdirSync(temporary).filter((name) => name.startsWith('mdti-sandbox'));
  expect(inFolder()).toHaveLength(1);
  child.kill(signal);
  expect([await exited, inFolder()]).toEqual([0, []]);
});
