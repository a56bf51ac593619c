import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from '../support/case';
import { type Installed, installed } from '../support/in-path';
import { Terminal } from '../support/terminal';

let sandbox: Sandbox;
let mdti: Installed;
let env: NodeJS.ProcessEnv;
let terminal: Terminal;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.reset();
  mdti = installed(sandbox);
  env = { ...mdti.env, MDTI_STATE_FILE: join(mdti.folder, 'state') };
});

const PROMPT = 'case-1 (sandbox)> ';
const UP = '\u001b[A';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

describe('in a terminal', () => {
  beforeEach(async () => {
    terminal = new Terminal(['mdti', 'war-room', 'case-1', '--params', mdti.paramsFile], env);
    await terminal.shows(PROMPT);
  });
  afterEach(() => terminal.end());

  test('commands, arguments and values are completed, and history brings a line back', async () => {
    terminal.type('!msg-defender-threat-intel-host-rep\t');
    await terminal.shows('host-reputation ');
    terminal.type('host_\t');
    await terminal.shows('host_id=');
    terminal.type('contoso.com\r');
    await terminal.shows('neutral');
    await terminal.shows(PROMPT);
    terminal.type(UP);
    await terminal.shows('!msg-defender-threat-intel-host-reputation host_id=contoso.com');
    terminal.type('\r');
    await terminal.shows('neutral');
    await terminal.shows(PROMPT);
    terminal.type('!msg-defender-threat-intel-host-pairs-list direction=p\t');
    await terminal.shows('direction=parent');
  });

  test('short names run, comments do not, and history starts with the newest line of an earlier session', async () => {
    terminal.type('# a comment\r');
    await terminal.shows(PROMPT);
    terminal.type('host example.org\r');
    await terminal.shows('1 host.');
    await terminal.shows(PROMPT);
    terminal.type('host contoso.com\r');
    await terminal.shows('1 host.');
    await terminal.shows(PROMPT);
    terminal.type('exit\r');
    expect(await terminal.ended).toBe(0);
    terminal = new Terminal(['mdti', 'war-room', 'case-1', '--params', mdti.paramsFile], env);
    await terminal.shows(PROMPT);
    terminal.type(UP);
    await terminal.shows('host contoso.com');
    terminal.type(UP);
    await terminal.shows('host example.org');
  });

  test('Ctrl-C ends the wait between two attempts of a retried command', async () => {
    terminal.type('host contoso..com retry-count=3 retry-interval=600\r');
    await terminal.shows('contoso..com');
    terminal.type(CTRL_C);
    await terminal.shows(PROMPT);
  });

  test('shows what another console added, and both keep all lines', async () => {
    const other = new Terminal(['mdti', 'war-room', 'case-1', '--params', mdti.paramsFile], env);
    await other.shows(PROMPT);
    other.type('host example.org\r');
    await terminal.shows('Another console added 1 line: host example.org');
    terminal.type('host contoso.com\r');
    // The prompt may be drawn again before the command ran; the other console shows it when it is stored.
    await other.shows('Another console added 1 line: host contoso.com');
    terminal.type('/context MSGDefenderThreatIntel.Host.id\r');
    await terminal.shows('"example.org"');
    await terminal.shows('"contoso.com"');
    other.end();
  });

  test('quotes keep words together, and context keeps found objects', async () => {
    terminal.type('!msg-defender-threat-intel-host host_id="contoso.com, example.org"\r');
    await terminal.shows('2 hosts.');
    await terminal.shows(PROMPT);
    terminal.type('/context MSGDefenderThreatIntel.Host.[1].id\r');
    await terminal.shows('"example.org"');
    await terminal.shows(PROMPT);
    terminal.type('!msg-defender-threat-intel-host-whois host_id=${MSGDefenderThreatIntel.Host.[0].id}\r');
    await terminal.shows('1 WHOIS record');
  });

  test('Ctrl-C ends a slow command and not the console; Ctrl-D ends the console', async () => {
    sandbox.faults = { ...sandbox.faults, latency: 600_000 };
    terminal.type('!msg-defender-threat-intel-host host_id=contoso.com\r');
    while (sandbox.requests.length === 0) await new Promise(setImmediate);
    terminal.type(CTRL_C);
    await terminal.shows('Ctrl-C');
    await terminal.shows(PROMPT);
    terminal.type('half a li');
    terminal.type('\u001b[D\u001b[D');
    terminal.type(CTRL_C);
    await terminal.shows('^C\r\nCtrl-D leaves the console.');
    await terminal.shows(PROMPT);
    terminal.type('/nothing\r');
    await terminal.shows('"/nothing" is not a console command.');
    await terminal.shows(PROMPT);
    terminal.type(CTRL_D);
    expect(await terminal.ended).toBe(0);
    // The shell's prompt starts on a new line.
    expect(terminal.text()).toMatch(/case-1 \(sandbox\)> \s*\n$/);
  });
});

