import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PluginError } from '../../../src/base/errors';
import { type Log, silentLog } from '../../../src/base/log';
import { ACTIONS, actionIn, runAction } from '../../../src/doors/war-room/actions';
import { openRoom } from '../../../src/doors/war-room/room';
import { type InvestigationStore, openInvestigations } from '../../../src/doors/war-room/store';
import { targetOf } from '../../../src/doors/war-room/target';
import { commandNamed } from '../../../src/manifest/short-names';
import { contextKey } from '../../../src/xsoar/context-keys';
import { errorEntry, resultEntry } from '../../../src/xsoar/entry';

const SCREEN = { styled: false, width: 80 };
const NOON = Date.UTC(2026, 0, 1, 12);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdti-room-'));
});

/** A plugin that finds every host but `failed.example`; it rejects `broken.example`. */
const plugin = {
  async execute(command: string, args: Readonly<Record<string, unknown>>) {
    const id = String(args.host_id ?? command);
    if (id === 'half.example')
      return {
        entries: [
          errorEntry(new PluginError('GRAPH_UNAVAILABLE', 'One lookup failed.')),
          resultEntry({ id }, '### Hosts\n\n1 host: half.example, seen 2026-01-01 12:00.', {}),
        ],
        errors: [],
      };
    if (id === 'broken.example') throw new PluginError('INTERNAL', 'It broke.', { hint: 'Report it.' });
    const entry =
      id === 'failed.example'
        ? errorEntry(new PluginError('GRAPH_UNAVAILABLE', 'Try later.'))
        : resultEntry({ id }, `### Hosts\n\n1 host: ${id}.`, { [contextKey('Host')]: { id } });
    return { entries: [entry], errors: [] };
  },
};

async function roomOf(name = 'case', wrap = (store: InvestigationStore) => store, log: Log = silentLog) {
  const found: string[] = [];
  const failed: string[] = [];
  const all = openInvestigations(join(folder, 'state'), targetOf({ tenant_id: 'contoso.com' }, false));
  const investigations = { ...all, open: (one: string) => wrap(all.open(one)) };
  const output = {
    found: (text: string) => void found.push(text),
    failed: (text: string) => void failed.push(text),
  };
  const room = await openRoom(name, {
    plugin,
    output,
    screen: () => SCREEN,
    now: () => NOON,
    investigations,
    log,
  });
  const never = new AbortController().signal;
  return {
    room,
    all,
    /** Enters lines; returns how they ended and what was printed. */
    async enter(...lines: string[]) {
      found.length = 0;
      failed.length = 0;
      const ends: string[] = [];
      for (const line of lines) ends.push(await room.enter(line, never));
      return { ends, found: found.join(''), failed: failed.join('') };
    },
  };
}

const file = (name: string) => join(folder, name);

test('a line runs a command, prints its table, and its objects are in context', async () => {
  const { all, enter } = await roomOf();
  expect(await enter(' host contoso.com ', '/context MSGDefenderThreatIntel.Host.id', '# note', '')).toEqual({
    ends: ['done', 'done', 'done', 'done'],
    found: 'Hosts\n\n1 host: contoso.com.\n"contoso.com"\n',
    failed: '',
  });
  expect((await all.open('case').read()).happened).toMatchObject([
    { at: '2026-01-01T12:00:00.000Z', line: 'host contoso.com', door: 'terminal' },
  ]);
});

test('a command that fails is printed, recorded and shown again', async () => {
  const { enter } = await roomOf();
  const failed = await enter('host failed.example');
  expect(failed).toMatchObject({
    ends: ['failed'],
    found: '',
    failed: expect.stringContaining('Try later.\n'),
  });
  const again = await enter('/entries', '/entries 1');
  expect(again.found).toMatch(/^1 {2}2026-01-01T12:00:00.000Z {2}host failed.example\n.*Try later\./s);
  expect(await enter('host broken.example')).toEqual({
    ends: ['failed'],
    found: '',
    failed: 'It broke.\nReport it.\n',
  });
});

