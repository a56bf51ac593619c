import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Sandbox } from '../../src/sandbox';

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
