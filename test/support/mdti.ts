import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const MDTI = join(__dirname, '../../dist/mdti.cjs');

/** A folder for this test file only: no test sees the sign-ins or compiled code of the user who runs it. */
const folder = mkdtempSync(join(tmpdir(), 'mdti-process-'));

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as users get it: bundled, in a separate process. */
export function mdti(
  args: readonly string[],
  stdin = '',
  environment: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  return new Promise((ended) => {
    const child = spawn(process.execPath, [MDTI, ...args], {
      env: {
        PATH: process.env.PATH,
        MDTI_ALLOW_ENDPOINTS: process.env.MDTI_ALLOW_ENDPOINTS,
        // An endpoint of a test is outside the known clouds, which is logged as a warning.
        MDTI_LOG: 'error',
        MDTI_CACHE: join(folder, 'cache'),
        MDTI_RESPONSES: join(folder, 'responses'),
        MDTI_STATE_FILE: join(folder, 'state'),
        ...environment,
      },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (part) => {
      stdout += part;
    });
    child.stderr.on('data', (part) => {
      stderr += part;
    });
    child.on('close', (status) => ended({ status, stdout, stderr }));
    child.stdin.end(stdin);
  });
}
