import {
  type Cell,
  day,
  joined,
  joinWithSpaces,
  latest,
  markdownCell,
  scalar,
  typeName,
  withNote,
  yesNo,
} from '../../src/output/cell';
import fc from '../support/property';

/** Whatever a program may send where a string is documented. */
const odd = (value: unknown) => value as never;

test.each([
  ['2025-06-30', '2025-06-30'],
  ['2025-06-30T00:00:00Z', '2025-06-30'],
  ['2025-06-30T00:01:59Z', '2025-06-30 00:01'],
  ['2025-06-30T17:45:12.5+02:00', '2025-06-30 17:45'],
  ['2025-06-30 17:45', '2025-06-30'],
  ['on 2025-06-30', 'on 2025-06-30'],
  ['30.06.2025', '30.06.2025'],
  ['', ''],
  [null, null],
  [undefined, undefined],
])('the day %j is shown as %j', (text, shown) => {
  expect(day(text)).toBe(shown);
});

test.each([
  [true, 'yes'],
  [false, 'no'],
  [null, null],
  [undefined, undefined],
])('%j is shown as %j', (value, shown) => {
  expect(yesNo(value)).toBe(shown);
});

test.each<[unknown, string]>([
  ['a string', 'a string'],
  [0, '0'],
  [false, 'false'],
  [null, ''],
  [undefined, ''],
  [{ a: 1 }, ''],
  [Symbol('s'), ''],
  [['a', null, '', 1, ['b', {}]], 'a, 1, b'],
])('%p reads %j in a cell', (value, text) => {
  expect(scalar(value)).toBe(text);
});

test('writes a list to one cell, without missing values', () => {
  expect(joined(['a', odd(null), '', odd(undefined), 'b'])).toBe('a, b');
  expect(joined([{ name: 'x' }, odd(null), odd(undefined), { name: 'y' }], ({ name }) => name)).toBe('x, y');
  expect(joined([])).toBe('');
  expect(joined(null)).toBeNull();
  expect(joined(odd('one in the place of a list'))).toBe('one in the place of a list');
});

test('joins words, without missing values', () => {
  expect(joinWithSpaces('a', null, undefined, '', 2, true)).toBe('a 2 true');
  expect(joinWithSpaces(null)).toBe('');
});

test('a note is in brackets behind its value, and either may be missing', () => {
  expect(withNote('value', 'note')).toBe('value (note)');
  expect(withNote('value', null)).toBe('value');
  expect(withNote(null, 'note')).toBe('(note)');
  expect(withNote('', '')).toBe('');
});

test('of several objects the latest is shown, in whatever order they come', () => {
  const at = (moment: string | null) => ({ moment });
  const moments = ['2025-01-02', '2025-01-03', '2025-01-01', null].map(at);
  const latestOf = (all: typeof moments | null) => latest(all, ({ moment }) => moment);
  expect(latestOf(moments)).toEqual(at('2025-01-03'));
  expect(latestOf([...moments].reverse())).toEqual(at('2025-01-03'));
  expect(latestOf([odd(null), at('2025-01-01'), odd(undefined)])).toEqual(at('2025-01-01'));
  expect([latestOf([]), latestOf(null)]).toEqual([undefined, undefined]);
});

test('an object is shown by the type that Graph named for it', () => {
  expect(typeName({ odataType: 'hostname' })).toBe('hostname');
  for (const value of [{ odataType: 5 }, {}, null, 'hostname', undefined])
    expect(typeName(value)).toBeUndefined();
});

describe('a foreign text in a table', () => {
  test.each([
    ['a | b', 'a \\| b'],
    ['[a](b) <c> `d` ~e~ f*g', '\\[a\\](b) \\<c\\> \\`d\\` \\~e\\~ f\\*g'],
    ['a\\b', 'a\\\\b'],
    ['_a_ snake_case a_', '\\_a\\_ snake_case a\\_'],
    ['5_a a_5 é_é', '5_a a_5 é_é'],
    ['{{color:red}} {a}', '\\{\\{color:red}} {a}'],
    ['&lt; &#60; R&D & &;', '\\&lt; \\&#60; R&D & &;'],
    ['  a\r\n\tb  ', 'a b'],
    ['a\u2028b\u2029c', 'a b c'],
    ['\u202eevil\u200b', 'evil'],
    ['\ud800lone', 'lone'],
  ])('%j is written %j', (text, written) => {
    expect(markdownCell(text)).toBe(written);
  });

  test.each([
    [160, 'a', `${'a'.repeat(160)}`],
    [161, 'a', `${'a'.repeat(159)}…`],
    [160, '😀', '😀'.repeat(160)],
    [161, '😀', `${'😀'.repeat(159)}…`],
  ])('of %d characters %s is cut after 160, never in the middle of one', (length, character, shown) => {
    expect(markdownCell(character.repeat(length))).toBe(shown);
  });

  test('is not read to its end where it is endless', () => {
    expect(markdownCell(`${' '.repeat(1_999)}ab`)).toBe('a');
  });

  test('can break neither its row nor the terminal', () => {
    const nasty = fc.constantFrom(
      '|',
      '\n',
      '\u001b[2J',
      '\u202e',
      '{{',
      '<b>',
      '_',
      '[x](y)',
      '\\',
      'a',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(nasty, fc.string({ unit: 'binary' })), { maxLength: 8 }), (parts) => {
        const cell = markdownCell(parts.join(''));
        expect(cell).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(cell.replace(/\\./gu, '')).not.toMatch(/[|<>[\]`*~\\]|\{\{/);
        expect([...cell.replace(/\\(.)/gu, '$1')].length).toBeLessThanOrEqual(160);
      }),
    );
  });

  test.each<[Cell, string]>([
    [5, '5'],
    [true, 'true'],
    [null, ''],
    [undefined, ''],
  ])('%j is written %j', (cell, written) => {
    expect(markdownCell(cell)).toBe(written);
  });
});
