import {
  countRows,
  NO_ROWS,
  progressText,
  rateMeter,
  summary,
  withoutResultText,
} from '../../src/enrich/statistics';

const WHY = 'The field `reason` states why.\n';

const TALLY = countRows({ ...NO_ROWS, throttled: 3, earlier: 1_000 }, [
  ...Array.from(
    { length: 800 },
    () => ({ input: 'x', type: 'domain', value: 'x', outcome: 'unknown' }) as const,
  ),
  ...Array.from({ length: 200 }, () => ({ input: 'x', outcome: 'refused', reason: 'no' }) as const),
]);

test('the progress line shows done, rate, throttled and time left', () => {
  expect(progressText(TALLY, 100, 0.25)).toBe(
    '[######                  ] 2,000 done, 100 a second, 3 throttled, 1:00 left',
  );
});

test('a stream has no remaining time', () => {
  expect(progressText({ ...TALLY, throttled: 0 }, 100, undefined)).toBe('2,000 done, 100 a second');
});

test('shows no estimate before the first row', () => {
  expect(progressText(NO_ROWS, 0, 0)).toBe('[                        ] 0 done, 0 a second');
});

test('the summary counts what became of the rows', () => {
  expect(summary(TALLY)).toBe(
    '1,000 rows: 0 found, 800 unknown, 200 refused, 0 failed. 1,000 rows were written by an earlier run.',
  );
});

test('the progress line shows how long the request budget waits', () => {
  expect(progressText(TALLY, 100, undefined, 8_200)).toBe(
    '2,000 done, 100 a second, waiting 8 s for the rate limit, 3 throttled',
  );
});

test('the time left is that of the last half minute, not of a fast start', () => {
  const rateOf = rateMeter(40);
  rateOf(0, 0);
  expect(rateOf(1_000, 900)).toBe(40);
  for (let second = 2; second <= 60; second++) rateOf(second * 1_000, 900 + second * 40);
  expect(rateOf(61_000, 900 + 61 * 40)).toBeCloseTo(40, 0);
  expect(rateMeter()(5, 100)).toBe(0);
});

test('names an unavailable service instead of the request budget', () => {
  expect(progressText(TALLY, 100, undefined, 8_200, 'throttled, next try in 4 s')).toBe(
    '2,000 done, 100 a second, throttled, next try in 4 s, 3 throttled',
  );
});

test.each([
  [{ rows: 0, hasFailed: false }, undefined, 'ndjson', ''],
  [
    { rows: 2, hasFailed: false },
    undefined,
    'ndjson',
    `Exit status 3: 2 rows were refused or failed. ${WHY}`,
  ],
  [
    { rows: 1, hasFailed: true },
    undefined,
    'csv',
    `Exit status 3: 1 row was refused or failed. ${WHY}To retry the failed rows, run the command again; the other rows reuse their responses.\n`,
  ],
  [
    { rows: 1_200, hasFailed: true },
    'rows.json',
    'stix',
    'Exit status 3: 1,200 rows were refused or failed. The bundle omits them; `-o csv` states the reasons.\nTo retry the failed rows, name another file or delete this one; the other rows reuse their responses.\n',
  ],
] as const)('%j in %s as %s are explained', (rows, file, format, text) => {
  expect(withoutResultText(rows, file, format)).toBe(text);
});