test('a result with an error shows both, also when it is shown again', async () => {
  const { enter } = await roomOf();
  const result = 'Hosts\n\n1 host: half.example, seen 2026-01-01 12:00.\n\nTimes are in UTC.\n';
  const first = await enter('host half.example');
  expect(first).toEqual({ ends: ['failed'], found: result, failed: 'One lookup failed.\n' });
  expect((await enter('/entries 1')).found).toBe(`One lookup failed.\n${result}`);
  await enter('host failed.example');
  expect((await enter('/entries 2')).found).toBe('Try later.\n');
});

test.each([
  ['  /open  a b ', { name: 'open', argument: 'a b' }],
  ['/open', { name: 'open', argument: '' }],
  ['open\ta', { name: 'open', argument: 'a' }],
  ['/unknown a', { name: 'unknown', argument: 'a' }],
  ['host https://contoso.com/help', undefined],
  ['opened a', undefined],
])('%j is an action only with a slash or the word of one', (line, action) => {
  expect(actionIn(line)).toEqual(action);
});

test.each([
  ['unknown', '', 'COMMAND_UNKNOWN'],
  ['entries', '1', 'ARGUMENT_INVALID'],
  ['open', '', 'ARGUMENT_MISSING'],
  ['delete', 'case --force', 'INVOCATION_UNREADABLE'],
  ['delete', 'old', 'INVOCATION_UNREADABLE'],
])('/%s %s fails with its code', async (name, argument, code) => {
  const investigations = openInvestigations(join(folder, 'state'), targetOf({}, true));
  const context = { store: investigations.open('case'), investigations, screen: () => SCREEN };
  await expect(runAction(name, argument, context)).rejects.toMatchObject({ code });
});

test.each([
  ['a.json  --force', 'a.json'],
  ['a --forced', 'a --forced'],
  ['a\u001b[31m.json', 'a [31m.json'],
])('/export %s writes %s, which /import reads', async (typed, name) => {
  const { enter } = await roomOf();
  expect((await enter(`/export ${file(typed)}`)).found).toBe(`Written to ${file(name)}.\n`);
  const written = typed.replace(/ +--force$/, '');
  const { found } = await enter(`/import ${file(written)}`);
  expect(found).toBe(`Imported 0 lines from ${file(name)}.\n`);
});

test.each([
  ['!hots a', 'There is no command "hots".\nDid you mean host?\n'],
  ['zzzzzzzz', 'There is no command "zzzzzzzz".\nType /commands for the list.\n'],
  ['/entires', '"/entires" is not a console command.\nDid you mean /entries?\n'],
  ['/entries 7', '/entries: there is no line "7".\nThis investigation has no lines.\n'],
  [
    'host contoso.com --odata $top=1',
    '--odata is an option of `mdti`, not of the console.\nWrite odata=$top=1.\n',
  ],
  ['host contoso.com --host-id', '--host-id is an option of `mdti`, not of the console.\nWrite host_id=….\n'],
  ['/export', '/export needs a file.\nSee /help.\n'],
  ['/export --force', '/export needs a file.\nSee /help.\n'],
  ['/import', '/import needs a file.\nSee /help.\n'],
  ['/open', '/open needs a name.\nSee /help.\n'],
  ['/rename', '/rename needs a name.\nSee /help.\n'],
  ['/delete --force', '/delete needs a name.\nSee /help.\n'],
  ['/help nothing', 'There is no command "nothing".\nType /commands for the list.\n'],
  ['/constructor', expect.stringMatching(/^"\/constructor" is not a console command\.\n\/context \[PATH]/)],
  ['zzzzzzzz --limit=5', 'There is no command "zzzzzzzz".\nType /commands for the list.\n'],
  ['192.0.2.1', 'There is no command "192.0.2.1".\nTo look it up, type ip 192.0.2.1\n'],
  [
    'host contoso.com -o json',
    '-o is an option of `mdti`, not of the console.\nArguments are written name=value. For options, leave the console and run the command in a shell.\n',
  ],
  [
    '!host --host-id-2',
    '--host-id-2 is an option of `mdti`, not of the console.\nArguments are written name=value. For options, leave the console and run the command in a shell.\n',
  ],
  [
    'host contoso.com --odata   $top=1',
    '--odata is an option of `mdti`, not of the console.\nWrite odata=$top=1.\n',
  ],
  [
    '/delete case --force',
    '/delete: "case" is open.\nOpen another investigation first, or clear this one with /clear.\n',
  ],
  ['/delete old', '/delete removes "old" permanently.\nTo confirm, write /delete old --force.\n'],
  ['/delete old --force', 'There is no investigation named "old".\nList them with /investigations.\n'],
  ['/open a/b', '"a/b" cannot be the name of an investigation.\nUse up to 64 letters, digits, _ and -.\n'],
])('%s fails with a sentence and what to do', async (line, text) => {
  const { enter } = await roomOf();
  expect(await enter(line)).toEqual({ ends: ['failed'], found: '', failed: text });
});

