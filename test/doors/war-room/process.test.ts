import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordOf, withLine } from '../../../src/doors/war-room/investigation';
import { warRoomProcess } from '../../../src/doors/war-room/process';
import { openInvestigations } from '../../../src/doors/war-room/store';
import { type Sandbox, startSandbox } from '../../../src/sandbox';
import { splitArguments } from '../../../src/xsoar/system-arguments';
import { WORLD } from '../../support/case';
import { type OutputText, standardStreams } from '../../support/standard-streams';

const UP = '\u001b[A';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

let stdin: ReturnType<typeof standardStreams>['stdin'];
let stdout: OutputText;
let stderr: OutputText;
let state: string;
const environment = process.env;
beforeEach(() => {
  state = join(mkdtempSync(join(tmpdir(), 'mdti-console-')), 'state');
  process.env = { ...environment, MDTI_STATE_FILE: state };
});
afterEach(() => {
  process.env = environment;
  jest.restoreAllMocks();
});

function start(
  isTTY: boolean,
  overrides: object | undefined = { params: { graph_endpoint: 'https://localhost:1' }, ca: '' },
  words: readonly string[] = ['case-1'],
): Promise<number> {
  ({ stdin, stdout, stderr } = standardStreams(isTTY));
  return warRoomProcess({ words, options: {}, overrides } as never);
}

/** Resolves when the console has written this text since the last keys. */
function shows(text: string, stream = stdout): Promise<void> {
  return stream.shows(text);
}

/** Presses keys; returns what they draw at once. */
async function type(keys: string): Promise<string> {
  stdout.text = '';
  stderr.text = '';
  stdin.write(keys);
  await new Promise(setImmediate);
  return stdout.text;
}

/** Stores lines of an earlier session. */
async function earlier(...lines: string[]): Promise<void> {
  const store = openInvestigations(state, { kind: 'sandbox' }).open('case-1');
  const executed = { entries: [], errors: [], args: {}, context: {}, system: splitArguments({}).system };
  for (const line of lines)
    await store.change((now) => withLine(now, recordOf(line, executed, 0, 'terminal'), executed));
}

const PROMPT = 'case-1 (sandbox)> ';

describe('in a terminal', () => {
  test('arrow-up gives the newest line of an earlier session first', async () => {
    await earlier('host old.example', 'host new.example');
    const ended = start(true);
    await shows(PROMPT);
    expect(await type(UP)).toContain('host new.example');
    expect(await type(UP)).toContain('host old.example');
    expect(await type(CTRL_C)).toMatch(/\^C\nCtrl-D leaves the console\.\n.*case-1 \(sandbox\)> /s);
    // Ctrl-C emptied the line: Enter runs nothing.
    await type('\r');
    await shows(PROMPT);
    expect(stderr.text).toBe('');
    await type('/entries\r');
    await shows('2  1970-01-01T00:00:00.000Z  host new.example\n');
    await shows(PROMPT);
    expect([stdout.text.includes('3  '), stderr.text]).toEqual([false, '']);
    expect(await type(CTRL_D)).toMatch(/\n$/);
    expect(await ended).toBe(0);
  });

  test('words are completed, failures are on stderr, and exit ends the console without another line', async () => {
    const ended = start(true);
    await shows(`Type help for the commands of this console; Tab completes.\n`);
    await shows(PROMPT);
    expect(await type(`/${'entries'.slice(0, 4)}\t`)).toContain('/entries ');
    await type('\r');
    await shows('Nothing.\n');
    await shows(PROMPT);
    await type('/open case-2\r');
    await shows('case-2 (sandbox)> ');
    await type('/nothing\r');
    await shows('"/nothing" is not a console command.', stderr);
    await shows('case-2 (sandbox)> ');
    await type('exit\r');
    expect(await ended).toBe(0);
    expect(stdout.text).toBe('exit\r\n');
  });

  test('Ctrl-C ends the command that runs, and not the console', async () => {
    const ended = start(true);
    await shows(PROMPT);
    await type('host contoso.com retry-count=3 retry-interval=600\r');
    await type(CTRL_C);
    await shows(PROMPT);
    expect(stderr.text).toContain('app_id');
    stdin.end();
    expect(await ended).toBe(0);
  });
});

describe('in a terminal, at its bounds', () => {
  test('a pasted line that is too long is not run, its error names the bound, and the next line runs', async () => {
    const ended = start(true);
    await shows(PROMPT);
    await type(`host ${'x'.repeat(2_000_000)}\r/nothing\r`);
    await shows('"/nothing" is not a console command.', stderr);
    expect(stderr.text).toMatch(
      /^\nThe line has more than 1,048,576 characters, the limit of one line, and was not run\.\n/,
    );
    stdin.end();
    expect(await ended).toBe(0);
  });

  test('SIGHUP restores the terminal before it ends the process', async () => {
    const ended = start(true);
    const modes: boolean[] = [];
    Object.assign(stdin, { setRawMode: (mode: boolean) => modes.push(mode) });
    const kill = jest.spyOn(process, 'kill').mockImplementation(() => {
      modes.push(true);
      return true;
    });
    await shows(PROMPT);
    modes.length = 0;
    process.emit('SIGHUP');
    expect(modes).toEqual([false, true]);
    expect(kill).toHaveBeenCalledWith(process.pid, 'SIGHUP');
    expect(await ended).toBe(0);
    expect(process.listenerCount('SIGHUP')).toBe(0);
  });
});

