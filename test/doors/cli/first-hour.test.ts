// cspell:ignore logn hosst
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatResult } from '../../../src/doors/cli/formats';
import { commandHelp, commandsText, helpText } from '../../../src/doors/cli/help';
import { OUTPUT_FORMATS } from '../../../src/doors/cli/output-formats';
import { readArguments } from '../../../src/doors/cli/typed-arguments';
import { VERBS } from '../../../src/doors/cli/verbs';
import { executeCommand } from '../../../src/doors/war-room/execute-line';
import { EMPTY_INVESTIGATION } from '../../../src/doors/war-room/investigation';
import { openRoom } from '../../../src/doors/war-room/room';
import { commands } from '../../../src/manifest/generated/commands';
import type { CommandName } from '../../../src/manifest/generated/types';
import { splitArguments } from '../../../src/xsoar/system-arguments';
import { recordedPlugin } from '../../support/recorder';
import { httpResponse } from '../../support/response';
import { cli } from '../../support/run-cli';

afterEach(() => void jest.restoreAllMocks());

const folder = mkdtempSync(join(tmpdir(), 'mdti-first-hour-'));
const SCREEN = { styled: false, width: 100 };

test.each(Object.keys(commands) as CommandName[])(
  'the help of %s lists the options of every command',
  (name) => {
    const text = commandHelp(name, []);
    for (const option of [
      '-o, --output',
      '-q, --query',
      '--show-request',
      '--sandbox',
      '--quiet',
      '--profile',
    ])
      expect(text).toContain(option);
  },
);

test('mdti help options explains them, and expand lists the formats of a graph', () => {
  expect(helpText(VERBS, 'options')).toContain('--param NAME=VALUE');
  for (const format of OUTPUT_FORMATS) expect(commandHelp('expand', [])).toContain(format);
  expect(commandHelp('host', [])).not.toContain('graphml');
});

test.each([
  ['nope', '-q matched nothing: the result is a list of objects with id, title.'],
  ['[?id == `x`]', '-q matched nothing: the result is a list of objects with id, title.'],
  ['[].id', undefined],
])('-q %s', async (query, note) => {
  const { plugin } = recordedPlugin(() => httpResponse({ value: [{ id: 'a', title: 'b' }] }));
  const call = { command: 'msg-defender-threat-intel-article-list', args: {} };
  const executed = await executeCommand(call, splitArguments({}).system, plugin);
  const notes: string[] = [];
  await formatResult(executed, 'json', SCREEN, query, (text) => notes.push(text));
  expect(notes).toEqual(note === undefined ? [] : [note]);
});

test.each(['article', 'profile'])(
  'an unknown %s is a row of CSV, and its name can be searched',
  async (name) => {
    const { status, stdout, stderr } = await cli([name, 'Copper Heron', '-o', 'csv', '--sandbox']);
    expect([status, stdout]).toEqual([1, expect.stringMatching(/^id,status,error\r\nCopper Heron,failed,/)]);
    expect(stderr).toContain(`mdti ${name}s --search "Copper Heron"`);
  },
);

function words(...list: string[]) {
  return readArguments('ip', { main: 'ip', words: list }, {});
}

test('a list from a file may be UTF-16, with commas', async () => {
  const file = join(folder, 'list.csv');
  writeFileSync(file, Buffer.from('192.0.2.1, 192.0.2.2\r\n# note\r\n192.0.2.3\r\n', 'utf16le'));
  expect(await words(`@${file}`)).toEqual({ ip: ['192.0.2.1', '192.0.2.2', '192.0.2.3'] });
});

test('an empty file, a folder and a missing file are named', async () => {
  const empty = join(folder, 'empty.txt');
  writeFileSync(empty, '# nothing\n');
  await expect(words(`@${empty}`)).rejects.toThrow('empty.txt is empty.');
  await expect(words(`@${folder}`)).rejects.toThrow('is a folder.');
  await expect(words('@/nowhere/list.txt')).rejects.toThrow('@/nowhere/list.txt does not exist.');
});

test.each([
  ['worker', '--quiet', 'Set MDTI_LOG=error instead.'],
  ['worker', '--verbose', 'Set MDTI_LOG=info instead.'],
  ['enrich', '-q', '-o ndjson | jq'],
])('%s %s is rejected with what fits', async (name, flag, hint) => {
  expect(await cli([name, flag])).toMatchObject({ status: 2, stderr: expect.stringContaining(hint) });
});

test.each([
  [['ipp', '192.0.2.1'], 'Did you mean `mdti ip 192.0.2.1`?'],
  [
    ['--profile', 'two', 'hosst', 'contoso.com', '-q', '[].id'],
    "`mdti --profile two host contoso.com -q '[].id'`",
  ],
  [['contoso.com', '-o', 'csv'], 'To look it up, run `mdti domain contoso.com -o csv`.'],
  [['hosst', 'a', '--param', 'tenant_id=contoso.com'], 'Did you mean `mdti host`?'],
  [['hosst', 'a'.repeat(100)], 'Did you mean `mdti host`?'],
  [['logn', '--client-secret', 'hunter2'], 'Did you mean `mdti login`?'],
  [['hosst', 'a', '--secret=hunter2'], 'Did you mean `mdti host`?'],
  [['hosst', 'a', 'credentials=hunter2'], 'Did you mean `mdti host`?'],
  [['hosst', 'token.contoso.com'], 'Did you mean `mdti host token.contoso.com`?'],
  [['--profile', 'hosst', 'hosst', 'a'], 'Did you mean `mdti --profile hosst host a`?'],
  [['whois-search', 'owner=a;reboot'], "such as `mdti whois-search 'registrant/email=a;reboot'`."],
  [['ip', '192.0.2.1', 'foo=bar', '--sandbox'], 'mdti ip has no argument "foo".\nArguments: ip.'],
  [
    ['host', 'host_id=contoso.com', 'foo=bar'],
    'mdti host has no argument "foo".\nArguments: host_id, odata.',
  ],
  [['articles', '--limit', '-5'], 'is written --limit=VALUE'],
])('%j says what to type', async (args, hint) => {
  expect(await cli(args)).toMatchObject({ status: 2, stderr: expect.stringContaining(hint) });
});

test('the list of commands names the other words for them', () => {
  const text = commandsText();
  for (const alias of ['whois', 'article', 'subdomains', 'reputation'])
    expect(text).toMatch(new RegExp(`also: .*\\b${alias}\\b`));
});

test.each([
  ['hots contoso.com', 'Did you mean host?'],
  ['qqqqqqq', 'Type /commands for the list.'],
  ['expand contoso.com --hops 3', 'Write hops=3.'],
  ['!host contoso.com --odata=x', 'Write odata=x.'],
])('the console says what to type instead of %s', async (line, hint) => {
  const { plugin, requested } = recordedPlugin();
  const failed: string[] = [];
  const store = {
    name: 'case',
    read: async () => EMPTY_INVESTIGATION,
    change: async () => EMPTY_INVESTIGATION,
    watch: () => () => {},
  };
  const room = await openRoom('case', {
    plugin,
    output: { found: () => {}, failed: (text: string) => failed.push(text) },
    screen: () => SCREEN,
    now: () => 0,
    investigations: {
      open: () => store,
      names: async () => [],
      rename: async () => {},
      remove: async () => {},
    },
  });
  expect(await room.enter(line, new AbortController().signal)).toBe('failed');
  expect(failed.join('')).toContain(hint);
  expect(failed.join('').length).toBeLessThan(120);
  expect(requested).toEqual([]);
});
