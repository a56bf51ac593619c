import { inputRows } from '../../src/enrich/input-rows';
import { csvColumn, decode, headerOf, lines, withoutPreamble } from '../../src/enrich/read-input';
import { raised } from '../support/raised';

async function* stream<T>(...chunks: T[]): AsyncGenerator<T> {
  yield* chunks;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();
const decoded = async (...chunks: Buffer[]) => (await all(decode(stream(...chunks)))).join('');

test.each<[string, Buffer, string]>([
  ['nothing', Buffer.alloc(0), ''],
  ['one character', Buffer.from('a'), 'a'],
  ['three bytes', Buffer.from('aü'), 'aü'],
  ['four bytes', Buffer.from('abü'), 'abü'],
  ['UTF-8 with a byte order mark', Buffer.from('\uFEFFab'), 'ab'],
  ['UTF-16 LE with a byte order mark', Buffer.from('\uFEFFü', 'utf16le'), 'ü'],
  ['UTF-16 LE without one', Buffer.from('abc', 'utf16le'), 'abc'],
  ['UTF-16 BE with a byte order mark', bigEndian('\uFEFFü'), 'ü'],
  ['UTF-16 BE without one', bigEndian('abc'), 'abc'],
  ...[
    '61006263',
    '61620063',
    '61626300',
    '61000000',
    '00616263',
    '00616200',
    '00610000',
    '00006100',
    '00000061',
  ].map(
    (hex) =>
      [`UTF-8 with zero bytes (${hex})`, Buffer.from(hex, 'hex'), Buffer.from(hex, 'hex').toString()] as [
        string,
        Buffer,
        string,
      ],
  ),
  ...['ff616263', '61fe6263', 'fe616263', '61ff6263'].map(
    (hex) =>
      [`Latin-1 (${hex})`, Buffer.from(hex, 'hex'), Buffer.from(hex, 'hex').toString()] as [
        string,
        Buffer,
        string,
      ],
  ),
  ['a character that is cut', Buffer.from('616161c3', 'hex'), 'aaa\uFFFD'],
])('%s is decoded, however it arrives', async (_, bytes, text) => {
  expect(await decoded(bytes)).toBe(text);
  expect(await decoded(...Array.from(bytes, (byte) => Buffer.of(byte)))).toBe(text);
});

test('a character is decoded across chunks', async () => {
  expect(
    await decoded(Buffer.from('2d2d2dc3', 'hex'), Buffer.from('bc2dc3', 'hex'), Buffer.from('bc', 'hex')),
  ).toBe('---ü-ü');
});

test('lines lose blanks, and the quotes around a whole line', async () => {
  const text = '" contoso.com "\n a "b" \n"a" b\n\n \n#x\nlast';
  expect(await all(lines(stream(text)))).toEqual(['contoso.com', 'a "b"', '"a" b', 'last']);
});

test('of a line above 1 MiB, one character more than that is kept', async () => {
  const MIB = 2 ** 20;
  const [line = '', next] = await all(lines(stream('x'.repeat(MIB), 'yz', 'z\nnext')));
  expect([line.length, line.at(-1), next]).toEqual([MIB + 1, 'y', 'next']);
});

const column = (text: string, name = 'host') => all(csvColumn([text], name));

test.each([
  ['cells without blanks around them', 'id,host\n1,  contoso.com \n2,\n3, \n', ['contoso.com']],
  ['rows that are shorter than the header', 'id,host\n1\n2,contoso.com\n', ['contoso.com']],
  ['rows that are longer', 'id,host\n1,contoso.com,x\n', ['contoso.com']],
  ['blank lines, of an old Mac too', '\r\rid,host\r1,contoso.com\r\r', ['contoso.com']],
  ['the cells before a comma, below a header without one', 'host\ncontoso.com,x\n', ['contoso.com']],
  [
    'cells separated by commas, if the header has as many semicolons',
    'a;b,host\nx,contoso.com\n',
    ['contoso.com'],
  ],
  ['delimiters within quotes', '"a;b;c",host\nx,contoso.com\n', ['contoso.com']],
  ['a name with blanks around it', 'id, host \n1,contoso.com\n', ['contoso.com']],
  ['exactly its name, if another differs in case', 'Host,host\nx,contoso.com\n', ['contoso.com']],
  ['exactly its name, also as the first', 'host,Host\ncontoso.com,x\n', ['contoso.com']],
])('a column has %s', async (_, text, cells) => {
  expect(await column(text)).toEqual(cells);
});

test('a record above 1 MiB is named with its line', async () => {
  const { message, hint } = await raised(() => column(`id,host\n1,"${'x'.repeat(2 ** 20)}\n`));
  expect(message).toMatch(/^Line \d of the CSV input: a record is too long, or a quote is not closed /);
  expect(hint).toContain('as two quotes');
});

test('an error of the input is passed on', async () => {
  async function* broken(): AsyncGenerator<string> {
    yield 'id,host\n1,contoso.com\n';
    throw new Error('the disk is gone');
  }
  await expect(all(csvColumn(broken(), 'host'))).rejects.toThrow('the disk is gone');
});

test('an input that is no longer read is closed', async () => {
  let isClosed = false;
  async function* endless(): AsyncGenerator<string> {
    try {
      yield 'id,host\n';
      for (;;) yield '1,contoso.com\n';
    } finally {
      isClosed = true;
    }
  }
  for await (const cell of csvColumn(endless(), 'host')) {
    expect(cell).toBe('contoso.com');
    break;
  }
  while (!isClosed) await new Promise(setImmediate);
});

async function* withoutLineBreak(): AsyncGenerator<string> {
  for (;;) yield 'x'.repeat(2 ** 16);
}

test('a header without an end is an error', async () => {
  expect((await raised(() => all(csvColumn(withoutLineBreak(), 'host')))).code).toBe('ARGUMENT_INVALID');
});

test('a first line without an end is not collected', async () => {
  expect(await inputRows(withoutLineBreak())).toHaveProperty('rows');
});

test.each([
  ['sep=\nhost', 'host'],
  ['sep=;\r\nhost', 'host'],
  ['SEP=\t\nhost', 'host'],
  ['\uFEFF# a\n \t\n#b\r\nhost', 'host'],
  ['sep=;;;\nhost', 'sep=;;;\nhost'],
  ['host\n#x\n', 'host\n#x\n'],
])('what is above the header of %j is left out', (text, rest) => {
  expect(withoutPreamble(text)).toBe(rest);
});

test('a header is a line of several cells, without the quotes around each', () => {
  expect(headerOf('"a" b,x "y"," z ",  "host" ')).toEqual(['"a" b', 'x "y"', ' z ', 'host']);
  expect(headerOf('host')).toBeUndefined();
});

const rowsOf = async (text: string, name?: string) => all((await inputRows(stream(text), name)).rows);

test('a first line with an observable is not a header', async () => {
  expect(await rowsOf('contoso.com,office\nexample.org,home\n')).toEqual([
    'contoso.com,office',
    'example.org,home',
  ]);
});

test('a column without cells has no rows', async () => {
  expect(await rowsOf('id,host\n', 'host')).toStrictEqual([]);
});

test('a column is found beside columns without a name', async () => {
  expect(await rowsOf(',host\nx,contoso.com\n')).toEqual(['contoso.com']);
});

test('a quoted cell at the end of the sample is no error', async () => {
  const text = `id,host\n${'1,contoso.com\n'.repeat(10)}"a\n`;
  const rest = '\n\n",example.org\n';
  const { rows, column: found } = await inputRows(stream(text, rest));
  expect([found, (await all(rows)).length]).toEqual(['host', 11]);
});

test.each([
  ['id,,name\n1,,printer\n', '"id", "name"'],
  ['id,host\n1,contoso.com\n2,printer\n', '"id", "host"'],
  [',\n,\n', ''],
])('%j needs the name of a column', async (text, names) => {
  const { code, hint } = await raised(() => rowsOf(text));
  expect([code, hint]).toEqual([
    'ARGUMENT_INVALID',
    `Name the column of the observables with --column: one of ${names}.`,
  ]);
});
