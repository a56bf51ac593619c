import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../../src/sandbox';
import { WORLD } from '../../support/case';
import { type Installed, installed } from '../../support/in-path';
import { Terminal } from '../../support/terminal';

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

const UP = '\u001b[A';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

describe('in a terminal', () => {
  beforeEach(async () => {
    terminal = new Terminal(['mdti', 'war-room', 'case-1', '--params', mdti.paramsFile], env);
    await terminal.shows('mdti> ');
  });
  afterEach(() => terminal.end());

  test('commands, arguments and values are completed, and history brings a line back', async () => {
    terminal.type('!msg-defender-threat-intel-host-rep\t');
    await terminal.shows('host-reputation ');
    terminal.type('host_\t');
    await terminal.shows('host_id=');
    terminal.type('contoso.com\r');
    await terminal.shows('neutral');
    await terminal.shows('mdti> ');
    terminal.type(UP);
    await terminal.shows('!msg-defender-threat-intel-host-reputation host_id=contoso.com');
    terminal.type('\r');
    await terminal.shows('neutral');
    await terminal.shows('mdti> ');
    terminal.type('!msg-defender-threat-intel-host-pairs-list direction=p\t');
    await terminal.shows('direction=parent');
  });

  test('quotes keep words together, and context keeps what was found', async () => {
    terminal.type('!msg-defender-threat-intel-host host_id="contoso.com, example.org"\r');
    await terminal.shows('2 hosts.');
    await terminal.shows('mdti> ');
    terminal.type('/context MSGDefenderThreatIntel.Host.[1].id\r');
    await terminal.shows('"example.org"');
    await terminal.shows('mdti> ');
    terminal.type('!msg-defender-threat-intel-host-whois host_id=${MSGDefenderThreatIntel.Host.[0].id}\r');
    await terminal.shows('1 WHOIS record');
  });

  test('Ctrl-C ends a slow command and not the console; Ctrl-D ends the console', async () => {
    sandbox.faults = { ...sandbox.faults, latency: 600_000 };
    terminal.type('!msg-defender-threat-intel-host host_id=contoso.com\r');
    while (sandbox.requests.length === 0) await new Promise(setImmediate);
    terminal.type(CTRL_C);
    await terminal.shows('Ctrl-C');
    await terminal.shows('mdti> ');
    terminal.type('half a li');
    terminal.type(CTRL_C);
    await terminal.shows('Ctrl-D ends the console.');
    terminal.type(CTRL_D);
    expect(await terminal.ended).toBe(0);
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
  test('lines are done in their order, without a prompt, and the investigation is kept under its name', () => {
    const first = piped(
      'case-2',
      '!msg-defender-threat-intel-host host_id=contoso.com',
      '/context MSGDefenderThreatIntel.Host.id',
    );
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toMatch(/^Hosts\n[\s\S]*"contoso.com"\n$/);
    expect(first.stdout).not.toMatch('mdti>');
    expect(piped('case-2', '/context MSGDefenderThreatIntel.Host.id').stdout).toBe('"contoso.com"\n');
    expect(piped('case-3', '/context MSGDefenderThreatIntel.Host.id').stdout).toBe('There is nothing.\n');
  });

  test('a line that fails is told by the status, and the next one is done all the same', () => {
    const { status, stderr, stdout } = piped('case-4', '!no-such-command', '/nothing', '!x a="', '/entries');
    expect(status).toBe(1);
    expect(stderr).toMatch('There is no command "no-such-command".');
    expect(stderr).toMatch('There is no /nothing.');
    expect(stderr).toMatch('a " is not closed');
    expect(stdout).toMatch(/^1 {2}\S+ {2}!no-such-command\n$/);
  });

  test('an investigation is exported and cleared', () => {
    const file = join(mdti.folder, 'case.json');
    const host = '!msg-defender-threat-intel-host host_id=contoso.com ignore-outputs=true raw-response=true';
    const { stdout } = piped('case-5', host, `/export ${file}`, '/clear', '/entries');
    expect(stdout).toMatch(`Written to ${file}.\nContext and entries are empty.\nThere is nothing.\n`);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      context: {},
      happened: [{ line: host, entries: [{ Type: 1, Contents: { id: 'contoso.com' } }] }],
    });
  });

  test('a name that is no name is refused', () => {
    expect(piped('../case', '/entries')).toMatchObject({ status: 2, stdout: '' });
  });
});
