import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from './case';

const MDTI = join(__dirname, '../../dist/mdti.cjs');

/** The folder of a user who installed the command line: `mdti` in the path, and parameters in a file. */
export interface Installed {
  readonly folder: string;
  readonly paramsFile: string;
  readonly env: NodeJS.ProcessEnv;
}

export function installed(sandbox: Sandbox, program = MDTI): Installed {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-'));
  const ca = join(folder, 'ca.pem');
  const paramsFile = join(folder, 'params.json');
  const command = join(folder, 'mdti');
  writeFileSync(ca, sandbox.ca);
  writeFileSync(paramsFile, JSON.stringify(sandbox.params));
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(command, 0o755);
  return {
    folder,
    paramsFile,
    env: {
      PATH: `${folder}${delimiter}${process.env.PATH}`,
      NODE_EXTRA_CA_CERTS: ca,
      MDTI_ALLOW_ENDPOINTS: sandbox.origin,
      MDTI_LOG: 'error',
    },
  };
}

/** Starts a sandbox for all tests of a file, and installs the command line of a user who signs in to it. */
export function installedSandbox(): { readonly sandbox: Sandbox; readonly mdti: Installed } {
  const on = {} as { sandbox: Sandbox; mdti: Installed };
  beforeAll(async () => {
    on.sandbox = await startSandbox({ world: WORLD });
    on.mdti = installed(on.sandbox);
  });
  afterAll(() => on.sandbox.close());
  return on;
}
