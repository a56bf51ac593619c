import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { APPLICATION } from '../../src/sandbox/options';
import { MDTI, mdti } from '../support/mdti';
import { DEVICE, signInSandbox } from '../support/sign-in-sandbox';
import { Terminal } from '../support/terminal';

const signIn = signInSandbox();
let environment: NodeJS.ProcessEnv;
let config: string;
beforeEach(() => {
  const { MDTI_INSECURE, ...given } = signIn.environment;
  const ca = join(dirname(given.MDTI_STATE_FILE ?? ''), 'ca.pem');
  writeFileSync(ca, signIn.sandbox.ca);
  environment = { ...given, PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: ca, MDTI_LOG: 'error' };
  config = signIn.config;
});

test('a first sign-in in a terminal: the secret is not shown, the profile is private, the sign-in is tested', async () => {
  const terminal = new Terminal([process.execPath, MDTI, 'login'], environment);
  await terminal.shows('How do you sign in?');
  await terminal.shows('Number or name [1]: ');
  terminal.type('\r');
  await terminal.shows('Application (client) ID: ');
  terminal.type('my app\r');
  await terminal.shows('That is not an application (client) ID.');
  await terminal.shows('Application (client) ID: ');
  terminal.type(`${APPLICATION.id}\r`);
  await terminal.shows('Directory (tenant) ID or domain: ');
  terminal.type(`${APPLICATION.domain}\r`);
  await terminal.shows('Client secret (not shown): ');
  terminal.type(`${APPLICATION.secret}\r`);
  await terminal.shows('one call');
  expect(await terminal.ended).toBe(0);
  expect(terminal.text()).not.toContain(APPLICATION.secret);
  expect(signIn.profiles().default).toEqual({
    app_id: APPLICATION.id,
    tenant_id: APPLICATION.domain,
    client_credentials: true,
    credentials: { password: APPLICATION.secret },
  });
  expect(statSync(config).mode & 0o777).toBe(0o600);
  const status = await mdti(['status'], '', environment);
  expect([status.status, status.stdout]).toEqual([
    0,
    expect.stringMatching(/Sign-in +client-secret\n.*valid for/s),
  ]);
  const logout = await mdti(['logout', '--remove'], '', environment);
  expect([logout.status, JSON.parse(readFileSync(config, 'utf8'))]).toEqual([0, { profiles: {} }]);
  expect((await mdti(['status'], '', environment)).stdout).toContain('app_id');
});

test('opens only the code page in the browser if there is a screen', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-browser-'));
  const opened = join(folder, 'opened');
  writeFileSync(
    join(folder, 'xdg-open'),
    `#!/bin/sh\necho "$@" > '${opened}.part' && mv '${opened}.part' '${opened}'\n`,
    {
      mode: 0o755,
    },
  );
  const terminal = new Terminal([process.execPath, MDTI, ...DEVICE], {
    ...environment,
    PATH: `${folder}:${process.env.PATH}`,
    DISPLAY: ':0',
  });
  await terminal.shows('enter the code ');
  await terminal.shows('It is valid for');
  const [, page, code = ''] = /Open (\S+) and enter the code (\S+)\./.exec(terminal.text()) ?? [];
  while (!existsSync(opened)) await new Promise(setImmediate);
  expect(readFileSync(opened, 'utf8')).toBe(`${page}\n`);
  signIn.sandbox.login.approve(code);
  // Signed in, and tested at once.
  await terminal.shows('Signed in.');
  await terminal.shows('one call');
  expect(await terminal.ended).toBe(0);
});
