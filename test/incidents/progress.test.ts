import {
  type FetchProgress,
  readProgress,
  startAt,
  writeProgress,
} from '../../src/commands/incidents/fetch-progress';

const T = '2025-06-01T08:00:00Z';
const INSTANT = '2025-06-01T08:00:00.000000000';
const LATER = '2025-06-02T08:00:00Z';
const LATER_INSTANT = '2025-06-02T08:00:00.000000000';
const START = startAt(T);

test('fetching starts without anything handed over', () => {
  expect(START).toEqual({ done: T, handed: [], sorted: false, upTo: T, checked: 0 });
});

test.each([undefined, null, 'text', [], {}, { time: 5 }, { time: '2025' }])(
  '%j is no last run',
  (lastRun) => {
    expect(readProgress(lastRun)).toBeUndefined();
  },
);

test.each([
  {},
  { ids: 5 },
  { ids: 'no JSON' },
  { ids: '{"a":1}' },
  { ids: '[]' },
  { ids: '[5,{"toString":null}]' },
])('a last run with its time and %j continues there', (more) => {
  expect(readProgress({ time: T, ...more })).toEqual(START);
});

test.each([5, 'no JSON', '[]', 'null'])(
  'a last run with the progress %j continues at its time',
  (progress) => {
    const handed = [{ id: 'a', instant: INSTANT }];
    expect(readProgress({ time: T, ids: '["a"]', progress })).toEqual({ ...START, handed });
  },
);

test('a progress is read back unchanged, beside keys of the platform', () => {
  const progress: FetchProgress = {
    done: T,
    handed: [
      { instant: INSTANT, id: 'a' },
      { instant: INSTANT, id: 'b' },
      { instant: LATER_INSTANT, id: 'a' },
    ],
    sorted: true,
    upTo: LATER,
    checked: 1_750_000_000_000,
    newest: LATER,
    scan: { next: '/articles?$skip=10', newest: LATER },
  };
  const lastRun = writeProgress({ theirs: 1, time: 'old', ids: 'old', progress: 'old' }, progress);
  expect(lastRun).toMatchObject({ theirs: 1, time: T, ids: '["a","b"]' });
  expect(JSON.parse(String(lastRun.progress)).handed).toEqual([[LATER_INSTANT, 'a']]);
  expect(readProgress(lastRun)).toEqual(progress);
  expect(Object.keys(writeProgress(null, START))).toEqual(['time', 'ids', 'progress']);
});

const read = (progress: object) => readProgress({ time: T, progress: JSON.stringify(progress) });

test.each<[object, object]>([
  [{}, START],
  [{ sorted: 'true' }, START],
  [{ sorted: true }, { ...START, sorted: true }],
  [{ upTo: LATER }, { ...START, upTo: LATER }],
  [{ upTo: '2025-05-01T08:00:00Z' }, START],
  [{ upTo: '2025-06-01T10:00:00+02:00' }, START],
  [{ upTo: 5 }, START],
  [{ upTo: 'zzz' }, START],
  [{ checked: 5 }, { ...START, checked: 5 }],
  [{ checked: '5' }, START],
  [{ newest: LATER }, { ...START, newest: LATER }],
  [{ newest: 'zzz' }, START],
  [{ scan: null }, START],
  [{ scan: { next: 5, newest: T } }, START],
  [{ scan: { next: '/x', newest: 'zzz' } }, START],
  [{ scan: { next: '/x' } }, START],
  [{ scan: { next: '/x', newest: T, more: 1 } }, { ...START, scan: { next: '/x', newest: T } }],
  [{ handed: 'text' }, START],
  [{ handed: ['text', [], ['x'], ['x', 5], [5, 'x'], { 0: 'x', 1: 'y' }] }, START],
  [{ handed: [['x', 'y']] }, { ...START, handed: [{ instant: 'x', id: 'y' }] }],
])('of the stored progress %j only what can be used is read', (progress, expected) => {
  expect(read(progress)).toEqual({ newest: undefined, scan: undefined, ...expected });
});

describe('versions that became incidents', () => {
  const instantOf = (index: number) => `2025-06-02T08:00:00.${String(index).padStart(9, '0')}`;
  const versions = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ instant: instantOf(index), id: `a${index}` }));

  test('are forgotten before the time up to which everything is done', () => {
    const { handed } = readProgress(
      writeProgress({}, { ...START, done: LATER, handed: [{ instant: INSTANT, id: 'old' }, ...versions(2)] }),
    ) as FetchProgress;
    expect(handed).toEqual(versions(2));
  });

  test('are not counted before that time', () => {
    const handed = [{ instant: INSTANT, id: 'old' }, ...versions(2_000)];
    expect(readProgress(writeProgress({}, { ...START, done: LATER, handed }))?.done).toBe(LATER);
  });

  test('are kept up to 2,000; of more, the time moves over the oldest', () => {
    const kept = readProgress(writeProgress({}, { ...START, handed: versions(2_000).reverse() }));
    expect(kept).toMatchObject({ done: T, handed: versions(2_000) });
    const moved = readProgress(writeProgress({}, { ...START, handed: versions(2_003).reverse() }));
    expect(moved?.done).toBe(`${instantOf(2)}Z`);
    expect(moved?.handed).toEqual(versions(2_003).slice(2));
  });
});
