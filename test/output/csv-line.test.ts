import { csvLine } from '../../src/output/csv-line';
import fc from '../support/property';

test.each([
  [['a', 'b'], 'a,b'],
  [['', ''], ','],
  [['a,b', 'c'], '"a,b",c'],
  [['say "hi"'], '"say ""hi"""'],
  [['a\nb', 'c\rd'], '"a\nb","c\rd"'],
  [[' a '], ' a '],
])('%j is the line %j', (cells, line) => {
  expect(csvLine(cells)).toBe(`${line}\r\n`);
});

test.each(['=1+1', '+a', '-a', '@SUM(A1)', '\tx', '-', '+'])(
  '%j is read as text by a spreadsheet',
  (cell) => {
    expect(csvLine([cell])).toBe(`'${cell}\r\n`);
  },
);

test('a line feed in front of a formula keeps it in its cell', () => {
  expect(csvLine(['\r=1'])).toBe('"\'\r=1"\r\n');
});

test.each(['-5', '+1.5', '-0.1e3', 'a=b', '1-2'])('%j stays what it is', (cell) => {
  expect(csvLine([cell])).toBe(`${cell}\r\n`);
});

/** RFC 4180, read the plain way. */
function cellsOf(line: string): string[] {
  const cells = [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",\r\n]*))/gs)];
  return cells.map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '');
}

test('every cell comes back unchanged, except for the quote before a formula', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '=', '-', '5', ' ', 'é') });
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
      const line = csvLine(cells);
      expect(line.endsWith('\r\n')).toBe(true);
      const read = cellsOf(line.slice(0, -2));
      expect(read.map((text, index) => (cells[index] === text ? text : text.slice(1)))).toEqual(cells);
    }),
  );
});