test('an entry number outside the list names its limits', async () => {
  const { enter } = await roomOf();
  const { failed } = await enter(
    'host a.example',
    'host b.example',
    '/entries 0',
    '/entries 3',
    '/entries x1',
  );
  expect(failed.match(/Use a number from 1 to 2\./g)).toHaveLength(3);
  expect((await enter('/entries 2')).found).toContain('b.example');
});

test('an empty investigation has nothing to list', async () => {
  const { enter } = await roomOf();
  expect((await enter('/entries', '/context a.b')).found).toBe('Nothing.\nNothing.\n');
  expect((await enter('/context')).found).toBe('{}\n');
});

test('/clear deletes context and entries', async () => {
  const { enter } = await roomOf();
  const { found } = await enter('host a.example', '/clear', '/context', '/entries');
  expect(found).toMatch(/Context and entries were deleted\.\n\{\}\nNothing\.\n$/);
});

test('investigations are opened, listed, renamed and deleted', async () => {
  const { enter, room } = await roomOf('one');
  const { ends, found } = await enter(
    'host a.example',
    '/open two',
    'host b.example',
    '/investigations',
    '/rename three',
    '/investigations',
    '/delete one --force',
    '/investigations',
  );
  expect(ends).not.toContain('failed');
  expect(found).toContain('Investigation two.\n');
  expect(found.split('1 host: b.example.\n')[1]).toBe(
    '  one\n* two\nRenamed to three.\n  one\n* three\nDeleted one.\n* three\n',
  );
  expect(room.name()).toBe('three');
  expect((await enter('/open new', '/investigations')).found).toBe('Investigation new.\n* new\n  three\n');
});

test.each([['/exit'], ['exit'], ['quit'], ['/quit']])('%s leaves the console', async (line) => {
  expect(await (await roomOf()).enter(line)).toEqual({ ends: ['exit'], found: '', failed: '' });
});

test.each(['/help', '?', 'help', ' /? '])('%s lists what may be typed', async (line) => {
  const { enter } = await roomOf();
  expect((await enter(line)).found).toBe(`\
/context [PATH]         show the context, or the value at a path
/entries [NUMBER]       list the lines, or show the result of one line again
/export FILE [--force]  write the investigation to a file (--force replaces an existing one)
/import FILE            add the lines and context of an exported investigation
/clear                  delete context and entries
/investigations         list the investigations of this target
/open NAME              open another investigation, or create it
/rename NAME            rename this investigation
/delete NAME --force    delete an investigation permanently
/commands               list the commands
/help [COMMAND]         show this list, or the arguments and context paths of a command
/exit                   leave; Ctrl-D does the same

A command runs by its short name, and takes its main argument without a name: host contoso.com
A line that starts with # is a comment.
`);
});

test('/commands lists every command', async () => {
  const { enter } = await roomOf();
  expect((await enter('/commands')).found).toMatch(/\bhost-reputation\b/);
});

test.each([
  ['host', /^host host_id=… \[name=value …\]\n.*\n\nArguments\n {2}host_id.*\n\nContext\n {2}\w/s],
  ['articles', /^articles \[search=…\] \[name=value …\]\n/],
  ['ip', /^ip ip=…\n/],
  ['!auth-test', /^auth-test\nChecks that the plugin can sign in .*\n\nArguments\n {2}none\n$/],
])('/help %s shows its arguments and context paths', async (command, text) => {
  const { enter } = await roomOf();
  expect((await enter(`/help ${command}`)).found).toMatch(text);
});

test('no command has the name of an action, which would hide it', () => {
  expect(Object.keys(ACTIONS).filter((name) => commandNamed(name) !== undefined)).toEqual([]);
});

