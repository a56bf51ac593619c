import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { APPLICATION } from '../../src/sandbox/options';
import { WORLD } from './case';

export const SECRET = [
  'login',
  '--method',
  'secret',
  '--app-id',
  APPLICATION.id,
  '--tenant-id',
  APPLICATION.domain,
];
export const DEVICE = ['login', '--method', 'device-code', '--app-id', APPLICATION.id];

interface SignInSandbox {
  readonly sandbox: Sandbox;
  /** The configuration file of the test. */
  readonly config: string;
  readonly environment: NodeJS.ProcessEnv;
  profiles(): Record<string, Record<string, unknown>>;
}

/** A sandbox to sign in at for all tests of a file, and an empty folder of configuration and state for each. */
export function signInSandbox(): SignInSandbox {
  let sandbox: Sandbox;
  let folder: string;
  beforeAll(async () => {
    sandbox = await startSandbox({ world: WORLD, deviceCode: { interval: 0 } });
  });
  afterAll(() => sandbox.close());
  beforeEach(() => {
    sandbox.reset();
    folder = mkdtempSync(join(tmpdir(), 'mdti-sign-in-'));
  });
  return {
    get sandbox() {
      return sandbox;
    },
    get config() {
      return join(folder, 'config', 'config.json');
    },
    get environment() {
      return {
        MDTI_ALLOW_ENDPOINTS: sandbox.origin,
        MDTI_AZURE_AD_ENDPOINT: sandbox.origin,
        MDTI_GRAPH_ENDPOINT: sandbox.origin,
        // The certificate of the sandbox is read when a process starts.
        MDTI_INSECURE: 'true',
        MDTI_CONFIG: join(folder, 'config', 'config.json'),
        MDTI_STATE_FILE: join(folder, 'state'),
      };
    },
    profiles: () => JSON.parse(readFileSync(join(folder, 'config', 'config.json'), 'utf8')).profiles,
  };
}
