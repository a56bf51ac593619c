import { csvColumn } from '../../src/enrich/csv-column';
import { lines } from '../../src/enrich/lines';
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

test('a column that is not there is named, with those that are', async () => {
  await expect(all(csvColumn(pieces('id,host\n1,x', 50), 'ip'))).rejects.toMatchObject({
    message: 'The input has no column "ip".',
    hint: 'Its first line names "id", "host".',
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

test.each(['not a host', 'CVE-12', '-'])('%s is refused with a reason', (text) => {
  expect(readRow(text)).toEqual({ input: text, reason: expect.stringContaining('not') });
});
