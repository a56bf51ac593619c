// cspell:ignore hosst
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VERSION } from '../../../src/base/version';
import { completionScript } from '../../../src/doors/cli/completion';
import { commandsDescribed, commandsText } from '../../../src/doors/cli/help';
import { jsonOrPart } from '../../../src/doors/cli/plain-text';
import { VERBS } from '../../../src/doors/cli/verbs';
import { cli } from '../../support/run-cli';

afterEach(() => void jest.restoreAllMocks());

test.each([['--version'], ['-v'], ['version']])('%s prints the version', async (word) => {
  expect(await cli([word])).toEqual({ status: 0, stdout: `${VERSION}\n`, stderr: '' });
});

test('without words, with --help and with -h it prints the same page', async () => {
  const { status, stdout, stderr } = await cli([]);
  expect([status, stderr]).toEqual([0, '']);
  for (const name of Object.keys(VERBS)) expect(stdout).toMatch(new RegExp(`\\b${name}\\b`));
  for (const words of [['--help'], ['-h'], ['help']]) expect((await cli(words)).stdout).toBe(stdout);
});

test.each([
  [
    ['host', '--help'],
    ['help', 'host'],
  ],
  [
    ['!host', '-h'],
    ['help', 'host'],
  ],
  [
    ['!host host_id=a', '--help'],
    ['help', 'host'],
  ],
  [
    ['login', '--help'],
    ['help', 'login'],
  ],
])('%j prints the same as %j', async (words, help) => {
  const { status, stdout } = await cli(words);
  expect([status, stdout]).toEqual([0, (await cli(help)).stdout]);
  expect(stdout).toMatch(/^\S/);
});

test.each([
  [
    ['auth-test', 'x'],
    'mdti auth-test: unexpected word "x".\nRun `mdti help auth-test` for its arguments.\n',
  ],
  [['--sandbox'], 'mdti has no option --sandbox.\nRun `mdti help`.\n'],
  [['--nothing'], 'mdti has no option --nothing.\nRun `mdti help`.\n'],
  [
    ['status', '--json'],
    'mdti status has no option --json.\n--json is an option of mdti doctor and mdti commands. Run `mdti status --help` for the options.\n',
  ],
  [
    ['doctor', '-o', 'json'],
    'mdti doctor has no option -o.\n-o is an option of commands such as mdti host and mdti enrich. Run `mdti doctor --help` for the options.\n',
  ],
  [['hosst'], 'There is no command "hosst".\nDid you mean `mdti host`?\n'],
  [['zzzzzzzz'], 'There is no command "zzzzzzzz".\nRun `mdti help` for the list.\n'],
  [['constructor'], 'There is no command "constructor".\nRun `mdti help` for the list.\n'],
  [['192.0.2.1'], 'There is no command "192.0.2.1".\nTo look it up, run `mdti ip 192.0.2.1`.\n'],
  [
    ['status', '--quiet', '--verbose'],
    '--quiet cannot be combined with --verbose.\nLeave one of them out.\n',
  ],
])('%j is rejected with what to do', async (words, stderr) => {
  expect(await cli(words)).toEqual({ status: 2, stdout: '', stderr });
});

describe('options before the command', () => {
  test.each([
    [['-o', 'json', '--quiet', 'host', 'contoso.com', '--sandbox']],
    [['--sandbox', '--output', 'json', 'host', 'contoso.com']],
    [['--param', 'max_results=5', '--sandbox', 'host', 'contoso.com', '-o', 'json']],
    [['--sandbox', '!host contoso.com', '-o', 'json']],
    [['-o', 'json', '--sandbox', '!host contoso.com']],
    [['--sandbox', '!host', 'host_id=contoso.com', '-o', 'json']],
  ])('%j', async (words) => {
    const { status, stdout } = await cli(words);
    expect([status, JSON.parse(stdout).id]).toEqual([0, 'contoso.com']);
  });

  test('an option in the place of a value is no value', async () => {
    expect((await cli(['--profile', '-o', 'host', 'contoso.com'])).stderr).toMatch(
      /^--profile needs a value\./,
    );
  });

  test.each([['--profile'], ['--params']])('%s takes the next word', async (option) => {
    const { stderr } = await cli([option, 'host', 'config', 'check']);
    expect(stderr).toMatch(/"host"|host does not exist/);
  });
});

describe('MDTI_LOG', () => {
  test('a user learns that the level is none', async () => {
    expect(await cli(['status'], '', { MDTI_LOG: 'loud' })).toMatchObject({
      status: 2,
      stderr: 'MDTI_LOG: "loud" is not a log level.\nUse one of error, warn, info, debug.\n',
    });
  });

  test.each([' INFO ', ''])('%j is a level', async (level) => {
    expect((await cli(['status'], '', { MDTI_LOG: level })).stderr).not.toContain('log level');
  });

  test('a program of the platform continues', async () => {
    const { stdout } = await cli(['run'], '{', { MDTI_LOG: 'loud' });
    expect(JSON.parse(stdout)).toMatchObject({ errors: [{ code: 'INVOCATION_UNREADABLE' }] });
  });
});

test.each<[words: string[], stdout: () => string | Promise<string>]>([
  [['completion', 'fish'], () => completionScript('fish', VERBS)],
  [['commands'], commandsText],
  [['commands', '--json'], async () => (await jsonOrPart(commandsDescribed(), undefined)).trimEnd()],
  [['commands', '-q', '[1].shortName'], () => String(commandsDescribed()[1]?.shortName)],
])('%j prints to stdout', async (words, stdout) => {
  expect(await cli(words)).toEqual({ status: 0, stdout: `${await stdout()}\n`, stderr: '' });
});

test.each([
  [['--params', 'FILE']],
  [['--params=FILE']],
  [['--param', 'max_results=5', '--params', 'FILE', '--quiet']],
])('%j names the file where a parameter is missing', async (options) => {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-main-'));
  const [file, list] = [join(folder, 'params.json'), join(folder, 'list.txt')];
  writeFileSync(file, '{"tenant_id": "contoso.com"}');
  writeFileSync(list, '192.0.2.1\n');
  const { status, stderr } = await cli([
    'enrich',
    list,
    ...options.map((word) => word.replace('FILE', file)),
  ]);
  expect([status, stderr]).toEqual([2, expect.stringContaining(`\nSet it in ${file}.\n`)]);
});

test.each([
  [[], 'run `mdti ip 192.0.2.1`.'],
  [['--sandbox'], 'run `mdti ip 192.0.2.1 --sandbox`.'],
])('an error with %j names a command that can be copied', async (options, hint) => {
  const { status, stderr } = await cli(['enrich', '192.0.2.1', ...options]);
  expect([status, stderr]).toEqual([2, expect.stringContaining(hint)]);
});

test('a sandbox of a command ends with it', async () => {
  const { stdout } = await cli(['status', '--sandbox']);
  const [, port] = /^Graph +https:\/\/localhost:(\d+)$/m.exec(stdout) ?? [];
  const socket = connect(Number(port), 'localhost');
  await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  socket.destroy();
});

test('--mood chooses how the sandbox of a command treats query options', async () => {
  async function probed(...mood: string[]) {
    const { stdout } = await cli(['doctor', '--probe', '--sandbox', ...mood]);
    return stdout.split('\n').filter((line) => line.includes('$'));
  }
  const documented = await probed('--mood', 'documented');
  expect(await probed('--mood', 'careless')).not.toEqual(documented);
  expect(await probed()).toEqual(documented);
});
