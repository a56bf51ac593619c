import { inputRows } from '../../src/enrich/input-rows';
import { csvColumn, decode, lines } from '../../src/enrich/read-input';
import { readRow } from '../../src/enrich/row';

/** Cut everywhere: what a stream hands over ends where it likes. */
async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function all(source: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const one of source) found.push(one);
  return found;
}

describe.each([1, 2, 3, 7, 1000])('in pieces of %i', (size) => {
  test('lines, whatever ends them; blank ones are none', async () => {
    const text = '\uFEFFcontoso.com\r\n\n  192.0.2.1 \nCVE-2099-10001';
    expect(await all(lines(pieces(text, size)))).toEqual(['contoso.com', '192.0.2.1', 'CVE-2099-10001']);
  });

  test.each(['\n', '\r\n', '\r'])('lines and CSV whose lines end with %j', async (end) => {
    const list = ['# a list', 'contoso.com', '', '192.0.2.1'].join(end);
    expect(await all((await inputRows(pieces(list, size))).rows)).toEqual(['contoso.com', '192.0.2.1']);
    const csv = ['sep=;', 'id;host', '1;contoso.com', '2;example.org', ''].join(end);
    const { rows, column } = await inputRows(pieces(csv, size));
    expect([column, await all(rows)]).toEqual(['host', ['contoso.com', 'example.org']]);
  });

  test('a column of CSV: quotes, commas and line breaks within cells', async () => {
    const text =
      '\uFEFFid,"the ""host""",note\r\n1,contoso.com,"a, b"\r\n2,"192.0.2.1","two\nlines"\r\n3,,x\n4,"example.org"';
    expect(await all(csvColumn(pieces(text, size), 'The "Host"'))).toEqual([
      'contoso.com',
      '192.0.2.1',
      'example.org',
    ]);
  });
});

test('names a missing column and the existing ones', async () => {
  await expect(all(csvColumn(pieces('id,host\n1,x', 50), 'ip'))).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: '--column: the input has no column "ip".',
    hint: 'Its columns are "id", "host".',
  });
});

test.each([
  ['hxxps://Contoso[.]com/x', { type: 'domain', value: 'contoso.com' }],
  ['192[.]0[.]2[.]1', { type: 'ipv4', value: '192.0.2.1' }],
  ['[2001:DB8::1]', { type: 'ipv6', value: '2001:db8::1' }],
  ['cve-2099-10001', { type: 'cve', value: 'CVE-2099-10001' }],
])('%s is seen for what it is', (text, observable) => {
  expect(readRow(text)).toEqual({ input: text, observable });
});

test.each(['not a host', 'CVE-12'])('%s is rejected with a reason', (text) => {
  expect(readRow(text)).toEqual({ input: text, reason: expect.stringContaining('not') });
});

test.each([
  ['d41d8cd98f00b204e9800998ecf8427e', 'MD5'],
  ['da39a3ee5e6b4b0d3255bfef95601890afd80709', 'SHA-1'],
  ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'SHA-256'],
  ['N/A', 'placeholder'],
  ['none', 'placeholder'],
  ['AS64497', 'AS number'],
  ['indicator', 'single label'],
  ['localhost', 'single label'],
  ['user@contoso.com', 'e-mail'],
  ['192.0.2.0/24', 'CIDR block'],
  ['192.0.2.0/24 (office)', 'CIDR block'],
  ['x'.repeat(20_000), 'longer than'],
])('%s is rejected with its reason', (text, reason) => {
  expect(readRow(text)).toEqual({ input: text.slice(0, 1_000), reason: expect.stringContaining(reason) });
});

test.each([
  ['semicolons', 'id;host\n1;contoso.com\n2;example.org'],
  ['tabs', 'id\thost\n1\tcontoso.com\n2\texample.org'],
  ['commas in a quoted header', '"a;b;c",host\n1,contoso.com\n2,example.org'],
])('CSV with %s', async (_, text) => {
  expect(await all(csvColumn(pieces(text, 7), 'host'))).toEqual(['contoso.com', 'example.org']);
});

test.each([
  [
    'a quote that is not closed',
    'id,host\n1,"contoso.com\n2,b.example\n',
    /^Line \d+ of the CSV input: a quote is not closed/,
  ],
  [
    'a quote within a cell',
    'id,host\n1,a.example\n2,b"c.example\n',
    /^Line 3 of the CSV input: an unescaped quote within a cell/,
  ],
])('%s is an error that names its line', async (_, text, message) => {
  await expect(all(csvColumn(pieces(text, 9), 'host'))).rejects.toMatchObject({
    message: expect.stringMatching(message),
  });
});

test.each<[string, Buffer]>([
  ['UTF-8 with a byte order mark', Buffer.from('\uFEFFb\u00fccher.example\nb.example')],
  ['UTF-16 with a byte order mark', Buffer.from('\uFEFFb\u00fccher.example\nb.example', 'utf16le')],
  ['big-endian UTF-16', Buffer.from('\uFEFFb\u00fccher.example\nb.example', 'utf16le').swap16()],
  ['UTF-16 without one', Buffer.from('b\u00fccher.example\nb.example', 'utf16le')],
])('%s is read', async (_, bytes) => {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += 3) yield bytes.subarray(at, at + 3);
  }
  expect(await all(lines(decode(chunks())))).toEqual(['b\u00fccher.example', 'b.example']);
});

test('of an endless line only the beginning is kept', async () => {
  async function* chunks() {
    for (let count = 0; count < 100; count++) yield 'x'.repeat(65_536);
    yield '\ncontoso.com';
  }
  const [first = '', second] = await all(lines(chunks()));
  expect(first.length).toBeLessThanOrEqual(1_048_577);
  expect(second).toBe('contoso.com');
});
