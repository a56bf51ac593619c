import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MDTI } from '../../support/mdti';

/** `mdti serve` with a stdin that stays open, after its first response. */
async function serving(): Promise<ChildProcessWithoutNullStreams> {
  const state = join(mkdtempSync(join(tmpdir(), 'mdti-serve-')), 'state');
  const child = spawn(process.execPath, [MDTI, 'serve'], {
    env: { PATH: process.env.PATH, MDTI_STATE_FILE: state },
  });
  child.stdin.write('{"id":1,"command":"nothing"}\n');
  await once(child.stdout, 'data');
  return child;
}

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends mdti serve while stdin is open', async (signal) => {
  const child = await serving();
  child.kill(signal);
  expect(await once(child, 'close')).toEqual([0, null]);
});