/** Lines behind a pipe. */
function piped(name: string, ...lines: string[]) {
  return spawnSync('mdti', ['war-room', name, '--sandbox'], {
    env,
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
  });
}

describe('behind a pipe', () => {
  test('a verdict, the table and UTC are printed as in the command line, and /entries prints them again', () => {
    const line = 'host-reputation login-update.example';
    const { stdout } = piped('case-10', line, '/clear', line, '/entries 1');
    const typed = `> ${line}\n`;
    expect(stdout.split(typed)).toHaveLength(3);
    const [first, second] = stdout.replaceAll(typed, '').split('Context and entries were deleted.\n');
    expect(first).toMatch(/^!! malicious/);
    expect(first).toMatch(/Reputation[\s\S]+\n1 host reputation\.\n/i);
    expect(second?.split(first?.slice(first.indexOf('\n')).trim() ?? '').length).toBe(3);
  });

  test('times in a result are in UTC, said once', () => {
    const { stdout } = piped('case-11', 'host-ports contoso.com', '/entries 1');
    expect(stdout.match(/^Times are in UTC\.$/gm)).toHaveLength(2);
  });

  test('options of the command line are named as such, with the form of the console', () => {
    const { stderr } = piped('case-14', 'host-ports contoso.com --limit 5', 'host contoso.com -o json');
    expect(stderr).toMatch('--limit is an option of `mdti`, not of the console.\nWrite limit=5.\n');
    expect(stderr).toMatch(
      '-o is an option of `mdti`, not of the console.\nArguments are written name=value.',
    );
  });

  test('/help shows the form of the console', () => {
    const { stdout, stderr } = piped('case-12', '/help host', '/help host-port');
    expect(stdout).toMatch(/^host host_id=…/);
    expect(stdout).not.toContain('mdti ');
    expect(stderr).toBe('There is no command "host-port".\nDid you mean host-ports?\n');
  });

  test('/export into a folder that does not exist says so', () => {
    const { stderr } = piped('case-13', `/export ${mdti.folder}/missing/c.json`);
    expect(stderr).toBe(
      `/export: the folder "${mdti.folder}/missing" does not exist.\nCreate it, or name another file.\n`,
    );
  });

  test('lines are done in their order, without a prompt, and the investigation is kept under its name', () => {
    const first = piped(
      'case-2',
      '!msg-defender-threat-intel-host host_id=contoso.com',
      '/context MSGDefenderThreatIntel.Host.id',
    );
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toMatch(/^> !msg-\S+ host_id=contoso\.com\nHosts\n[\s\S]*"contoso.com"\n$/);
    expect(first.stdout).not.toMatch('mdti>');
    expect(piped('case-2', '/context MSGDefenderThreatIntel.Host.id').stdout).toBe('"contoso.com"\n');
    expect(piped('case-3', '/context MSGDefenderThreatIntel.Host.id').stdout).toBe('Nothing.\n');
  });

  test('a line that fails sets the exit status, and the next line still runs', () => {
    const { status, stderr, stdout } = piped('case-4', '!no-such-command', '/nothing', '!x a="', '/entries');
    expect(status).toBe(1);
    expect(stderr).toMatch('There is no command "no-such-command".');
    expect(stderr).toMatch('"/nothing" is not a console command.');
    expect(stderr).toMatch('a " is not closed');
    expect(stdout).toMatch(/^> !no-such-command\n> !x a="\n1 {2}\S+ {2}!no-such-command\n$/);
  });

  test('an investigation is exported and cleared', () => {
    const file = join(mdti.folder, 'case.json');
    const host = '!msg-defender-threat-intel-host host_id=contoso.com ignore-outputs=true raw-response=true';
    const { stdout } = piped('case-5', host, `/export ${file}`, '/clear', '/entries');
    expect(stdout).toMatch(`Written to ${file}.\nContext and entries were deleted.\nNothing.\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      context: {},
      happened: [{ line: host, entries: [{ Type: 1, Contents: { id: 'contoso.com' } }] }],
    });
  });

  test('an export replaces a file only with --force, and then only this user can read it', () => {
    const file = join(mdti.folder, 'kept.json');
    writeFileSync(file, 'precious');
    chmodSync(file, 0o644);
    const refused = piped('case-6', `/export ${file}`);
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(`write /export ${file} --force`);
    expect(readFileSync(file, 'utf8')).toBe('precious');
    expect(piped('case-6', `/export ${file} --force`)).toMatchObject({ status: 0, stderr: '' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('an exported investigation is imported into another one, each line once', () => {
    const file = join(mdti.folder, 'case-7.json');
    expect(piped('case-7', 'host contoso.com', `/export ${file}`).status).toBe(0);
    const { stdout } = piped(
      'case-8',
      'host example.org',
      `/import ${file}`,
      `/import ${file}`,
      '/entries',
      '/context MSGDefenderThreatIntel.Host.id',
    );
    expect(stdout).toMatch(
      /Imported 1 line from .*\nImported 0 lines from .*\n1 {2}\S+ {2}host contoso.com\n2 /,
    );
    expect(JSON.parse(stdout.slice(stdout.lastIndexOf('[')))).toEqual(['example.org', 'contoso.com']);
  });

  test('investigations are listed, renamed and deleted; the open one is not deleted', () => {
    const { stdout, stderr } = piped(
      'old',
      'host contoso.com',
      '/rename new',
      '/delete new --force',
      '/open other',
      '/delete new',
      '/investigations',
      '/delete new --force',
      '/investigations',
    );
    expect(stderr).toMatch('/delete: "new" is open.');
    expect(stderr).toMatch('write /delete new --force');
    expect(stdout).toMatch('Renamed to new.\nInvestigation other.\n  new\n* other\nDeleted new.\n* other\n');
  });

  test('a sandbox has a separate investigation that only this user can read', () => {
    piped('shared', 'host contoso.com');
    const tenant = spawnSync('mdti', ['war-room', 'shared', '--param', 'tenant_id=contoso.com'], {
      env,
      input: '/entries\n',
      encoding: 'utf8',
    });
    expect(tenant.stdout).toBe('Nothing.\n');
    const folder = join(mdti.folder, 'investigations', 'sandbox');
    expect(readdirSync(folder).filter((name) => name.endsWith('.json'))).toEqual(['shared.json']);
    expect(statSync(join(folder, 'shared.json')).mode & 0o777).toBe(0o600);
  });

  test('rejects invalid investigation names', () => {
    expect(piped('../case', '/entries')).toMatchObject({ status: 2, stdout: '' });
  });
});

test('a line that is too long is rejected, and the next one still runs', () => {
  const { status, stdout, stderr } = piped('case-9', 'a'.repeat(3_000_000), 'host contoso.com', '/entries');
  expect(status).toBe(1);
  expect(stderr).toBe('The line has 3,000,000 characters and was not run; the limit is 1,048,576.\n');
  expect(stdout).toMatch(/1 {2}\S+ {2}host contoso\.com\n$/);
});
