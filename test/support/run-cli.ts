import fs, { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/doors/cli/main';
import type { Ended } from './mdti';
import { standardStreams } from './standard-streams';

const real = fs.readSync;

/** A folder for this test file only: no test sees the profiles or sign-ins of the user who runs it. */
const folder = mkdtempSync(join(tmpdir(), 'mdti-cli-'));

/** Lets `readStdin` return this text; every other file is read as usual. */
export function stdinReturns(text: string): void {
  const pieces = [Buffer.from(text)];
  const instead = (descriptor: number, target: Buffer, ...rest: never[]) =>
    descriptor === 0 ? (pieces.shift()?.copy(target) ?? 0) : real(descriptor, target, ...rest);
  jest.spyOn(fs, 'readSync').mockImplementation(instead as never);
}

/**
 * Runs a command line in this process: `mdti(…)` runs the bundle. The environment is this one only; call
 * `jest.restoreAllMocks()` after each test.
 */
export async function cli(
  argv: readonly string[],
  stdin = '',
  environment: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const { stdout, stderr } = standardStreams();
  stdinReturns(stdin);
  const before = process.env;
  process.env = {
    MDTI_LOG: 'error',
    MDTI_CONFIG: join(folder, 'config.json'),
    MDTI_RESPONSES: join(folder, 'responses'),
    MDTI_STATE_FILE: join(folder, 'state'),
    ...environment,
  };
  try {
    const status = await runCli(argv);
    await new Promise(setImmediate);
    return { status, stdout: stdout.text, stderr: stderr.text };
  } finally {
    process.env = before;
  }
}
