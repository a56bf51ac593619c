import { parseRetryAfter } from '../../src/http/retry';

const NOW = Date.parse('2026-03-01T12:00:00Z');

test.each([
  ['120', 120],
  [' 0 ', 0],
  ['999999999999999', 999_999_999_999_999],
  ['1234567890123456', undefined],
  ['Sun, 01 Mar 2026 12:00:30 GMT', 30],
  ['sun, 01 mar 2026 12:00:00.001 gmt', 1],
  ['Sunday, 01-Mar-26 12:01:00 GMT', 60],
  ['Sun, 01 Mar 2026 11:59:59 GMT', 0],
  ['Sun, 41 Mar 2026 12:00:30 GMT', undefined],
  ['2026-03-01 12:00:30Z', undefined],
  ['2026-03-01T12:00:30Z', undefined],
  ['Mar 2026', undefined],
  ['12 soon', undefined],
  ['x12', undefined],
  ['-5', undefined],
  ['1.5', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After: %s means %s seconds', (header, seconds) => {
  expect(parseRetryAfter(header, NOW)).toBe(seconds);
});
