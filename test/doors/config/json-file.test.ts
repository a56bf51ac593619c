import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BOUNDS } from '../../../src/base/bounds';
import { readJsonFile } from '../../../src/doors/cli/config/json-file';

let file: string;
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'mdti-json-')), 'config.json');
});

function failure(text: string): unknown {
  writeFileSync(file, text);
  try {
    return readJsonFile(file);
  } catch (error) {
    return error;
  }
}

test('a file is read with and without a byte order mark; one that does not exist is nothing', () => {
  expect(readJsonFile(file)).toBeUndefined();
  expect(readJsonFile(join(file, 'below'))).toBeUndefined();
  writeFileSync(file, '{"a": "\uFEFF"}');
  expect(readJsonFile(file)).toEqual({ a: '\uFEFF' });
  writeFileSync(file, '\uFEFF{"a": 1}');
  expect(readJsonFile(file)).toEqual({ a: 1 });
});

test('a folder is named', () => {
  expect(() => readJsonFile(tmpdir())).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: `${tmpdir()} is a folder.`,
      hint: 'Check its path and its permissions.',
    }),
  );
});

test('a file above the limit is named with the limit', () => {
  writeFileSync(file, ' '.repeat(BOUNDS.userFile + 1));
  expect(() => readJsonFile(file)).toThrow(
    expect.objectContaining({
      code: 'TOO_LARGE',
      message: expect.stringContaining(`${file} has more than `),
    }),
  );
});

test('an error says where it is and how JSON is written', () => {
  expect(failure('{"a": 1,\n "b" 2}')).toMatchObject({
    code: 'CONFIG_INVALID',
    message: `${file} is not valid JSON: line 2, column 6: expected ":".`,
    hint: 'Fix the JSON at that position: put strings and names in double quotes, and no comma after the last member.',
  });
});

test.each([
  '0',
  '-0',
  '-12',
  '105',
  '1.25',
  '-0.5e10',
  '1e5',
  '12E+10',
  '3e-1',
  'true',
  'false',
  'null',
  '""',
  '"two words"',
  String.raw`"\"\\\/\b\f\n\r\t"`,
  String.raw`"\u00e9\uABCD"`,
  '"ä😀"',
  '[]',
  '[ 1 , "a" ]',
  '{}',
  '{ "a" : [ { } ] }',
  '[\t1\r\n]',
])('the place of an error after %s is behind it', (value) => {
  const lines = `[${value},x]`.split('\n');
  expect(failure(`[${value},x]`)).toMatchObject({
    message: expect.stringContaining(
      `line ${lines.length}, column ${(lines.at(-1) ?? '').length - 1}: expected a value.`,
    ),
  });
});

test.each([
  '01',
  '1.',
  '.5',
  '1e',
  '+1',
  '-',
  '1x',
  '1.5.2',
  'tru',
  'nulls',
  "'a'",
  '"a',
  '"a\nb"',
  '"a\tb"',
  String.raw`"\x"`,
  String.raw`"\u12"`,
  String.raw`"\u12g4"`,
])('%j is not a value', (value) => {
  expect(failure(`[1, ${value}]`)).toMatchObject({
    message: expect.stringContaining('line 1, column 5: expected a value.'),
  });
});

test.each([
  ['[1 2]', 'column 4: expected "," or "]"'],
  ['[1', 'column 3: expected "," or "]"'],
  ['[1]]', 'column 4: unexpected text after the end'],
  ['[1,]', 'column 4: expected a value'],
  ['{"a": 1 "b"}', 'column 9: expected "," or "}"'],
  ['{a: 1}', 'column 2: expected a name in double quotes'],
  ['   ', 'column 4: expected a value'],
])('%j: %s', (text, place) => {
  expect(failure(text)).toMatchObject({ message: expect.stringContaining(`line 1, ${place}.`) });
});
