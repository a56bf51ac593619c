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
});