describe('/export', () => {
  test('writes a file that only this user can read, and /import adds each line once', async () => {
    const first = await roomOf('one');
    await first.enter('host a.example');
    expect(await first.enter(`/export ${file('a.json')}`)).toMatchObject({
      ends: ['done'],
      found: `Written to ${file('a.json')}.\n`,
    });
    expect(statSync(file('a.json')).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file('a.json'), 'utf8'))).toMatchObject({
      format: 'mdti-investigation',
      version: 2,
      context: { MSGDefenderThreatIntel: { Host: { id: 'a.example' } } },
      happened: [{ line: 'host a.example' }],
    });
    const { found } = await (await roomOf('two')).enter(
      `/import ${file('a.json')}`,
      `/import ${file('a.json')}`,
    );
    expect(found).toBe(`Imported 1 line from ${file('a.json')}.\nImported 0 lines from ${file('a.json')}.\n`);
  });

  test('replaces a file only with --force, and then only this user can read it', async () => {
    writeFileSync(file('kept.json'), 'precious');
    chmodSync(file('kept.json'), 0o644);
    const { enter } = await roomOf();
    expect((await enter(`/export ${file('kept.json')}`)).failed).toBe(
      `/export: "${file('kept.json')}" exists already.\nTo replace it, write /export ${file('kept.json')} --force.\n`,
    );
    expect(readFileSync(file('kept.json'), 'utf8')).toBe('precious');
    expect((await enter(`/export ${file('kept.json')} --force`)).ends).toEqual(['done']);
    expect(statSync(file('kept.json')).mode & 0o777).toBe(0o600);
  });

  test('a folder that does not exist and a file that is no investigation are named', async () => {
    writeFileSync(file('x.json'), '{}');
    const { enter } = await roomOf();
    const { failed } = await enter(
      `/export ${file('no/a.json')}`,
      `/import ${file('x.json')}`,
      `/import ${file('absent')}`,
      `/export ${file('x.json')}/a`,
    );
    expect(failed).toContain(
      `/export: the folder "${file('no')}" does not exist.\nCreate it, or name another file.\n`,
    );
    expect(failed).toContain(
      `${file('x.json')} is not an exported investigation.\nExport one with /export FILE`,
    );
    expect(failed).toContain(`${file('absent')} cannot be read`);
    expect(failed).toContain(`${file('x.json')}/a cannot be written`);
  });
});

