import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../src/base/log';
import { statePaths } from '../../src/base/user-paths';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { fileStore } from '../../src/state/file-store';
import { WORLD } from '../support/case';
import { mdti } from '../support/mdti';

const AUTH = 'msg-defender-threat-intel-auth-';

let sandbox: Sandbox;
let folder: string;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.reset();
  folder = mkdtempSync(join(tmpdir(), 'mdti-login-'));
  writeFileSync(join(folder, 'ca.pem'), sandbox.ca);
  environment = { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'), MDTI_STATE_FILE: join(folder, 'state') };
});

function posts(): (string | undefined)[] {
  return sandbox.requests
    .filter(({ method }) => method === 'POST')
    .map(({ path, form }) => form?.grant_type ?? /devicecode/.exec(path)?.[0]);
}

const DEVICE = { client_credentials: false, credentials: null };

describe('a sign-in by device code over several processes', () => {
  test('passes the context on like a platform', async () => {
    let integrationContext: unknown = {};
    async function run(command: string): Promise<{ status: number | null; text: string }> {
      const document = { command, params: { ...sandbox.params, ...DEVICE }, integrationContext };
      const { status, stdout } = await mdti(['run'], JSON.stringify(document), environment);
      const response = JSON.parse(stdout);
      integrationContext = response.integrationContext;
      return { status, text: response.entries[0].Contents };
    }

    const started = await run(`${AUTH}start`);
    expect(started.status).toBe(0);
    const code = /\*\*([A-Z0-9]+)\*\*/.exec(started.text)?.[1] ?? '';
    expect(await run(`${AUTH}complete`)).toMatchObject({
      status: 1,
      text: expect.stringContaining(`The sign-in with the code ${code} is still pending.`),
    });
    sandbox.login.approve(code);
    expect(await run(`${AUTH}complete`)).toMatchObject({ status: 0 });
    expect(await run(`${AUTH}test`)).toMatchObject({ status: 0, text: expect.stringMatching(/^Success/) });
    expect(posts()).toEqual(['devicecode', 'device_code', 'device_code', 'refresh_token']);
    expect(await run(`${AUTH}reset`)).toMatchObject({ status: 0 });
    expect(integrationContext).toEqual({ resets: 1 });
  });

  test('shares the state file of the command line', async () => {
    const paramsFile = join(folder, 'params.json');
    writeFileSync(paramsFile, JSON.stringify({ ...sandbox.params, ...DEVICE }));
    const run = (command: string) => mdti([`!${AUTH}${command}`, '--params', paramsFile], '', environment);

    const { stdout } = await run('start');
    const code = /Enter the code \W*([A-Z0-9]{9})/.exec(stdout)?.[1] ?? '';
    sandbox.login.approve(code);
    expect(await run('complete')).toMatchObject({ status: 0, stderr: '' });
    expect(await run('test')).toMatchObject({ status: 0, stderr: '' });
    expect(posts()).toEqual(['devicecode', 'device_code', 'refresh_token']);
    expect(readFileSync(join(folder, 'state'), 'utf8')).toMatch(/^mdti-state-1 [A-Za-z0-9+/=]+\n$/);
  });
});

test('all 20 parallel tests of the sign-in with an expired token succeed', async () => {
  const paramsFile = join(folder, 'params.json');
  writeFileSync(paramsFile, JSON.stringify({ ...sandbox.params, ...DEVICE }));
  const run = (command: string) => mdti([`!${AUTH}${command}`, '--params', paramsFile], '', environment);
  const code = /Enter the code \W*([A-Z0-9]{9})/.exec((await run('start')).stdout)?.[1] ?? '';
  sandbox.login.approve(code);
  await run('complete');

  const store = fileStore(statePaths(environment), { log: silentLog });
  await store.update((state) => ({
    ...state,
    tokens: Object.fromEntries(
      Object.keys(state.tokens as object).map((key) => [
        key,
        { value: 'expired', expiresAt: Date.now() - 1 },
      ]),
    ),
  }));
  const ended = await Promise.all(Array.from({ length: 20 }, () => run('test')));
  expect(ended.map(({ status }) => status)).toEqual(Array(20).fill(0));
  expect(ended.map(({ stderr }) => stderr)).toEqual(Array(20).fill(''));
  expect(posts().slice(0, 3)).toEqual(['devicecode', 'device_code', 'refresh_token']);
  const [token] = Object.values((await store.read()).tokens as Record<string, { expiresAt: number }>);
  expect(token?.expiresAt).toBeGreaterThan(Date.now() + 55 * 60_000);
});
