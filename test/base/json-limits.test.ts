import { exceededLimit } from '../../src/base/json';
import fc from '../support/property';

const DEEP = 'is nested more than 200 levels deep';
const LONG = 'contains more than 2,000,000 values';

function nested(levels: number): string {
  return '[{"a":'.repeat(Math.floor(levels / 2)) + (levels % 2 === 1 ? '[]' : '1') + '}]'.repeat(levels / 2);
}

function list(values: number, value = '1'): string {
  return `[${Array.from({ length: values }, () => value).join()}]`;
}

test.each([
  ['a string', '"a"', undefined],
  ['nothing', '', undefined],
  ['200 levels', nested(200), undefined],
  ['201 levels', nested(201), DEEP],
  ['many levels, one after the other', list(500, '[{"a":[]}]'), undefined],
  ['brackets in a string', `["${'[{'.repeat(300)}"]`, undefined],
  ['brackets behind a quote in a string', `["\\"${'['.repeat(300)}"]`, undefined],
  ['levels behind a string that ends with a backslash', `["\\\\",${'['.repeat(300)}]`, DEEP],
  ['levels behind a string', `{"a":"b","c":${'['.repeat(300)}}`, DEEP],
  ['levels behind an empty text', `["",${'['.repeat(300)}]`, DEEP],
  ['a string that never ends', `["${'['.repeat(300)}`, undefined],
  ['1,999,999 numbers in a list', list(1_999_999), undefined],
  ['2,000,000 numbers in a list', list(2_000_000), LONG],
  ['lists in a list', list(1_000_001, '[]'), LONG],
  ['commas in a string', `"${','.repeat(2_000_001)}"`, undefined],
])('%s', (_, text, what) => {
  expect(exceededLimit(text)).toBe(what);
});

test('measures the depth of any JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 150, max: 250 }), (value, levels) => {
      const text = `${'['.repeat(levels)}${JSON.stringify(value)}${']'.repeat(levels)}`;
      expect(exceededLimit(text)).toBe(levels + depth(value) > 200 ? DEEP : undefined);
    }),
  );
});

function depth(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depth));
}
