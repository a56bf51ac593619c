import { csvLine } from '../../src/enrich/formats/csv';
import fc from '../support/property';

test.each([
  [['a', 'b'], 'a,b'],
  [['', ''], ','],
  [['a,b', 'c'], '"a,b",c'],
  [['say "hi"'], '"say ""hi"""'],
  [['a\nb', 'c\rd'], '"a\nb","c\rd"'],
  [[' a '], ' a '],
  [['a\tb=c'], 'a\tb=c'],
  [['\ta=b'], "'\ta=b"],
])('%j is the line %j', (cells, line) => {
  expect(csvLine(cells)).toBe(`${line}\r\n`);
});

test.each(['=1+1', '+a', '-a', '@SUM(A1)', '\tx', '-', '+', '＝1+1', '＋a', '－5', '＠SUM(A1)', '- 5'])(
  '%j is read as text by a spreadsheet',
  (cell) => {
    expect(csvLine([cell])).toBe(`'${cell}\r\n`);
  },
);

test.each([
  ['\r=1', '"\'\r\'=1"'],
  ['\n=1', '"\'\n\'=1"'],
  ['\t=1', "'\t'=1"],
  ['a\n=1', '"a\n\'=1"'],
  ['one;=1', "one;'=1"],
  ['one;  ＠SUM(A1)', "one;  '＠SUM(A1)"],
  ['one; -5; -a', "one; -5; '-a"],
  [' =1', " '=1"],
])('a formula that follows what some locale reads as a separator is text: %j', (cell, line) => {
  expect(csvLine([cell])).toBe(`${line}\r\n`);
});

test('a number of any length takes linear time', () => {
  expect(csvLine([`-${'5'.repeat(1_000)}`])).toBe(`'-${'5'.repeat(1_000)}\r\n`);
});

test.each(['-5', '+1.5', '-0.1e3', 'a=b', '1-2', 'a; b', '1; -5'])('leaves %j unchanged', (cell) => {
  expect(csvLine([cell])).toBe(`${cell}\r\n`);
});

/** RFC 4180, read the plain way. */
function cellsOf(line: string): string[] {
  const cells = [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",\r\n]*))/gs)];
  return cells.map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '');
}

test('reads every cell back unchanged, except for the quotes before formulas', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', '=', '-', '5', ' ', '＝') });
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
      const line = csvLine(cells);
      expect(line.endsWith('\r\n')).toBe(true);
      const read = cellsOf(line.slice(0, -2));
      expect(read.map((text) => text.replaceAll("'", ''))).toEqual(cells);
    }),
  );
});