describe('in a terminal, beside others', () => {
  test('lines of another console are reported above the prompt', async () => {
    const ended = start(true);
    await shows(PROMPT);
    await type('/ent');
    await earlier('host other.example');
    const notice = '\r\u001b[KAnother console added 1 line: host other.example\n';
    await shows(notice);
    // The line that is being typed is drawn again, with the cursor at its end.
    expect(stdout.text.split(notice)[1]).toContain(`${PROMPT}/ent\u001b[23G`);
    await type(`${'/entries'.slice(4)}\r`);
    await shows('1  1970-01-01T00:00:00.000Z  host other.example\n');
    stdin.end();
    expect(await ended).toBe(0);
  });

  test.each([
    ['a sandbox that was started for it', { params: {}, ca: '' }, [], 'default (sandbox)> '],
    ['a tenant', undefined, ['case-2'], 'case-2 (tenant)> '],
  ])('the prompt names %s', async (_, overrides, words, prompt) => {
    process.env.MDTI_CONFIG = `${state}.json`;
    ({ stdin, stdout, stderr } = standardStreams(true));
    const ended = warRoomProcess({ words, options: {}, overrides } as never);
    await shows(prompt);
    stdin.end();
    expect(await ended).toBe(0);
  });

  test.each([
    [true, false],
    [false, true],
  ])('there is no prompt where only one side is a terminal: stdin %s, stdout %s', async (input, output) => {
    ({ stdin, stdout, stderr } = standardStreams(output));
    Object.assign(stdin, { isTTY: input });
    const ended = warRoomProcess({
      words: [],
      options: {},
      overrides: { params: { graph_endpoint: 'https://localhost:1' }, ca: '' },
    } as never);
    stdin.end('/entries\n');
    expect(await ended).toBe(0);
    expect(stdout.text).toBe('Nothing.\n');
  });
});

describe('on a sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ world: WORLD });
  });
  afterAll(() => sandbox.close());
  beforeEach(() => sandbox.reset());
  const overrides = () => ({ params: sandbox.params, ca: sandbox.ca });

  test('a line prints its table, and how to see every column', async () => {
    const ended = start(true, overrides());
    await shows(PROMPT);
    await type('host-ports contoso.com\r');
    await shows('raw-response=true');
    stdin.end();
    expect(await ended).toBe(0);
  });

  test('Ctrl-C cancels the request of a command', async () => {
    sandbox.faults = { ...sandbox.faults, latency: 600_000 };
    const ended = start(true, overrides());
    await shows(PROMPT);
    await type('host contoso.com\r');
    while (sandbox.requests.length === 0) await new Promise(setImmediate);
    await type(CTRL_C);
    await shows('The command was cancelled by Ctrl-C.\nRun it again.\n', stderr);
    await shows(PROMPT);
    stdin.end();
    expect(await ended).toBe(0);
  });

  test('Ctrl-C cancels the command that runs and drops the lines that wait', async () => {
    sandbox.faults = { ...sandbox.faults, latency: 600_000 };
    const ended = start(true, overrides());
    await shows(PROMPT);
    await type(`host contoso.com\r${'/nothing\r'.repeat(2_000)}half a li`);
    while (sandbox.requests.length === 0) await new Promise(setImmediate);
    await type(CTRL_C);
    await shows('Ctrl-C dropped 2,000 lines that waited; they were not run.\n', stderr);
    await shows(PROMPT);
    expect(stderr.text).toContain('The command was cancelled by Ctrl-C.');
    expect(stderr.text).not.toContain('/nothing');
    await type('/entries\r');
    await shows('1  ');
    await type(CTRL_D);
    expect(await ended).toBe(0);
  });

  test('Ctrl-D during a command leaves the console after it', async () => {
    const ended = start(true, overrides());
    await shows(PROMPT);
    await type(`host contoso.com\r${CTRL_D}`);
    expect(await ended).toBe(0);
    expect([stdout.text.includes('1 host.'), stdin.isPaused()]).toEqual([true, true]);
  });
});

describe('behind a pipe', () => {
  test('only the end of a line is a line end', async () => {
    const ended = start(false);
    stdin.end('/open a\rb\n');
    expect(await ended).toBe(1);
    expect(stderr.text).toContain('cannot be the name of an investigation');
  });

  test('lines run in their order without a prompt, and one that fails sets the status', async () => {
    await earlier('host old.example');
    const ended = start(false);
    stdin.end('/entries\r\n/nothing\n/context\n/exit\n/entries\n');
    expect(await ended).toBe(1);
    expect(stdout.text).toBe('1  1970-01-01T00:00:00.000Z  host old.example\n{}\n');
    expect(stderr.text).toMatch(/^"\/nothing" is not a console command\.\n/);
  });

  test('a line that is too long is rejected, and the next one still runs', async () => {
    const ended = start(false);
    stdin.end(`${'a'.repeat(3_000_000)}\n/entries\n`);
    expect(await ended).toBe(1);
    expect([stdout.text, stderr.text]).toEqual([
      'Nothing.\n',
      'The line has 3,000,000 characters and was not run; the limit is 1,048,576.\n',
    ]);
  });

  test('a result for people is below its line, JSON for a program is not', async () => {
    const ended = start(false);
    stdin.end('# a comment\n\n  host a.example  \nhost b.example raw-response=true\n/context\n!no-such\n');
    expect(await ended).toBe(1);
    expect(stdout.text.match(/^>.*/gm)).toEqual(['> host a.example', '> !no-such']);
  });

  test('lines that all succeed give the status 0', async () => {
    const ended = start(false);
    stdin.end('# a comment\n/entries');
    expect(await ended).toBe(0);
  });
});
