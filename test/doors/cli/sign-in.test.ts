import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { login } from '../../../src/doors/cli/login/login';
import { saveProfile } from '../../../src/doors/cli/login/profile';
import type { Sandbox } from '../../../src/sandbox';
import { APPLICATION } from '../../../src/sandbox/options';
import { cli } from '../../support/run-cli';
import { DEVICE, SECRET, signInSandbox } from '../../support/sign-in-sandbox';
import { standardStreams } from '../../support/standard-streams';

const signIn = signInSandbox();
let sandbox: Sandbox;
let environment: NodeJS.ProcessEnv;
let config: string;
beforeEach(() => {
  ({ sandbox, environment, config } = signIn);
});
afterEach(() => void jest.restoreAllMocks());

describe('without a terminal', () => {
  test('the secret comes from stdin, the sign-in is tested and saved, and other profiles stay', async () => {
    await cli([...SECRET, '--profile', 'lab'], `${APPLICATION.secret}\n`, environment);
    const first = await cli(SECRET, `${APPLICATION.secret}\n`, environment);
    expect(first).toMatchObject({ status: 0, stderr: `Saved as profile default in ${config}.\n` });
    expect(first.stdout).toMatch(/^ok {4}one call/m);
    const saved = {
      app_id: APPLICATION.id,
      tenant_id: APPLICATION.domain,
      client_credentials: true,
      credentials: { password: APPLICATION.secret },
    };
    expect(signIn.profiles()).toEqual({ lab: saved, default: saved });
    expect(statSync(config).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(config)).mode & 0o777).toBe(0o700);
  });

  test('a second sign-in gets its own token: that of the first would hide a failure', async () => {
    await cli(SECRET, APPLICATION.secret, environment);
    const { stdout } = await cli(SECRET, APPLICATION.secret, environment);
    expect(stdout).toMatch(/^ok {4}token +newly issued/m);
  });

  test('a sign-in that fails saves nothing and leaves the profile unchanged', async () => {
    const failed = await cli(SECRET, 'wrong-secret', environment);
    expect(failed).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('The value of the client secret is needed'),
      stderr: 'Nothing was saved, because the sign-in failed. Run `mdti login` again.\n',
    });
    expect(existsSync(config)).toBe(false);
    await cli(SECRET, APPLICATION.secret, environment);
    const before = readFileSync(config, 'utf8');
    const { status, stderr } = await cli(SECRET, 'a-wrong-secret', environment);
    expect([status, stderr]).toEqual([
      1,
      'Nothing was saved, because the sign-in failed. The profile default is unchanged.\n',
    ]);
    expect(readFileSync(config, 'utf8')).toBe(before);
    expect(readdirSync(dirname(config))).toEqual(['config.json']);
  });

  test('a failed sign-in for a new profile names that profile in the command to run again', async () => {
    const { stderr } = await cli([...SECRET, '--profile', 'lab'], 'wrong-secret', environment);
    expect(stderr).toBe(
      'Nothing was saved, because the sign-in failed. Run `mdti login --profile lab` again.\n',
    );
  });

  test('a sign-in whose call is refused is saved, with the status of a failure', async () => {
    sandbox.faults = { ...sandbox.faults, entitlement: 'none' };
    const { status, stderr } = await cli(SECRET, APPLICATION.secret, environment);
    expect([status, stderr]).toEqual([1, `Saved as profile default in ${config}.\n`]);
  });

  test('MDTI_PROFILE names the profile to save', async () => {
    await cli(SECRET, APPLICATION.secret, { ...environment, MDTI_PROFILE: 'lab' });
    expect(Object.keys(signIn.profiles())).toEqual(['lab']);
  });

  test('what is configured already is not requested again', async () => {
    const known = { ...environment, MDTI_APP_ID: APPLICATION.id, MDTI_TENANT_ID: APPLICATION.domain };
    const { status } = await cli(['login', '--method', 'secret'], APPLICATION.secret, known);
    expect([status, signIn.profiles().default?.app_id]).toEqual([0, APPLICATION.id]);
  });

  test('a new method replaces the parameters of the old one, and no others', async () => {
    mkdirSync(dirname(config));
    const lab = { max_results: 5, use_ambient_identity: true, creds_certificate: { password: 'k' } };
    writeFileSync(config, JSON.stringify({ profiles: { default: lab } }));
    await cli(SECRET, APPLICATION.secret, environment);
    expect(Object.keys(signIn.profiles().default ?? {}).sort()).toEqual([
      'app_id',
      'client_credentials',
      'credentials',
      'max_results',
      'tenant_id',
    ]);
  });

  test.each([
    [
      ['login'],
      'mdti login needs --method.\nUse one of secret, certificate, device-code, managed-identity, ambient, or run it in a terminal.',
    ],
    [['login', '--method', 'secret'], 'mdti login needs --app-id.\nGive --app-id, or run it in a terminal.'],
    [
      SECRET,
      'The client secret is empty.\nType it, or pipe it in: `mdti login --method secret … < secret.txt`.',
    ],
    [
      ['login', '--method', 'secret', '--app-id', 'my-app'],
      '--app-id: the value is not an application (client) ID.\nCopy it from the overview of the app registration; it looks like 00001111-aaaa-2222-bbbb-3333cccc4444.',
    ],
    [
      ['login', '--method', 'secret', '--app-id', APPLICATION.id, '--tenant-id', 'contoso'],
      '--tenant-id: the value is not a tenant.\nGive the directory (tenant) ID, which looks like 00001111-aaaa-2222-bbbb-3333cccc4444, or a domain such as contoso.com.',
    ],
    [
      ['login', '--method', 'secret', '--app-id', APPLICATION.id],
      'mdti login needs --tenant-id.\nGive --tenant-id, or run it in a terminal.',
    ],
    [
      ['login', '--method', 'certificate', ...SECRET.slice(3), '--thumbprint', 'AB'],
      '--thumbprint: the value is not a thumbprint.\nCopy it from the certificates of the app registration: 40 or 64 hex digits.',
    ],
    [
      ['login', '--method', 'certificate', ...SECRET.slice(3)],
      'mdti login needs --thumbprint.\nGive --thumbprint, or run it in a terminal.',
    ],
    [
      ['login', '--method', 'certificate', ...SECRET.slice(3), '--thumbprint', 'AB'.repeat(20)],
      'mdti login needs --key-file.\nGive --key-file, or run it in a terminal.',
    ],
    [
      [
        'login',
        '--method',
        'certificate',
        ...SECRET.slice(3),
        '--thumbprint',
        'AB'.repeat(20),
        '--key-file',
        '/absent.pem',
      ],
      '--key-file: /absent.pem does not exist.\nCheck its path and its permissions.',
    ],
    [
      ['login', '--method', 'managed-identity', '--app-id', 'x'],
      '--app-id: the value is not an application (client) ID.',
    ],
    [[...DEVICE, '--tenant-id', 'x'], '--tenant-id: the value is not a tenant.'],
    [['login', '--method', 'secret', '--app-id', `${APPLICATION.id}@refresh-token`], '--app-id'],
    [['login', '--method', 'devicecode'], 'Did you mean device-code?'],
  ])('%j names what is missing', async (args, message) => {
    const { status, stderr } = await cli(args, '', environment);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(stderr).not.toContain('refresh-token');
    expect(existsSync(config)).toBe(false);
  });

  test('a broken configuration file does not hide which value is missing', async () => {
    mkdirSync(dirname(config));
    writeFileSync(config, 'broken');
    const { stderr } = await cli(['login', '--method', 'secret'], '', environment);
    expect(stderr).toContain('mdti login needs --app-id.');
  });
});

