import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PluginError } from '../../../src/base/errors';
import { localResponseCache, localServices } from '../../../src/doors/cli/local-services';

const environment = process.env;
let folder: string;
let written: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdti-local-'));
  process.env = {
    PATH: environment.PATH,
    XDG_STATE_HOME: folder,
    MDTI_CONFIG: join(folder, 'config.json'),
    MDTI_STATE_FILE: join(folder, 'state'),
    MDTI_RESPONSES: join(folder, 'responses'),
  };
  written = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
});
afterEach(() => {
  process.env = environment;
  jest.restoreAllMocks();
});

const signIn = (state: object) => ({ ...state, tokens: { a: 1 } });

test('parameters of the command line that a sandbox replaces are named; those of a profile are not', () => {
  const paramsFile = join(folder, 'params.json');
  writeFileSync(paramsFile, JSON.stringify({ app_id: 'mine', max_results: 5 }));
  process.env.MDTI_TENANT_ID = 'contoso.com';
  const overrides = { params: { app_id: 'sandbox', tenant_id: 'sandbox', insecure: false }, ca: '' };
  const { params } = localServices({ paramsFile, flags: ['insecure=true'], overrides });
  expect(params).toMatchObject({ ...overrides.params, max_results: 5 });
  expect(written).toEqual([expect.stringContaining('the sandbox replaces these parameters')]);
  expect(written[0]).toContain('"parameters":"app_id insecure"');
});

test('a damaged state file is set aside, and the log names both', async () => {
  const file = join(folder, 'state');
  writeFileSync(file, 'damaged');
  expect(await localServices({ flags: [] }).store.read()).toEqual({});
  expect(written.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: 'warn', file, movedTo: `${file}.damaged` }),
  ]);
});

test('engines that share a Redis share their sign-ins: without it, the local file serves', async () => {
  const key = join(folder, 'mdti.key');
  writeFileSync(key, Buffer.alloc(32, 1).toString('base64'), { mode: 0o600 });
  Object.assign(process.env, { MDTI_SHARED: 'redis://127.0.0.1:1', MDTI_SHARED_KEY_FILE: key });
  const { store } = localServices({ flags: [] });
  await store.update(signIn);
  expect(written.join('')).toContain('127.0.0.1:1');
  expect(await store.read()).toEqual({ tokens: { a: 1 } });
});

test('a sign-in is stored in the state file, and read by the next command', async () => {
  const { store } = localServices({ flags: [] });
  await store.update(signIn);
  expect(await localServices({ flags: [] }).store.read()).toEqual({ tokens: { a: 1 } });
  expect(readFileSync(join(folder, 'state'), 'utf8')).not.toBe('');
});

describe('where the state file cannot be written', () => {
  beforeEach(() => mkdirSync(join(folder, 'state')));

  test('a command continues with its own memory, and says so once, with the reason', async () => {
    const { store } = localServices({ flags: [] });
    expect(await store.read()).toEqual({});
    await store.update(signIn);
    expect(await store.read()).toEqual({ tokens: { a: 1 } });
    const warnings = written.map((line) => JSON.parse(line));
    expect(warnings.filter(({ event }) => event === 'the sign-in of this command was not saved')).toEqual([
      expect.objectContaining({ level: 'warn', reason: expect.stringContaining(join(folder, 'state')) }),
    ]);
  });

  test('a command that needs the state fails', async () => {
    const { store } = localServices({ flags: [] }, true);
    await expect(store.update(signIn)).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
  });

  test('the failure of a change is not hidden', async () => {
    const { store } = localServices({ flags: [] });
    const failing = store.update(() => {
      throw new Error('The sign-in failed.');
    });
    await expect(failing).rejects.toThrow();
    await expect(
      store.update(() => {
        throw new Error('The sign-in failed.');
      }),
    ).rejects.toThrow('The sign-in failed.');
  });
});

test.each([new Error('The sign-in failed.'), new PluginError('AUTH_FAILED', 'The sign-in failed.')])(
  'a failed sign-in is not taken for a state file that cannot be written: %j',
  async (failure) => {
    const { store } = localServices({ flags: [] });
    const failing = store.update(() => {
      throw failure;
    });
    await expect(failing).rejects.toThrow('The sign-in failed.');
    await store.update(signIn);
    expect(await localServices({ flags: [] }).store.read()).toEqual({ tokens: { a: 1 } });
    expect(written).toEqual([]);
  },
);

test('a sandbox stores neither sign-ins nor responses of this user, and needs no note about it', async () => {
  process.env.MDTI_TENANT_ID = 'contoso.com';
  const overrides = {
    params: { graph_endpoint: 'https://localhost:1', tenant_id: 'sandbox' },
    ca: 'certificate',
  };
  const services = localServices({ flags: [], overrides });
  await services.store.update(signIn);
  expect(await localServices({ flags: [] }).store.read()).toEqual({});
  expect(services.ca).toBe('certificate');
  expect(localResponseCache({ overrides }, services)).toBeUndefined();
  expect(localResponseCache({ overrides: undefined }, localServices({ flags: [] }))).toMatchObject({
    // The state file is this user's own, so a saved token needs no proof before a stored response is used.
    trustsState: true,
  });
  expect(written).toEqual([]);
});

test('a variable that is nearly one of ours is named once, with the one that was probably meant', () => {
  process.env.MDTI_TENANTID = 'contoso.com';
  localServices({ flags: [] });
  // A sign-in opens its services twice.
  localServices({ flags: [] });
  expect(written).toEqual([
    expect.stringContaining(
      'the environment variable MDTI_TENANTID is not read; did you mean MDTI_TENANT_ID?',
    ),
  ]);
});
