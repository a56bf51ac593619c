import { forecast } from '../../src/doors/queue/forecast';

const NOTHING = { chunks: 0, rows: 0, milliseconds: 10_000 };

test('before chunks finish, the budget gives the maximum duration of a job', () => {
  expect(forecast({ rowsLeft: 200_000, watched: NOTHING, rate: 50 })).toBe(
    ', at most 1:06:40 left at 50 requests a second',
  );
});

test('then the rows that finished do', () => {
  const watched = { chunks: 3, rows: 600, milliseconds: 10_000 };
  expect(forecast({ rowsLeft: 3_900, watched, rate: 50 })).toBe(', 1:05 left');
});

test('gives no forecast for an unknown budget', () => {
  expect(forecast({ rowsLeft: 10, watched: NOTHING, rate: undefined })).toBe('');
  expect(forecast({ rowsLeft: 10, rate: undefined })).toBe('');
});

test.each([
  [
    'the third chunk',
    { chunks: 2, rows: 200, milliseconds: 1_000 },
    ', at most 0:10 left at 10 requests a second',
  ],
  ['a budget of nothing', NOTHING, '', 0],
  ['an hour', { chunks: 3, rows: 100, milliseconds: 3_600_000 }, ', 1:00:00 left'],
  ['just below an hour', { chunks: 3, rows: 100, milliseconds: 3_599_000 }, ', 59:59 left'],
  ['thousands of hours', { chunks: 3, rows: 1, milliseconds: 36_061_000 }, ', 1,001:41:40 left'],
  ['a clock that went back', { chunks: 3, rows: 100, milliseconds: -5 }, ', 0:00 left'],
])('the time left at %s', (_, watched, expected, rate = 10) => {
  expect(forecast({ rowsLeft: 100, watched, rate })).toBe(expected);
});
