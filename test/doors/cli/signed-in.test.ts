import childProcess from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCli } from '../../../src/doors/cli/main';
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

describe('with a user account', () => {
  /** Signs in on a machine of this kind, and enters the code once it is shown; returns the programs that were started. */
  async function signedIn(
    platform: NodeJS.Platform,
    screen: Record<string, string>,
    options: readonly string[] = [],
    enter: (code: string) => void = (code) => void sandbox.login.approve(code),
  ) {
    const started: (readonly string[])[] = [];
    jest.spyOn(childProcess, 'spawn').mockImplementation(((command: string, args: string[]) => {
      started.push([command, ...args]);
      return { on: () => {}, unref: () => {} };
    }) as never);
    const real = process.platform;
    Object.defineProperty(process, 'platform', { value: platform });
    const { stderr } = standardStreams(true);
    stderr.on('data', (text) => {
      const [, code] = /enter the code (\S+)\./.exec(String(text)) ?? [];
      if (code !== undefined) enter(code);
    });
    const before = process.env;
    process.env = { ...environment, ...screen };
    const status = await runCli([...DEVICE, ...options]).finally(() => {
      process.env = before;
      Object.defineProperty(process, 'platform', { value: real });
    });
    const [, page = ''] =
      /Open (\S+) and enter the code \S+ It is valid for 15 minutes\./.exec(stderr.text) ?? [];
    return { status, started, page, text: stderr.text };
  }

  test('waits until the code was entered, tests the sign-in and saves it', async () => {
    const { status, started, text } = await signedIn('linux', { DISPLAY: ':0' }, ['--no-browser']);
    expect([status, started]).toEqual([0, []]);
    expect(text).toMatch(/Signed in\.\n.*Saved as profile default/s);
    expect(signIn.profiles()).toEqual({ default: { app_id: APPLICATION.id } });
  });

  test('opens the page of the code where there is a screen', async () => {
    const { started, page } = await signedIn('linux', { DISPLAY: ':0' });
    expect(page).toMatch(/^https:/);
    expect(started).toEqual([['xdg-open', page]]);
  });

  test('checks every five seconds until the code was entered', async () => {
    const waits: unknown[] = [];
    const later = setTimeout;
    let enter = () => {};
    jest.spyOn(global, 'setTimeout').mockImplementation(((work: () => void, wait: number, ...rest: []) => {
      if (wait !== 5_000) return later(work, wait, ...rest);
      waits.push(wait);
      if (waits.length === 2) enter();
      return later(work, 0);
    }) as never);
    const { status, text } = await signedIn('linux', {}, [], (code) => {
      enter = () => void sandbox.login.approve(code);
    });
    expect([status, waits]).toEqual([0, [5_000, 5_000]]);
    expect(text).toContain('Signed in.\n');
  });

  test('ends where the user declines', async () => {
    const { status, text } = await signedIn('linux', {}, [], (code) => {
      sandbox.login.decline(code);
    });
    expect([status, text]).toEqual([2, expect.stringMatching(/declined/i)]);
    expect(existsSync(config)).toBe(false);
  });

  test('--tenant-id is part of the profile', async () => {
    await signedIn('linux', {}, ['--tenant-id', APPLICATION.domain]);
    expect(signIn.profiles()).toEqual({ default: { app_id: APPLICATION.id, tenant_id: APPLICATION.domain } });
  });
});