describe('files that are not files', () => {
  test('a pipe, a device and a folder are neither replaced nor read', async () => {
    execFileSync('mkfifo', [file('pipe')]);
    mkdirSync(file('folder'));
    const { enter } = await roomOf();
    for (const path of [file('pipe'), '/dev/null', file('folder')]) {
      const { failed } = await enter(`/export ${path} --force`, `/import ${path}`);
      expect(failed).toContain(`/export: "${path}" is not a file.\n`);
      expect(failed).toContain(`/import: "${path}" is not a file.\n`);
    }
    expect(statSync(file('pipe')).isFIFO()).toBe(true);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('a link is replaced, not its target', async () => {
    writeFileSync(file('target'), 'precious');
    symlinkSync(file('target'), file('link'));
    const { enter } = await roomOf();
    expect((await enter(`/export ${file('link')} --force`)).ends).toEqual(['done']);
    expect(readFileSync(file('target'), 'utf8')).toBe('precious');
  });

  test('an import that is nested too deeply names the limit, and the investigation stays', async () => {
    const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    writeFileSync(
      file('deep.json'),
      `{"format":"mdti-investigation","version":2,"context":${deep},"happened":[]}`,
    );
    const { enter } = await roomOf();
    await enter('host a.example');
    const { failed } = await enter(`/import ${file('deep.json')}`);
    expect(failed).toBe(
      `${file('deep.json')} is nested more than 200 levels deep.\nImport a smaller investigation.\n`,
    );
    expect((await enter('/lines')).failed).not.toContain('internal');
  });
});

test('an internal error is logged with its place in the code', async () => {
  const logged: object[] = [];
  const { enter } = await roomOf(
    'case',
    (store) => ({
      ...store,
      change: () => Promise.reject(new RangeError('Maximum call stack size exceeded')),
    }),
    (level, event, fields) => void logged.push({ level, event, ...fields }),
  );
  expect((await enter('host a.example')).failed).toContain('internal error');
  expect(logged).toEqual([
    { level: 'error', event: 'internal fault', fault: expect.stringContaining('room.test.ts') },
  ]);
});

describe('another console', () => {
  /** A store whose watcher the test calls. */
  function watched() {
    let report: Parameters<InvestigationStore['watch']>[0] = () => {};
    const stop = jest.fn();
    const wrap = (store: InvestigationStore): InvestigationStore => ({
      ...store,
      watch(onChange) {
        report = onChange;
        return stop;
      },
    });
    return { wrap, stop, report: (...given: Parameters<typeof report>) => report(...given) };
  }

  const line = (id: string, text: string, door?: 'browser') =>
    ({ id, at: '', line: text, entries: [], ...(door === undefined ? {} : { door }) }) as const;

  test('that adds lines is reported, each line once', async () => {
    const { wrap, report, stop } = watched();
    const { room, enter, all } = await roomOf('case', wrap);
    const notices: string[] = [];
    const end = room.onNotice((text) => notices.push(text));
    await enter('host a.example');
    const { happened } = await all.open('case').read();
    const change = (...more: ReturnType<typeof line>[]) =>
      report({ context: {}, happened: [...happened, ...more] });
    change();
    change(line('1', 'host b.example'));
    change(line('1', 'host b.example'));
    change(line('1', 'host b.example'), line('2', 'x'), line('3', 'host\u001b c.example', 'browser'));
    expect(notices).toEqual([
      'Another console added 1 line: host b.example',
      'The browser added 2 lines: host  c.example',
    ]);
    end();
    expect(stop).toHaveBeenCalledTimes(1);
  });

  test('lines that were there before are not reported', async () => {
    await (await roomOf('case')).enter('host a.example');
    const { wrap, report } = watched();
    const { room, all } = await roomOf('case', wrap);
    const notices: string[] = [];
    room.onNotice((text) => notices.push(text));
    report(await all.open('case').read());
    expect(notices).toEqual([]);
  });

  test('lines of an opened or imported investigation are not reported, and the old one is watched no more', async () => {
    const other = await roomOf('other');
    await other.enter('host b.example', `/export ${file('b.json')}`);
    const { wrap, report, stop } = watched();
    const { room, enter, all } = await roomOf('case', wrap);
    const notices: string[] = [];
    room.onNotice((text) => notices.push(text));
    await enter(`/import ${file('b.json')}`);
    report(await all.open('case').read());
    await enter('/open other');
    expect(stop).toHaveBeenCalledTimes(1);
    report(await all.open('other').read());
    expect(notices).toEqual([]);
  });
});

test('a console whose investigation cannot be saved continues, says so once, and saves all of it later', async () => {
  let isFull = true;
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC', errno: -28, syscall: 'write' });
  const { all, enter } = await roomOf('case', (store) => ({
    ...store,
    change: async (apply) => {
      if (isFull) throw new PluginError('STATE_UNAVAILABLE', 'The disk is full.', { cause: full });
      return store.change(apply);
    },
  }));
  expect(await enter('host a.example')).toMatchObject({
    ends: ['done'],
    failed: 'The disk is full. This console keeps it until you leave; save it elsewhere with /export FILE.\n',
  });
  expect(await enter('host b.example')).toMatchObject({ ends: ['done'], failed: '' });
  expect((await enter('/entries')).found).toMatch(/host a\.example\n2 .*host b\.example\n$/);
  expect((await all.open('case').read()).happened).toEqual([]);
  isFull = false;
  await enter('host c.example');
  expect((await all.open('case').read()).happened.map((entry) => entry.line)).toEqual([
    'host a.example',
    'host b.example',
    'host c.example',
  ]);
  expect((await enter('/entries')).found.match(/host/g)).toHaveLength(3);
});

test('a change that is refused for another reason is an error', async () => {
  const { enter } = await roomOf('case', (store) => ({
    ...store,
    change: async () => {
      throw new PluginError('STATE_UNAVAILABLE', 'It was renamed.');
    },
  }));
  expect(await enter('host a.example')).toMatchObject({ ends: ['failed'], failed: 'It was renamed.\n' });
});
