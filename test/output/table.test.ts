import { markdownTable, table } from '../../src/output/table';

interface Row {
  readonly name?: string | null;
  readonly size?: number;
}

const sizes = table<Row>('Sizes', {
  Name: ({ name }) => name,
  Size: ({ size }) => size,
  Length: ({ name }) => name?.length,
});

test('a table has a heading, its columns, and a line a row', () => {
  expect(markdownTable(sizes, [{ name: 'a|b', size: 1 }, { name: null, size: 2 }, {}])).toBe(
    [
      '### Sizes',
      '',
      '| Name | Size | Length |',
      '| --- | --- | --- |',
      '| a\\|b | 1 | 3 |',
      '|  | 2 |  |',
      '|  |  |  |',
    ].join('\n'),
  );
});

test('a column that is empty in every row is left out', () => {
  expect(markdownTable(sizes, [{ size: 1 }, { size: 2 }])).toBe(
    ['### Sizes', '', '| Size |', '| --- |', '| 1 |', '| 2 |'].join('\n'),
  );
});

test('shows the heading of an empty table', () => {
  expect(markdownTable(sizes, [{}, {}])).toBe('### Sizes');
  expect(markdownTable(sizes, [])).toBe('### Sizes');
});

test('a row of another shape than Graph documents stays, with the cells that can be made', () => {
  const odd = { size: 5, name: { length: 1 } };
  expect(markdownTable(sizes, [odd, null])).toBe(
    ['### Sizes', '', '| Size | Length |', '| --- | --- |', '| 5 | 1 |', '|  |  |'].join('\n'),
  );
});

test.each([
  ['https://evil.example/a?b=c', 'hxxps://evil.example/a?b=c'],
  ['see HTTP://evil.example and ftp://files.example.', 'see HxxP://evil.example and fxp://files.example.'],
  ['contoso.com', 'contoso.com'],
  ['[x](https://evil.example)', '\\[x\\](hxxps://evil.example)'],
])('an address in a cell is defanged, so that nothing makes it a link: %s', (cell, shown) => {
  expect(markdownTable(table('T', { Cell: () => cell }), [{}])).toBe(
    `### T\n\n| Cell |\n| --- |\n| ${shown} |`,
  );
});
