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
  [
    'Raise limit or set all_results=true to get the rest.',
    'Raise --limit or add --all-results to get the rest.',
  ],
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
  ['Change it in the configuration of the integration instance.', 'Change it in my$& params.json.'],
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

const WRONG_SECRET = "Give the secret's value in credentials, not its id.";
const EXPIRED = 'Create a new secret for the application and enter its value in credentials.';
const CHECK =
  'Check the tenant, the application and its credential in the configuration of the integration instance.';
const SIGN_IN = 'Sign in again: run !msg-defender-threat-intel-auth-start.';

test.each([
  [WRONG_SECRET, {}, { profile: 'lab' }, /: run `mdti login --profile lab` to enter it\.$/],
  [WRONG_SECRET, {}, { profile: 'my lab' }, /: run `mdti login --profile "my lab"` to enter it\.$/],
  [
    WRONG_SECRET,
    { MDTI_CREDENTIALS_PASSWORD: 'id' },
    {},
    /: set the environment variable MDTI_CREDENTIALS_PASSWORD to it\.$/,
  ],
  [
    EXPIRED,
    { MDTI_CREDENTIALS_PASSWORD: 'old' },
    { paramsFile: 'p.json' },
    /^Create a new secret for the application and set the environment variable MDTI_CREDENTIALS_PASSWORD to it\.$/,
  ],
  [EXPIRED, { MDTI_CREDENTIALS_PASSWORD: '' }, { paramsFile: 'p.json' }, /and write it to p\.json\.$/],
  [
    CHECK,
    { MDTI_APP_ID: 'a', MDTI_CREDS_CERTIFICATE_PASSWORD: 'k', MDTI_GRAPH_ENDPOINT: 'x' },
    {},
    /credential in MDTI_APP_ID, MDTI_CREDS_CERTIFICATE_PASSWORD and the profile that `mdti config check` shows\.$/,
  ],
  [
    CHECK,
    { MDTI_CREDENTIALS_PASSWORD: 's', MDTI_CREDS_CERTIFICATE_IDENTIFIER: 'c' },
    {},
    /credential in MDTI_CREDENTIALS_PASSWORD, MDTI_CREDS_CERTIFICATE_IDENTIFIER and the profile that/,
  ],
  [SIGN_IN, {}, {}, /^Sign in again: run `mdti login`\.$/],
  [
    'then run !msg-defender-threat-intel-auth-complete.',
    {},
    { profile: 'lab' },
    /^then run `mdti auth-complete --profile lab`\.$/,
  ],
  [CHECK, { MDTI_TENANT_ID: 't' }, { paramsFile: 'p.json' }, /credential in MDTI_TENANT_ID and p\.json\.$/],
  [
    SIGN_IN,
    { MDTI_APP_ID: 'a@token' },
    { profile: 'lab' },
    /^Remove the refresh token after the @ in the environment variable MDTI_APP_ID, then run `mdti login --profile lab`\.$/,
  ],
  [SIGN_IN, { MDTI_APP_ID: 'a' }, {}, /^Sign in again: run `mdti login`\.$/],
  [WRONG_SECRET, { MDTI_CREDENTIALS_PASSWORD: 'id' }, { sandbox: true }, /: run `mdti login` to enter it\.$/],
])(
  '%s with the variables %j and the options %j: names where the value comes from',
  (text, environment, options, said) => {
    expect(inCommandLineWords(text, options, environment)).toMatch(said);
  },
);

test('what --params lacks is to be set in that file', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'mdti-words-')), 'params.json');
  writeFileSync(file, '{"tenant_id": "contoso.com"}');
  for (const words of [['doctor'], ['ip', '192.0.2.1'], ['enrich', file], ['config', 'check']]) {
    const { stdout, stderr } = await cli([...words, '--params', file]);
    expect([words, stdout + stderr]).toEqual([words, expect.stringContaining(`Set it in ${file}.`)]);
    expect(stdout + stderr).not.toContain('mdti login');
  }
});

test('a profile that lacks a parameter is named in the advice', async () => {
  const config = join(mkdtempSync(join(tmpdir(), 'mdti-words-')), 'config.json');
  writeFileSync(config, JSON.stringify({ profiles: { lab: { tenant_id: 'contoso.com' } } }));
  for (const words of [
    ['ip', '192.0.2.1'],
    ['enrich', config],
  ]) {
    const { stderr } = await cli([...words, '--profile', 'lab'], '', { MDTI_CONFIG: config });
    expect(stderr).toContain('Run `mdti login --profile lab`, or set it in the profile');
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
  ['!msg-defender-threat-intel-host needs the argument host_id.', '`mdti host` needs the argument host_id.'],
  ['!msg-defender-threat-intel-host takes a host.', '`mdti host` takes a host.'],
  ['!ip has no argument "hostid".', '`mdti ip` has no argument "hostid".'],
  ['!ip: the value "b" has no argument name.', '`mdti ip`: the value "b" has no argument name.'],
])('in a sandbox, where a command without it would need a sign-in: %s', (platform, commandLine) => {
  expect(inCommandLineWords(platform, { sandbox: true })).toBe(commandLine);
});
