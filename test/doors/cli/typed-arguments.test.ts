import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import v8 from 'node:v8';
import { readArguments } from '../../../src/doors/cli/typed-arguments';
import { readValues, typedLines } from '../../../src/doors/cli/value-lists';
import type { CommandName } from '../../../src/manifest/generated/types';
import { commandNamed, mainArgument } from '../../../src/manifest/short-names';
import { raised } from '../../support/raised';
import { stdinReturns } from '../../support/run-cli';
import { standardStreams } from '../../support/standard-streams';

afterEach(() => jest.restoreAllMocks());

const file = join(mkdtempSync(join(tmpdir(), 'mdti-arguments-')), 'list.txt');

/** Reads the arguments of a command by its short name. */
function read(name: string, words: readonly string[], options: Readonly<Record<string, unknown>> = {}) {
  const command = commandNamed(name) as CommandName;
  return readArguments(command, { main: mainArgument(command, name), words }, options);
}

test.each<[string, readonly string[], Record<string, unknown>, object]>([
  ['host', [], { 'host-id': [], odata: undefined }, {}],
  [
    'host',
    [],
    { 'host-id': ['a,b', 'c'], odata: '$select=id' },
    { host_id: ['a', 'b', 'c'], odata: '$select=id' },
  ],
  ['host', ['a,b', 'c'], {}, { host_id: ['a', 'b', 'c'] }],
  ['host-subdomains', ['a'], { 'all-results': false, limit: '5' }, { host_id: 'a', limit: '5' }],
  ['host-subdomains', ['a'], { 'all-results': true }, { host_id: 'a', all_results: true }],
  ['articles', ['search=a=b\nc'], {}, { search: 'a=b\nc' }],
  ['articles', ['x limit=3'], {}, { search: 'x limit=3' }],
  ['articles', ['one', 'two', 'limit=3'], {}, { search: 'one two', limit: '3' }],
  [
    'whois-search',
    ['registrant/name=Contoso, Ltd.\nParis'],
    {},
    { search_property: 'registrant/name', search_value: 'Contoso, Ltd.\nParis' },
  ],
  [
    'whois-search',
    ['two', 'words'],
    { 'search-property': 'registrant/name' },
    { search_property: 'registrant/name', search_value: 'two words' },
  ],
  ['auth-test', ['x'], {}, {}],
  ['host-ports', ['http://a.example/?b=c'], {}, { host_id: 'http://a.example/?b=c' }],
  ['article', ['abc=='], {}, { article_id: 'abc==' }],
  ['articles', ['a=b'], {}, { search: 'a=b' }],
])('%s %j with %j', async (name, words, options, expected) => {
  expect(await read(name, words, options)).toEqual(expected);
});

test.each([
  ['host', ['a', 'host_id=b'], 'INVOCATION_UNREADABLE', 'host_id is given twice.', 'Give it once.'],
  [
    'host-ports',
    ['a', 'b', 'c'],
    'INVOCATION_UNREADABLE',
    'host_id takes one value, not 3: "a", "b", "c".',
    'Run the command once for each.',
  ],
  [
    'host-ports',
    ['-', 'a'],
    'INVOCATION_UNREADABLE',
    'host_id takes one value, not 2: "-", "a".',
    'Run the command once for each.',
  ],
  [
    'host',
    ['hostid=a'],
    'ARGUMENT_UNKNOWN',
    'mdti host has no argument "hostid".',
    'Did you mean host_id=… or --host-id?',
  ],
  [
    'whois-search',
    ['Contoso'],
    'INVOCATION_UNREADABLE',
    'whois-search: the property to search for "Contoso" is missing.',
    expect.stringMatching(
      /^Write PROPERTY=VALUE, such as `mdti whois-search \S+email=Contoso`\. Properties: /,
    ),
  ],
])('%s %j is rejected with what to do', async (name, words, code, message, hint) => {
  expect(await raised(() => read(name, words))).toMatchObject({ code, message, hint });
});

test('the value of an argument that takes one may come from stdin, and several are counted', async () => {
  standardStreams();
  stdinReturns('contoso.com\n');
  expect(await read('host-ports', ['-'])).toEqual({ host_id: 'contoso.com' });
  expect(await raised(() => read('host-ports', ['a', 'b', 'c']))).toMatchObject({
    message: 'host_id takes one value, not 3: "a", "b", "c".',
    hint: 'Run the command once for each.',
  });
  expect(await raised(() => read('host-ports', ['a', '-', 'c', 'd']))).toMatchObject({
    message: 'host_id takes one value, not 4: "a", "-", "c", ….',
  });
});

describe('a list', () => {
  test.each<[readonly string[], unknown]>([
    [
      ['a,b', ' c '],
      ['a', 'b', 'c'],
    ],
    [[' ["a", "b"]'], ' ["a", "b"]'],
    [
      ['["a"]', 'b'],
      ['["a"]', 'b'],
    ],
  ])('of %j', async (words, values) => {
    expect(await readValues(words)).toEqual(values);
  });

  test('from a file has no comments, empty lines, spaces or byte order mark', async () => {
    writeFileSync(file, '\uFEFF # note\r\n   \r\n a , b \r\n#c\nd\r#x\re\r\n');
    expect(await readValues([`@${file}`, 'f'])).toEqual(['a', 'b', 'd', 'e', 'f']);
  });

  test.each([
    ['is empty', '\n # nothing\n', 'Give one value per line.'],
    ['does not exist', undefined, 'Check its path and its permissions.'],
  ])('from a file that %s is an error', async (what, text, hint) => {
    const from = text === undefined ? '/absent/list.txt' : file;
    if (text !== undefined) writeFileSync(file, text);
    const error = await raised(() => readValues([`@${from}`]));
    expect(error).toMatchObject({ code: 'ARGUMENT_INVALID', message: `@${from} ${what}.`, hint });
  });

  test('from a folder is an error', async () => {
    expect(await raised(() => readValues([`@${dirname(file)}`]))).toMatchObject({
      message: `@${dirname(file)} is a folder.`,
      hint: 'Name a file in it.',
    });
  });

  test('from a file that is larger than the memory is an error that names the file', async () => {
    writeFileSync(file, 'contoso.com\n'.repeat(800_000));
    jest.spyOn(v8, 'getHeapStatistics').mockReturnValue({ ...v8.getHeapStatistics(), heap_size_limit: 0 });
    expect((await raised(() => readValues([`@${file}`]))) as Error).toMatchObject({
      message: expect.stringMatching(`^The list ${file} `),
    });
  });

  test('from an empty stdin is an error', async () => {
    standardStreams();
    stdinReturns('');
    expect(await raised(() => readValues(['-']))).toMatchObject({
      code: 'ARGUMENT_INVALID',
      message: 'stdin is empty.',
    });
  });

  test.each([
    [true, 'Type one value per line; Ctrl-D ends the list.\n'],
    [false, ''],
  ])('from a terminal begins with a prompt: %s', async (isTTY, prompt) => {
    const { stderr } = standardStreams(isTTY);
    stdinReturns('  contoso.com \n#x\n\nb\n');
    expect(await typedLines()).toEqual(['contoso.com', 'b']);
    expect(stderr.text).toBe(prompt);
  });
});
