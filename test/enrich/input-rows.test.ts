import { inputRows } from '../../src/enrich/input-rows';
import { decode } from '../../src/enrich/read-input';
import { readRow } from '../../src/enrich/row';

/** Cut everywhere: what a stream hands over ends where it likes. */
async function* pieces(text: string, size = 5): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function read(text: string, column?: string) {
  const input = await inputRows(pieces(text), column);
  const rows: string[] = [];
  for await (const row of input.rows) rows.push(row);
  return { rows, column: input.column };
}

const ALERTS = 'time,source,DestinationIP\n10:00,office,192.0.2.1\n10:01,"home, again",contoso.com\n';

test.each([
  ['the column with the observables', ALERTS, ['192.0.2.1', 'contoso.com'], 'DestinationIP'],
  ['blank lines', 'id,host\n\n1,contoso.com\n\n\n2,example.org\n\n', ['contoso.com', 'example.org'], 'host'],
  ['semicolons', 'id;"host"\n1;"contoso.com"\n', ['contoso.com'], 'host'],
  ['the first of two columns with one name', 'host,host\ncontoso.com,x\n', ['contoso.com'], 'host'],
  [
    'the column of which a few cells are filled',
    'id,host\n1,\n2, \n3,contoso.com\n',
    ['contoso.com'],
    'host',
  ],
  ['rows of which some end early', 'id,x,host\n1,y,contoso.com\n2,y\n3,y\n', ['contoso.com'], 'host'],
  ['a name with spaces around it', 'id, host \n1,contoso.com\n', ['contoso.com'], 'host'],
  ['a name with a comma before it', '"id, number",host\n1,contoso.com\n', ['contoso.com'], 'host'],
  ['tabs', 'id\thost\n1\tcontoso.com\n', ['contoso.com'], 'host'],
  ['the sep= line of a spreadsheet', 'sep=;\r\nid;host\r\n1;contoso.com\r\n', ['contoso.com'], 'host'],
  ['comments above the header', '# exported\n\nid,host\n1,contoso.com\n', ['contoso.com'], 'host'],
  ['a long list', `id,host\n${'1,contoso.com\n'.repeat(300)}`, Array(300).fill('contoso.com'), 'host'],
  [
    'a quoted cell at the end of the sample',
    `id,host\n${'"1\n",contoso.com\n'.repeat(30)}`,
    Array(30).fill('contoso.com'),
    'host',
  ],
])('CSV without --column is read by %s', async (_, text, rows, column) => {
  expect(await read(text)).toEqual({ rows, column });
});

describe('of a CSV with more than 1,000 columns', () => {
  const names = Array.from({ length: 999 }, (_, at) => `c${at}`);
  const cells = Array(999).fill('x');

  test('the first ones are candidates, whatever the name of a later one is', async () => {
    const text = `${['host', ...names, 'example.org'].join()}\n${['contoso.com', ...cells, 'x'].join()}\n`;
    expect(await read(text)).toEqual({ rows: ['contoso.com'], column: 'host' });
  });

  test('a later one is read when it is named', async () => {
    const text = `${['id', ...names, 'host'].join()}\n${['1', ...cells, 'contoso.com'].join()}\n`;
    await expect(read(text)).rejects.toMatchObject({
      hint: expect.stringMatching(/^Name the column .*"c998"\.$/),
    });
    expect(await read(text, 'host')).toEqual({ rows: ['contoso.com'], column: undefined });
  });
});

test.each([
  ['two columns have as many observables', 'src,dst\n192.0.2.1,192.0.2.2\n'],
  ['no column has any', 'id,name\n1,printer\n'],
  ['there is only a header', 'id,host\n'],
])('where %s, the columns are named and nothing is read', async (_, text) => {
  await expect(read(text)).rejects.toMatchObject({
    message: 'The input looks like CSV, and no column is named.',
    hint: expect.stringMatching(/--column: one of "(src|id)", "(dst|name|host)"/),
  });
});

test('the columns of a CSV that cannot be parsed are named', async () => {
  await expect(read('id,ho"st\n1,"a"b\n')).rejects.toMatchObject({
    hint: expect.stringContaining('one of "id", "ho\\"st".'),
  });
});

test.each([
  ['a comma', 'see ticket 7, thanks'],
  ['a semicolon', 'a;b'],
])('a list whose first line has %s loses no line', async (_, first) => {
  const text = `${first}\ncontoso.com\n192.0.2.1\nsome, text\n`;
  const { rows, column } = await read(text);
  expect({ rows, column }).toEqual({
    rows: [first, 'contoso.com', '192.0.2.1', 'some, text'],
    column: undefined,
  });
});

test('a list of which half of the lines have a comma loses no line', async () => {
  const lines = ['see ticket 7, thanks', 'contoso.com', 'some, text'];
  expect((await read(lines.join('\n'))).rows).toEqual(lines);
});

test('reports a missing column before the first row', async () => {
  await expect(inputRows(pieces(ALERTS), 'ip')).rejects.toThrow('no column "ip"');
  expect(await read(`sep=,\n${ALERTS}`, 'destinationIP')).toMatchObject({
    rows: ['192.0.2.1', 'contoso.com'],
  });
});

test.each([
  ['one column with quotes', '"contoso.com"\r\n"192.0.2.1"\r\n', ['contoso.com', '192.0.2.1']],
  ['comments', '# list\ncontoso.com\n  # more\n192.0.2.1', ['contoso.com', '192.0.2.1']],
  [
    'several on the first line',
    'contoso.com, 192.0.2.1\nexample.org',
    ['contoso.com, 192.0.2.1', 'example.org'],
  ],
  ['nothing', '', []],
])('lines: %s', async (_, text, rows) => {
  expect((await read(text)).rows).toEqual(rows);
});

test('a line arrives before the next one is read', async () => {
  async function* slow(): AsyncGenerator<string> {
    yield 'contoso.com\n';
    throw new Error('more was read than needed');
  }
  const { rows } = await inputRows(slow());
  expect(await rows[Symbol.asyncIterator]().next()).toMatchObject({ value: 'contoso.com' });
});

test.each(['contoso.com 192.0.2.1', 'contoso.com;example.org', '192.0.2.1, CVE-2099-10001'])(
  '%s is several observables',
  (text) => {
    expect(readRow(text)).toMatchObject({ reason: expect.stringContaining('write one per line') });
  },
);

test.each(['https://contoso.com/?a=b.example,c.example', 'contoso.com # example'])(
  '%s is one line',
  (text) => {
    expect(JSON.stringify(readRow(text))).not.toContain('one per line');
  },
);

test('Latin-1 is named', async () => {
  async function* bytes(text: string) {
    yield Buffer.from(text, 'latin1');
  }
  const rows: string[] = [];
  for await (const row of (await inputRows(decode(bytes('b\u00fccher.example\n')))).rows) rows.push(row);
  expect(readRow(rows[0] ?? '')).toMatchObject({ reason: expect.stringContaining('not UTF-8') });
  const csv = decode(bytes('gr\u00f6\u00dfe,host\n1,contoso.com\n'));
  await expect(inputRows(csv, 'gr\u00f6\u00dfe')).rejects.toMatchObject({
    hint: expect.stringContaining('Latin-1'),
  });
});
