import { csvColumn } from '../../src/enrich/read-input';

async function* chunks(...texts: string[]) {
  yield* texts;
}

async function cells(name: string, ...texts: string[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const cell of csvColumn(chunks(...texts), name)) found.push(cell);
  return found;
}

test.each(['\uFEFFhost,note\na.example,1\n', '\uFEFF"host",note\r\na.example,1\r\n'])(
  'a column is found in a file that starts with a byte order mark: %j',
  async (text) => {
    expect(JSON.stringify(await cells('host', text))).toContain('a.example');
    expect(JSON.stringify(await cells('host', ...text))).toContain('a.example');
  },
);