describe('mdti status and mdti logout', () => {
  test('show who commands sign in as, and delete the saved token', async () => {
    await cli(SECRET, APPLICATION.secret, environment);
    const saved = await cli(['status'], '', environment);
    expect(saved).toMatchObject({ status: 0, stderr: '' });
    expect(saved.stdout.split('\n')).toEqual([
      `Parameters   profile default in ${config}, environment`,
      'Sign-in      client-secret',
      `Application  ${APPLICATION.id}`,
      `Tenant       ${APPLICATION.domain}`,
      `Graph        ${sandbox.origin}`,
      expect.stringMatching(/^Token {8}saved, valid for (59|60) more minutes$/),
      '',
    ]);
    const out = await cli(['logout'], '', environment);
    expect(out).toMatchObject({
      status: 0,
      stdout: `Signed out: saved tokens are deleted. The parameters in ${config} are unchanged; \`mdti logout --remove\` removes the profile.\n`,
    });
    expect((await cli(['status'], '', environment)).stdout).toContain('\nToken        none saved\n');
    expect(Object.keys(signIn.profiles())).toEqual(['default']);
  });

  test('--remove removes the profile, once', async () => {
    await cli([...SECRET, '--profile', 'lab'], APPLICATION.secret, environment);
    await cli(SECRET, APPLICATION.secret, environment);
    const out = await cli(['logout', '--remove'], '', environment);
    expect(out.stdout).toBe(
      `Signed out: saved tokens are deleted. The profile default is removed from ${config}.\n`,
    );
    expect(Object.keys(signIn.profiles())).toEqual(['lab']);
    const named = { ...environment, MDTI_PROFILE: 'lab' };
    expect((await cli(['logout', '--remove'], '', named)).stdout).toContain('The profile lab is removed');
    const again = await cli(['logout', '--remove'], '', { ...environment, MDTI_APP_ID: APPLICATION.id });
    expect(again.stdout).toContain('are unchanged');
  });

  test('without a configuration say so', async () => {
    const nothing = { MDTI_CONFIG: config };
    expect(await cli(['status'], '', nothing)).toMatchObject({
      status: 1,
      stdout: 'Not configured.\nRun `mdti login`, or try a command with `--sandbox`.\n',
    });
    expect(await cli(['logout'], '', nothing)).toMatchObject({
      status: 0,
      stdout: 'Not signed in: nothing is configured.\n',
    });
  });

  test('a configuration that cannot sign in says what is missing', async () => {
    const { status, stdout } = await cli(['status'], '', { ...environment, MDTI_CLIENT_CREDENTIALS: 'true' });
    expect([status, stdout]).toEqual([
      1,
      expect.stringMatching(/^Client credentials need .*\nSet one of .*\n$/),
    ]);
  });

  test.each([
    ['of a profile', { app_id: APPLICATION.id }, /^Login {8}none\. Run `mdti login --profile lab`\.$/m],
    ['of a profile without an application', { tenant_id: APPLICATION.domain }, /mdti login --profile lab/],
  ])('advice about a sign-in %s names the profile', async (_, params, advice) => {
    mkdirSync(dirname(config), { recursive: true, mode: 0o700 });
    writeFileSync(
      config,
      JSON.stringify({ profiles: { lab: { ...params, graph_endpoint: sandbox.origin } } }),
      { mode: 0o600 },
    );
    const { stdout } = await cli(['status', '--profile', 'lab'], '', {
      ...environment,
      MDTI_CLIENT_CREDENTIALS: '',
    });
    expect(stdout).toMatch(advice);
  });

  test('a user account shows whether it is signed in', async () => {
    const device = { ...environment, MDTI_APP_ID: APPLICATION.id };
    const login = async () => /^Login {8}(.*)$/m.exec((await cli(['status'], '', device)).stdout)?.[1];
    expect(await login()).toBe('none. Run `mdti login`.');
    const { stdout } = await cli(['auth-start'], '', device);
    expect(await login()).toBe('waiting for the user to enter the code');
    const [, code = ''] = /\b([A-Z\d]{9})\b/.exec(stdout) ?? [];
    sandbox.login.approve(code);
    await cli(['auth-complete'], '', device);
    expect(await login()).toBe('saved');
  });

  test.each([
    ['auth-start', 1],
    ['msg-defender-threat-intel-auth-reset', 1],
    ['!auth-start', 1],
    ['!msg-defender-threat-intel-auth-start', 1],
    ['auth-test', 0],
    ['!host auth-start.example', 0],
  ])('where it cannot be saved, %s has the status %d', async (line, status) => {
    const secret = {
      MDTI_APP_ID: APPLICATION.id,
      MDTI_TENANT_ID: APPLICATION.domain,
      MDTI_CLIENT_CREDENTIALS: 'true',
      MDTI_CREDENTIALS_PASSWORD: APPLICATION.secret,
    };
    const account = { MDTI_APP_ID: APPLICATION.id };
    writeFileSync(dirname(config), '');
    const ended = await cli([line], '', {
      ...environment,
      ...(line.includes('auth-test') || line.includes('host') ? secret : account),
      MDTI_STATE_FILE: join(dirname(config), 'state'),
    });
    expect([ended.status, ended.stderr]).toEqual([
      status,
      status === 0 ? '' : expect.stringContaining('state'),
    ]);
  });

  test('the sandbox has no source of parameters', async () => {
    const { stdout } = await cli(['status', '--sandbox'], '', { MDTI_CONFIG: config });
    expect(stdout).toMatch(/^Parameters {3}the sandbox\nSign-in {6}client-secret\n/);
  });
});

describe('a rejected secret from MDTI_CREDENTIALS_PASSWORD', () => {
  const SECRET_ID = '00001111-aaaa-2222-bbbb-3333cccc4444';

  test.each([
    [['ip', '192.0.2.1']],
    [['doctor']],
    [['enrich', 'LIST']],
    [['!ip ip=192.0.2.1', '--profile', 'lab']],
  ])('%j names the variable, not `mdti login`', async (words) => {
    mkdirSync(dirname(config), { recursive: true });
    writeFileSync(config, JSON.stringify({ profiles: { lab: {}, default: {} } }));
    const list = join(dirname(config), 'list.txt');
    writeFileSync(list, 'contoso.com\n');
    const typed = words.map((word) => (word === 'LIST' ? list : word));
    const { stdout, stderr } = await cli(typed, '', {
      ...environment,
      MDTI_APP_ID: APPLICATION.id,
      MDTI_TENANT_ID: APPLICATION.domain,
      MDTI_CLIENT_CREDENTIALS: 'true',
      MDTI_CREDENTIALS_PASSWORD: SECRET_ID,
    });
    expect(stdout + stderr).toContain('set the environment variable MDTI_CREDENTIALS_PASSWORD to it.');
    expect(stdout + stderr).not.toContain('mdti login');
    expect(stdout + stderr).not.toContain(SECRET_ID.slice(0, 7));
  });
});
