import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inCommandLineWords } from '../../../src/doors/cli/own-words';
import { cli } from '../../support/run-cli';

afterEach(() => void jest.restoreAllMocks());

test.each([
  [
    'Run !msg-defender-threat-intel-auth-start. It returns a page to open and a code to enter; then run !msg-defender-threat-intel-auth-complete.',
    'Run `mdti login`.',
  ],
  ['Run !msg-defender-threat-intel-auth-start. It returns a new code.', 'Run `mdti login`.'],
  ['Sign in again: run !msg-defender-threat-intel-auth-start.', 'Sign in again: run `mdti login`.'],
  ['Run !msg-defender-threat-intel-auth-test to check it.', 'Run `mdti doctor` to check it.'],
  ['3. Run !msg-defender-threat-intel-auth-complete in the War Room.', '3. Run `mdti auth-complete`.'],
  [
    'run `!msg-defender-threat-intel-host-ports-list host_id=contoso.com`.',
    'run `mdti host-ports host_id=contoso.com`.',
  ],
  ['Run !msg-defender-threat-intel-auth-reset.', 'Run `mdti logout`.'],
  [
    'The secret is missing: enter its value in credentials.',
    'The secret is missing: run `mdti login` to enter it.',
  ],
  [
    "Give the secret's value in credentials, not its id.",
    'The value of the client secret is needed, not its secret ID: run `mdti login` to enter it.',
  ],
  ['Raise limit or set all_results=true to get the rest.', 'Add --limit N or --all-results to get the rest.'],
  ['12 more; raise limit to see.', '12 more; raise --limit to see.'],
  [
    'Change it in the configuration of the integration instance.',
    'Change it in the profile that `mdti config check` shows.',
  ],
  ['Use !msg-defender-threat-intel-no-such.', 'Use !msg-defender-threat-intel-no-such.'],
  ['This instance has no sign-in yet.', 'This profile has no sign-in yet.'],
  ['Use !ip or !no-such-command.', 'Use `mdti ip` or !no-such-command.'],
  ['Graph said: !!! watch out', 'Graph said: !!! watch out'],
  ['msg-defender-threat-intel-host needs the argument host_id.', '`mdti host` needs the argument host_id.'],
])('%s', (platform, commandLine) => {
  expect(inCommandLineWords(platform)).toBe(commandLine);
});

test.each([
  ['Set it in the configuration of the integration instance.', 'Set it in my$& params.json.'],
  [
    "Give the secret's value in credentials, not its id.",
    expect.stringMatching(/: write it to my\$& params\.json\.$/),
  ],
  ['This instance has no sign-in yet.', 'my$& params.json has no sign-in yet.'],
  [
    'Run !msg-defender-threat-intel-auth-start. It returns a new code.',
    'Run `mdti auth-start --params my$& params.json`.',
  ],
  [
    'then run !msg-defender-threat-intel-auth-complete.',
    'then run `mdti auth-complete --params my$& params.json`.',
  ],
])('%s: with --params', (platform, commandLine) => {
  expect(inCommandLineWords(platform, { paramsFile: 'my$& params.json' })).toEqual(commandLine);
});

test('what --params lacks is to be set in that file', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'mdti-words-')), 'params.json');
  writeFileSync(file, '{"tenant_id": "contoso.com"}');
  for (const words of [['doctor'], ['ip', '192.0.2.1'], ['enrich', file], ['config', 'check']]) {
    const { stdout, stderr } = await cli([...words, '--params', file]);
    expect([words, stdout + stderr]).toEqual([words, expect.stringContaining(`Set it in ${file}.`)]);
    expect(stdout + stderr).not.toContain('mdti login');
  }
});

test('a command, a check and a summary name commands of the command line', async () => {
  const unset = await cli(['ip', '192.0.2.1', '--param', 'tenant_id=contoso.com']);
  const checked = await cli(['doctor', '--param', 'tenant_id=contoso.com']);
  const summary = await cli(['host-summary', 'contoso.com', '--rows', '2', '--sandbox']);
  expect(unset.stderr).toContain('Run `mdti login`, or set it in the profile');
  expect(summary.stdout).toMatch(/run `mdti \S+ host_id=contoso\.com/);
  for (const { stdout, stderr } of [unset, checked, summary])
    expect(stdout + stderr).not.toMatch(/!msg-|integration instance/);
});

test.each([
  ['Run !ip ip=192.0.2.1.', 'Run `mdti ip --sandbox` ip=192.0.2.1.'],
  ['Run `!ip ip=192.0.2.1` again.', 'Run `mdti ip ip=192.0.2.1 --sandbox` again.'],
  ['`mdti host --help` and `mdti ip --sandbox`', '`mdti host --help` and `mdti ip --sandbox`'],
  ['`mdti login` and `mdti zzz a`', '`mdti login` and `mdti zzz a`'],
])('in a sandbox, where a command without it would need a sign-in: %s', (platform, commandLine) => {
  expect(inCommandLineWords(platform, { sandbox: true })).toBe(commandLine);
});
