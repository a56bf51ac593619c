import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { APPLICATION } from '../../src/sandbox/options';
import { WORLD } from '../support/case';
import { makeRegistered, type Registered } from '../support/identity';
import { type IdentityEndpoint, startIdentityEndpoint } from '../support/managed-identity';
import { mdti } from '../support/mdti';

let registered: Registered;
let sandbox: Sandbox;
let endpoint: IdentityEndpoint;
let environment: NodeJS.ProcessEnv;
let loaded: string;
beforeAll(async () => {
  registered = await makeRegistered();
  sandbox = await startSandbox({ world: WORLD, certificates: [registered.certificate] });
  endpoint = await startIdentityEndpoint(sandbox);
  const folder = mkdtempSync(join(tmpdir(), 'mdti-flows-'));
  writeFileSync(join(folder, 'ca.pem'), sandbox.ca);
  // Prints the loaded files at exit.
  loaded = join(folder, 'loaded.cjs');
  writeFileSync(
    loaded,
    "process.on('exit', () => require('node:fs').writeSync(2, JSON.stringify(Object.keys(require.cache))));",
  );
  environment = { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'), NODE_OPTIONS: `--require ${loaded}` };
});
afterAll(() => Promise.all([sandbox.close(), endpoint.close()]));

interface Ran {
  readonly text: string;
  readonly context: unknown;
  /** The chunks of the product that were loaded. */
  readonly chunks: string[];
}

async function testModule(params: object, context: unknown, variables: NodeJS.ProcessEnv): Promise<Ran> {
  const document = { command: 'test-module', params, integrationContext: context };
  const { stdout, stderr } = await mdti(['run'], JSON.stringify(document), { ...environment, ...variables });
  const response = JSON.parse(stdout);
  const files: string[] = JSON.parse(stderr);
  const chunks = files.filter((file) => file !== loaded).map((file) => basename(file));
  return { text: response.entries[0].Contents, context: response.integrationContext, chunks };
}

test.each<[string, string, () => [object, NodeJS.ProcessEnv]]>([
  ['a secret', 'msal-acquire.cjs', () => [{}, {}]],
  [
    'a certificate',
    'msal-acquire.cjs',
    () => [
      { credentials: null, creds_certificate: { identifier: registered.sha256, password: registered.pkcs8 } },
      {},
    ],
  ],
  [
    'a managed identity',
    'msal-acquire.cjs',
    () => [
      { client_credentials: false, use_managed_identities: true },
      { IDENTITY_ENDPOINT: `${endpoint.origin}/msi/token`, IDENTITY_HEADER: 'a-header-secret' },
    ],
  ],
  [
    'an ambient identity',
    'ambient-acquire.cjs',
    () => [
      { client_credentials: false, use_ambient_identity: true },
      {
        AZURE_TENANT_ID: APPLICATION.tenant,
        AZURE_CLIENT_ID: APPLICATION.id,
        AZURE_CLIENT_SECRET: APPLICATION.secret,
      },
    ],
  ],
])(
  '%s signs in in one process, and the next one needs no sign-in and loads nothing for it',
  async (_, chunk, how) => {
    sandbox.reset();
    endpoint.requested.length = 0;
    const [params, variables] = how();
    const first = await testModule({ ...sandbox.params, ...params }, {}, variables);
    expect(first.text).toBe('ok');
    expect(first.chunks).toContain(chunk);
    const requested = sandbox.requests.length + endpoint.requested.length;
    const second = await testModule({ ...sandbox.params, ...params }, first.context, variables);
    expect(second).toMatchObject({ text: 'ok', context: first.context });
    expect(sandbox.requests.length + endpoint.requested.length).toBe(requested + 1);
    expect(sandbox.requests.at(-1)?.method).toBe('GET');
    expect(second.chunks.filter((file) => /acquire/.test(file))).toEqual([]);
  },
);
