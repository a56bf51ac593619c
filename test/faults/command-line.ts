import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Megabytes of memory that it had at most. */
  readonly peak: number;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** A certificate in a file, as NODE_EXTRA_CA_CERTS wants it. */
export function certificateFile(certificate: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'mdti-faults-')), 'ca.pem');
  writeFileSync(file, certificate);
  return file;
}

/** Starts the bundled command line in a separate process, whose memory is measured. */
export function start(args: readonly string[], stdin: string, environment: NodeJS.ProcessEnv): Started {
  const child = spawn(
    process.execPath,
    ['--require', join(ROOT, 'test/support/peak.cjs'), join(ROOT, 'dist/mdti.cjs'), ...args],
    {
      env: {
        PATH: process.env.PATH,
        MDTI_ALLOW_ENDPOINTS: process.env.MDTI_ALLOW_ENDPOINTS,
        // An endpoint of a test is outside the known clouds, which is logged as a warning.
        MDTI_LOG: 'error',
        ...environment,
      },
    },
  );
  const outcome = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (part: string) => {
      outcome[name] += part;
    });
  child.stdin.on('error', () => {
    // A process that rejects a document does not read the rest of it.
  });
  child.stdin.end(stdin);
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (status) =>
      resolve({
        status,
        stdout: outcome.stdout,
        stderr: outcome.stderr.replace(/^peak \d+\n/m, ''),
        peak: Number(/^peak (\d+)$/m.exec(outcome.stderr)?.[1]),
      }),
    );
  });
  return { child, ended };
}