test('a sign-in keeps the other sections of the configuration file', () => {
  mkdirSync(dirname(config), { recursive: true });
  writeFileSync(config, JSON.stringify({ profiles: {}, shared: { url: 'redis://example.org' } }));
  saveProfile(config, 'default', { app_id: 'one' });
  expect(JSON.parse(readFileSync(config, 'utf8'))).toEqual({
    profiles: { default: { app_id: 'one' } },
    shared: { url: 'redis://example.org' },
  });
});

test('a configuration that cannot be written is named', () => {
  writeFileSync(dirname(config), '');
  expect(() => saveProfile(config, 'default', {})).toThrow(`${config} cannot be written`);
});

describe('in a terminal', () => {
  /** Runs `mdti login` in a terminal whose user types these lines, each when its question is there. */
  async function typed(options: Record<string, unknown>, ...lines: readonly (readonly [string, string])[]) {
    const streams = standardStreams(true);
    const setRawMode = jest.fn();
    Object.assign(streams.stdin, { setRawMode });
    const asked: string[] = [];
    const before = process.env;
    process.env = environment;
    try {
      const ended = login({ options } as never).catch((error: unknown) => error);
      for (const [question, line] of lines) {
        await Promise.race([streams.stderr.shows(question), ended]);
        asked.push(streams.stderr.text);
        streams.stderr.text = '';
        streams.stdin.write(line);
      }
      // A question that no line is for is cancelled.
      streams.stdin.end();
      return { result: await ended, asked, setRawMode, ...streams };
    } finally {
      process.env = before;
    }
  }

  test('asks for what the chosen method needs, again where it is not that, and never shows the secret', async () => {
    const { result, stderr, asked, setRawMode } = await typed(
      {},
      ['Number or name [1]: ', '\r'],
      ['Application (client) ID: ', 'my app\r'],
      ['That is not an application (client) ID. Copy it from', `${APPLICATION.id}\r`],
      ['Directory (tenant) ID or domain: ', ` ${APPLICATION.domain} \r`],
      ['Client secret (not shown): ', ` ${APPLICATION.secret} \r`],
    );
    expect(result).toBe(0);
    expect(stderr.text).not.toContain(APPLICATION.secret);
    // The terminal itself does not show what is typed.
    expect(setRawMode).toHaveBeenCalledWith(true);
    expect(asked[0]).toContain(`How do you sign in?
  1  an app registration with a client secret
  2  an app registration with a certificate
  3  your own account, in a browser
  4  the managed identity of this Azure machine
  5  whatever identity this machine has (Azure CLI, workload identity, …)
`);
    expect(stderr.text).toMatch(/^\n.*Saved as profile default/s);
    expect(signIn.profiles().default?.credentials).toEqual({ password: APPLICATION.secret });
  });

  test('an option that is no such value is an error, not a question', async () => {
    const { result } = await typed({ method: 'secret', 'app-id': 'my-app' });
    expect(result).toMatchObject({ message: '--app-id: the value is not an application (client) ID.' });
  });

  test('what is configured is the default', async () => {
    environment = { ...environment, MDTI_APP_ID: APPLICATION.id, MDTI_TENANT_ID: APPLICATION.domain };
    const { result } = await typed(
      { method: 'secret' },
      [`Application (client) ID [${APPLICATION.id}]: `, '\r'],
      [`Directory (tenant) ID or domain [${APPLICATION.domain}]: `, '\r'],
      ['Client secret', `${APPLICATION.secret}\r`],
    );
    expect(result).toBe(0);
  });

  test.each([
    ['7', '"7" is not a sign-in method.'],
    ['Device', '"Device" is not a sign-in method.'],
  ])('%s is not a method', async (line, message) => {
    const { result } = await typed({}, ['Number or name', `${line}\r`]);
    expect(result).toMatchObject({
      message,
      hint: 'Use one of secret, certificate, device-code, managed-identity, ambient.',
    });
  });

  test('a method is chosen by its name or number', async () => {
    const missing = await typed({}, ['Number or name', 'Certificate\r'], ['Application', '\r']);
    expect(missing.result).toMatchObject({ message: 'mdti login needs --app-id.' });
    const device = await typed(
      {},
      ['Number or name', '2\r'],
      ['Application', `${APPLICATION.id}\r`],
      ['Directory', 'contoso.com\r'],
      ['Thumbprint of the certificate: ', `${'ab:'.repeat(19)}ab\r`],
      ['File of the private key (PEM): ', '/absent.pem\r'],
    );
    expect(device.result).toMatchObject({ message: '--key-file: /absent.pem does not exist.' });
  });

  test.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('%s cancels, and nothing is saved', async (_, key) => {
    const { result } = await typed({ method: 'secret' }, ['Application (client) ID: ', key]);
    expect(result).toMatchObject({
      code: 'CANCELLED',
      message: 'The sign-in was cancelled; nothing was saved.',
      hint: 'Run `mdti login` again.',
    });
    expect(existsSync(config)).toBe(false);
  });
});
