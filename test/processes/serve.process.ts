import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MDTI } from '../support/mdti';

const DOCUMENT = '{"id":1,"command":"nothing"}\n';

/** `mdti serve` with a stdin that stays open, after its first response. */
async function serving(): Promise<ChildProcessWithoutNullStreams> {
  const state = join(mkdtempSync(join(tmpdir(), 'mdti-serve-')), 'state');
  const child = spawn(process.execPath, [MDTI, 'serve'], {
    env: { PATH: process.env.PATH, MDTI_STATE_FILE: state },
  });
  // A process that ended does not read what is written to it.
  child.stdin.on('error', () => {});
  child.stdin.write(DOCUMENT);
  await once(child.stdout, 'data');
  return child;
}

/** Sends a document after each response; a process that receives no signal responds to all of them. */
async function served(child: ChildProcessWithoutNullStreams, most: number): Promise<string> {
  for (let count = 0; count < most; count++) {
    child.stdin.write(DOCUMENT);
    await once(child.stdout, 'data');
  }
  child.kill('SIGKILL');
  return `still serving after ${most} documents`;
}

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends mdti serve while stdin is open', async (signal) => {
  const child = await serving();
  const ended = once(child, 'close');
  child.kill(signal);
  expect(await Promise.race([ended, served(child, 100)])).toEqual([0, null]);
});
