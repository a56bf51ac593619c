import { NO_ROWS, progressText, rateMeter, summary } from '../../src/enrich/statistics';

test('the rate is that of the last half minute', () => {
  const rate = rateMeter();
  expect(rate(0, 0)).toBe(0);
  expect(rate(10_000, 1_000)).toBe(100);
  expect(rate(20_000, 1_000)).toBe(50);
  expect(rate(40_000, 2_000)).toBeCloseTo(1_000 / 30);
  expect(rate(50_000, 4_000)).toBeCloseTo(3_000 / 30);
  expect(rate(120_000, 4_000)).toBe(0);
  expect(rate(130_000, 4_100)).toBe(10 / 8);
});

test('a rate of the first ten seconds is no more than the limit', () => {
  const rate = rateMeter(5);
  rate(1_000, 0);
  expect(rate(1_000, 1)).toBe(5);
  expect(rate(3_000, 4)).toBe(2);
  expect(rate(10_999, 100)).toBe(5);
  expect(rate(11_000, 100)).toBe(10);
});

const rows = (found: number) => ({ ...NO_ROWS, rows: { ...NO_ROWS.rows, found } });

test('a wait for the rate limit is shown from one second on, unless there is a notice', () => {
  expect(progressText(rows(1), 1, undefined, 999)).toBe('1 done, 1 a second');
  expect(progressText(rows(1), 1, undefined, 1_000)).toBe(
    '1 done, 1 a second, waiting 1 s for the rate limit',
  );
  expect(progressText(rows(1), 1, undefined, 5_000, 'waiting for Graph')).toBe(
    '1 done, 1 a second, waiting for Graph',
  );
});

test('the time left is unknown without a rate', () => {
  expect(progressText(rows(1), 0, 0.5)).toBe('[############            ] 1 done, 0 a second');
  expect(progressText(rows(60), 1, 0.5)).toBe('[############            ] 60 done, 1 a second, 1:00 left');
});

test('the summary counts one row as a row', () => {
  expect(summary(rows(1))).toBe('1 row: 1 found, 0 unknown, 0 refused, 0 failed.');
  expect(summary({ ...rows(2), earlier: 1 })).toBe(
    '2 rows: 2 found, 0 unknown, 0 refused, 0 failed. 1 row was written by an earlier run.',
  );
  expect(summary({ ...rows(2), earlier: 1_200 })).toContain(' 1,200 rows were written by an earlier run.');
});
