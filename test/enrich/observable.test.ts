import { isObservable, readRow } from '../../src/enrich/row';

const reason = (text: string) => {
  const row = readRow(text);
  return 'reason' in row ? row.reason : 'an observable';
};

test.each([
  ['contoso.com', true],
  ['https://contoso.com/a,b c', true],
  ['192.0.2.1', true],
  ['CVE-2021-44228', true],
  ['contoso', false],
  ['', false],
])('%j is an observable: %s', (text, expected) => {
  expect(isObservable(text)).toBe(expected);
});

test.each([
  'a.example,b.example',
  'a.example b.example',
  'a.example ; b.example',
  'a.example|b.example',
  'https://a.example/x https://b.example/y',
  'https://a.example/x,y  b.example',
])('%j contains several observables', (text) => {
  expect(reason(text)).toBe(`${JSON.stringify(text)} contains several observables; write one per line.`);
});

test('a word beside an observable is not another one, nor is a URL with commas', () => {
  expect(reason('a.example (lab)')).toBe('"a.example (lab)" is not a host name or address.');
  expect(reason('https://a.example/x,b.example')).toBe('an observable');
});

test('text in another encoding is rejected with a hint', () => {
  expect(reason('b\uFFFDcher.example')).toBe(
    '"b\uFFFDcher.example" is not UTF-8 (perhaps Latin-1); save the input as UTF-8.',
  );
});

test('text above 8,192 characters is rejected for its length, and quoted in part', () => {
  const url = (length: number) => 'https://contoso.com/'.padEnd(length, 'x');
  expect(reason(url(8_192))).toBe('an observable');
  expect(reason(url(8_193))).toBe(`"${url(60)}…" is longer than 8,192 characters.`);
});
