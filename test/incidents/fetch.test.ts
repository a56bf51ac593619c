import { type ErrorCode, PluginError } from '../../src/base/errors';
import type { Services } from '../../src/commands/declaration/services';
import { fetchIncidents } from '../../src/commands/incidents/fetch';
import { at, graphOf, type Page, row } from './pages';

const NOW = Date.parse(at(20));
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const UNSORTED = 'Graph did not sort the articles, so the whole list is read.';
const TO_BE_CONTINUED = 'The list of articles was not read to its end; the next fetch continues from there.';

interface Given {
  readonly pages: readonly Page[];
  readonly lastRun?: unknown;
  readonly now?: number;
  readonly next?: (index: number) => string;
  readonly choice?: object;
}

/** One fetch: the articles that became incidents, and where the next one starts. */
async function fetch({ pages, lastRun, now = NOW, next, choice }: Given) {
  const { graph, requests } = graphOf(pages, next);
  const incidents = {
    first: { at: at(10) },
    tags: [],
    featuredOnly: false,
    most: 50,
    type: undefined,
    ...choice,
  };
  const services = {
    config: { incidents },
    graph,
    clock: { now: () => now },
    signal: new AbortController().signal,
  };
  const fetched = await fetchIncidents(services as unknown as Services, lastRun);
  return {
    ids: fetched.incidents.map(({ rawJSON }) => JSON.parse(rawJSON).id as string),
    incidents: fetched.incidents,
    lastRun: fetched.lastRun,
    done: fetched.lastRun.time,
    progress: JSON.parse(String(fetched.lastRun.progress)),
    warnings: fetched.warnings,
    requests,
  };
}

/** The last run after a sorted list that ended on day 15. */
const sortedRun = (now = NOW) => fetch({ pages: [[row(15), row(14)]], now }).then(({ lastRun }) => lastRun);

test('the first fetch makes an incident of each article since first_fetch, oldest first', async () => {
  const { ids, done, lastRun, progress, warnings } = await fetch({
    pages: [
      [row(19), row(18)],
      [row(17), row(10), row(9)],
    ],
  });
  expect([ids, done, lastRun.ids, warnings]).toEqual([['a10', 'a17', 'a18', 'a19'], at(19), '["a19"]', []]);
  expect(progress).toEqual({ sorted: true, upTo: at(19), checked: NOW, handed: [] });
});

test('the next fetch of a sorted list reads back to where the last one ended', async () => {
  const { ids, done, progress, requests, warnings } = await fetch({
    pages: [[row(18), row(17)], [row(16), row(15)], [row(14)], [row(13)]],
    lastRun: await sortedRun(),
    now: NOW + HOUR,
  });
  expect([ids, requests.length, warnings]).toEqual([['a16', 'a17', 'a18'], 3, []]);
  expect([done, progress.upTo, progress.sorted, progress.checked]).toEqual([at(15), at(18), true, NOW]);
  expect(progress.handed.map(([, id]: string[]) => id)).toEqual(['a16', 'a17', 'a18']);
});

test('an article that appears before the time of the last fetch is left for the daily check', async () => {
  const pages = [
    [row(18), row(15)],
    [row(14), { ...row(15), id: 'late' }, row(13)],
  ];
  const sorted = [[row(18), { ...row(15), id: 'late' }, row(15)], [row(14)]];
  const first = await fetch({
    pages: [[row(18)], [row(15), row(14)], [row(13)]],
    lastRun: await sortedRun(),
  });
  expect(first.progress.upTo).toBe(at(18));
  const second = await fetch({
    pages: [[row(18), row(16)], [row(14)]],
    lastRun: first.lastRun,
    now: NOW + HOUR,
  });
  expect(second.ids).toEqual([]);
  const daily = await fetch({
    pages: [[row(18), row(16)], [row(14)]],
    lastRun: second.lastRun,
    now: NOW + DAY,
  });
  expect([daily.ids, daily.done, daily.requests.length]).toEqual([['a16'], at(18), 2]);
  expect((await fetch({ pages: sorted, lastRun: await sortedRun() })).ids).toEqual(['late', 'a18']);
  expect((await fetch({ pages, lastRun: await sortedRun() })).warnings).toEqual([UNSORTED]);
});

test.each([
  [DAY - 1, 2],
  [DAY, 3],
])(
  'the order is checked over the whole list once a day: after %d ms, %d pages are read',
  async (elapsed, count) => {
    const pages = [[row(15)], [row(14)], [row(13)]];
    const { requests, progress } = await fetch({ pages, lastRun: await sortedRun(), now: NOW + elapsed });
    expect(requests).toHaveLength(count);
    expect(progress.checked).toBe(count === 3 ? NOW + DAY : NOW);
  },
);

test('a list that was not sorted is read whole, even if it looks sorted now', async () => {
  const lastRun = { time: at(15), progress: JSON.stringify({ sorted: false, checked: NOW }) };
  expect((await fetch({ pages: [[row(16)], [row(14)], [row(13)]], lastRun })).requests).toHaveLength(3);
});

test('an empty list changes nothing', async () => {
  const { ids, done, warnings } = await fetch({ pages: [[]] });
  expect([ids, done, warnings]).toEqual([[], at(10), []]);
});

test('as many articles as max_fetch are not cut: newer ones that are not requested are done as well', async () => {
  const pages = [[row(16), row(15, { tags: ['phishing'] })]];
  const { ids, done } = await fetch({ pages, choice: { most: 1, tags: ['phishing'] } });
  expect([ids, done]).toEqual([['a15'], at(16)]);
});

test('of more articles than max_fetch, the oldest come first and the rest with the next fetches', async () => {
  const pages = [[row(15), row(14), row(13), row(12), row(11)]];
  const first = await fetch({ pages, choice: { most: 2 } });
  expect([first.ids, first.done]).toEqual([['a11', 'a12'], at(12)]);
  const second = await fetch({ pages, choice: { most: 2 }, lastRun: first.lastRun });
  expect([second.ids, second.progress.upTo]).toEqual([['a13', 'a14'], at(14)]);
  const third = await fetch({ pages, choice: { most: 2 }, lastRun: second.lastRun });
  expect([third.ids, third.progress.upTo]).toEqual([['a15'], at(15)]);
  expect((await fetch({ pages, choice: { most: 2 }, lastRun: third.lastRun })).ids).toEqual([]);
});

test('an article that moved while its list was read becomes one incident, a changed one a second', async () => {
  const first = await fetch({
    pages: [
      [row(15), row(14)],
      [row(14), row(13)],
    ],
  });
  expect(first.ids).toEqual(['a13', 'a14', 'a15']);
  const changed = { ...row(16), id: 'a14' };
  expect((await fetch({ pages: [[changed, row(15)]], lastRun: first.lastRun })).ids).toEqual(['a14']);
});

test.each<[object, readonly string[]]>([
  [{}, ['a11', 'a12', 'a13', 'a14', 'a15']],
  [{ featuredOnly: true }, ['a11', 'a15']],
  [{ tags: ['phishing'] }, ['a13', 'a14']],
  [{ tags: ['rat', 'phishing'] }, ['a13', 'a14', 'a15']],
  [{ tags: ['rat'], featuredOnly: true }, ['a15']],
])('the parameters %j request some articles', async (choice, expected) => {
  const pages = [
    [
      row(15, { isFeatured: true, tags: ['RAT'] }),
      row(14, { isFeatured: 'true', tags: [5, null, ' Phishing '] }),
      row(13, { isFeatured: false, tags: ['other', 'phishing'] }),
      row(12, { tags: 'phishing' }),
      row(11, { isFeatured: true }),
    ],
  ];
  expect((await fetch({ pages, choice })).ids).toEqual(expected);
});

test('incidents have the type of the instance', async () => {
  const { incidents } = await fetch({ pages: [[row(15)]], choice: { type: 'Threat' } });
  expect(incidents).toMatchObject([{ name: 'T', type: 'Threat', occurred: at(15) }]);
});

test('warnings of pages and of articles are passed on', async () => {
  const { warnings } = await fetch({ pages: [[row(15), row(14, { title: 5 }), { id: 'x' }]] });
  expect(warnings).toEqual([
    'Skipped 1 article without an id or a readable lastUpdatedDateTime, such as "x".',
    'The article a14 has a title or tags that are not text.',
  ]);
});

describe('a last run in the future', () => {
  test('starts again at first_fetch, with a warning', async () => {
    const time = '2025-06-21T08:00:00.001Z';
    const { ids, warnings } = await fetch({ pages: [[row(12), row(9)]], lastRun: { time } });
    expect([ids, warnings[0]]).toEqual([
      ['a12'],
      `The last run ended in the future (${time}); fetching starts again at first_fetch.`,
    ]);
  });

  test('counts as one from a day ahead, because clocks differ', async () => {
    const { ids, done, warnings } = await fetch({ pages: [[row(12)]], lastRun: { time: at(21) } });
    expect([ids, done, warnings]).toEqual([[], at(21), []]);
  });
});

describe('an article that is dated in the future', () => {
  const ahead = row(22);
  const WARNING = 'The article a22 is dated in the future (2025-06-22T08:00:00Z).';

  test('becomes an incident once, with a warning, and moves no boundary', async () => {
    const first = await fetch({ pages: [[ahead, row(15)]] });
    expect([first.ids, first.done, first.warnings]).toEqual([['a15', 'a22'], at(15), [WARNING]]);
    const second = await fetch({
      pages: [[ahead, row(16)], [row(15)]],
      lastRun: first.lastRun,
    });
    expect([second.ids, second.warnings]).toEqual([['a16'], []]);
  });

  test('by a day is like any other, because clocks differ', async () => {
    const { done, warnings } = await fetch({ pages: [[row(21), row(15)]] });
    expect([done, warnings]).toEqual([at(21), []]);
    expect((await fetch({ pages: [[ahead, row(21)]], choice: { most: 1 } })).done).toBe(at(21));
  });

  test('is the newest of no unsorted list', async () => {
    const { ids, done, progress } = await fetch({ pages: [[row(22), row(23)]] });
    expect([ids, done, progress.newest]).toEqual([['a22', 'a23'], at(10), at(10)]);
  });

  test('moves no boundary where the incidents are cut either', async () => {
    const far = row(23);
    const first = await fetch({ pages: [[far, ahead, row(15)]], choice: { most: 2 } });
    expect([first.ids, first.done]).toEqual([['a15', 'a22'], at(15)]);
    const unsorted = await fetch({ pages: [[row(15), far, ahead]], choice: { most: 2 } });
    expect([unsorted.ids, unsorted.done]).toEqual([['a15', 'a22'], at(15)]);
    const none = await fetch({ pages: [[row(9), far, ahead]], choice: { most: 1 } });
    expect([none.ids, none.done]).toEqual([['a22'], at(10)]);
  });
});

describe('an unsorted list', () => {
  const EVENING = NOW + 12 * HOUR;
  const A_DAY_AGO = '2025-06-19T20:00:00.000Z';

  test('is read whole; what is older than a day is done', async () => {
    const { ids, done, progress, warnings } = await fetch({
      pages: [[row(17), row(20), row(18)]],
      now: EVENING,
    });
    expect([ids, done, warnings.slice(0, 1)]).toEqual([['a17', 'a18', 'a20'], A_DAY_AGO, [UNSORTED]]);
    expect(progress).toMatchObject({ sorted: false, upTo: A_DAY_AGO, newest: at(20), checked: EVENING });
    const older = await fetch({ pages: [[row(17), row(18)]], now: EVENING });
    expect([older.done, older.progress.newest]).toEqual([at(18), at(18)]);
  });

  test('proves what the whole read before it saw', async () => {
    const first = await fetch({ pages: [[row(17), row(20)]], now: EVENING });
    const second = await fetch({ pages: [[row(17), row(20)]], lastRun: first.lastRun, now: EVENING + HOUR });
    expect([second.ids, second.done]).toEqual([[], at(20)]);
  });

  test('gives its oldest articles first where there are more than max_fetch', async () => {
    const pages = [[row(17), row(20), row(18), row(16)]];
    const first = await fetch({ pages, choice: { most: 2 }, now: EVENING });
    expect([first.ids, first.done, first.progress.upTo, first.warnings[0]]).toEqual([
      ['a16', 'a17'],
      at(17),
      at(17),
      UNSORTED,
    ]);
    const second = await fetch({ pages, choice: { most: 1 }, lastRun: first.lastRun, now: EVENING });
    expect([second.ids, second.done]).toEqual([['a18'], at(18)]);
    const third = await fetch({
      pages: [[row(17), row(20), row(21)]],
      choice: { most: 1 },
      lastRun: second.lastRun,
      now: EVENING,
    });
    expect([third.ids, third.done]).toEqual([['a20'], A_DAY_AGO]);
    const seen = { time: at(10), progress: JSON.stringify({ newest: at(20) }) };
    const known = await fetch({
      pages: [[row(17), row(20), row(21)]],
      choice: { most: 2 },
      lastRun: seen,
      now: EVENING,
    });
    expect([known.ids, known.done]).toEqual([['a17', 'a20'], at(20)]);
  });

  test('that is longer than one fetch reads is continued, and proves nothing new at its end', async () => {
    const many = Array.from({ length: 60 }, (_, index) => [row(index === 3 ? 19 : 18)]);
    const first = await fetch({ pages: many });
    expect([first.ids, first.done, first.warnings.slice(0, 2)]).toEqual([
      ['a18', 'a19'],
      at(10),
      [UNSORTED, TO_BE_CONTINUED],
    ]);
    expect(first.progress).toMatchObject({
      sorted: false,
      upTo: at(10),
      scan: { next: '/50', newest: at(19) },
    });
    const second = await fetch({ pages: [[row(12)], [row(11)]], lastRun: first.lastRun });
    expect(second.requests[0]?.rows).toMatchObject({ from: '/50' });
    expect([second.ids, second.done, second.progress.newest, second.progress.scan]).toEqual([
      ['a11', 'a12'],
      at(10),
      at(19),
      undefined,
    ]);
    const third = await fetch({ pages: [[row(11), row(12)]], lastRun: second.lastRun, now: NOW - 5 * DAY });
    expect([third.ids, third.done, third.requests.length]).toEqual([[], at(19), 1]);
  });

  test('that is longer than one fetch reads keeps its boundary where incidents are cut', async () => {
    const many = Array.from({ length: 60 }, (_, index) => [row(index === 3 ? 19 : 18)]);
    const { ids, done } = await fetch({ pages: many, choice: { most: 1 } });
    expect([ids, done]).toEqual([['a18'], at(10)]);
  });

  test('that is continued keeps its boundary where incidents are cut', async () => {
    const lastRun = { time: at(10), progress: JSON.stringify({ scan: { next: '/50', newest: at(11) } }) };
    const { ids, done, progress } = await fetch({
      pages: [[row(13), row(12)]],
      lastRun,
      choice: { most: 1 },
    });
    expect([ids, done, progress.scan]).toEqual([['a12'], at(10), { next: '/50', newest: at(11) }]);
  });

  test('ends a read whose next page was named before without a place to continue', async () => {
    const { progress, warnings } = await fetch({
      pages: [[row(12)], [row(13)], [row(11)]],
      next: () => '/1',
    });
    expect(progress.scan).toBeUndefined();
    expect(warnings.slice(0, 2)).toEqual([UNSORTED, TO_BE_CONTINUED]);
  });
});

describe('a position that Graph no longer accepts', () => {
  const lastRun = { time: at(10), progress: JSON.stringify({ scan: { next: '/50', newest: at(11) } }) };
  const failure = (code: ErrorCode) => new PluginError(code, 'Graph refused.');

  test.each<ErrorCode>(['GRAPH_BAD_REQUEST', 'GRAPH_NOT_FOUND', 'GRAPH_UNEXPECTED'])(
    '(%s) starts the read again',
    async (code) => {
      const { ids, requests, progress } = await fetch({
        pages: [failure(code), [row(13), row(12)]],
        lastRun,
      });
      expect([ids, requests.map(({ rows }) => rows.from), progress.scan]).toEqual([
        ['a12', 'a13'],
        ['/50', undefined],
        undefined,
      ]);
    },
  );

  test('is not any other failure, which leaves the last run unchanged', async () => {
    await expect(fetch({ pages: [failure('GRAPH_FORBIDDEN')], lastRun })).rejects.toThrow('Graph refused.');
    await expect(fetch({ pages: [failure('GRAPH_NOT_FOUND')] })).rejects.toThrow('Graph refused.');
  });
});

describe('a failure after the first page of a sorted list', () => {
  const failure = new PluginError('GRAPH_FORBIDDEN', 'Graph refused.');
  const STOPPED = 'Reading stopped before the end of the list: Graph refused.';

  test('loses nothing: the next fetch continues from there', async () => {
    const { ids, done, progress, warnings } = await fetch({ pages: [[row(15)], failure] });
    expect([ids, done, warnings]).toEqual([['a15'], at(10), [STOPPED, TO_BE_CONTINUED]]);
    expect(progress).toMatchObject({ sorted: false, scan: { next: '/1', newest: at(15) } });
  });

  test('is nothing more where the list was read beyond the last fetch', async () => {
    const trusted = JSON.parse(String((await sortedRun()).progress));
    const lastRun = {
      time: at(12),
      progress: JSON.stringify({ ...trusted, checked: NOW - 2 * DAY, upTo: at(15) }),
    };
    const pages = [[row(17), row(14)], failure];
    const { ids, done, progress, warnings } = await fetch({ pages, lastRun });
    expect([ids, done, warnings]).toEqual([['a17'], at(12), [STOPPED]]);
    expect(progress).toMatchObject({ sorted: true, upTo: at(17), checked: NOW - 2 * DAY });
    const untrusted = await fetch({ pages, lastRun: { time: at(15) } });
    expect(untrusted.progress).toMatchObject({ sorted: false, scan: { next: '/1' } });
  });
});

test('a sorted list that is longer than one fetch reads counts as checked if it was read beyond the last fetch', async () => {
  const pages = (last: number) => Array.from({ length: 60 }, (_, index) => [row(index < 40 ? 18 : last)]);
  const beyond = await fetch({ pages: pages(9) });
  expect([
    beyond.done,
    beyond.progress.sorted,
    beyond.progress.checked,
    beyond.warnings.includes(TO_BE_CONTINUED),
  ]).toEqual([at(18), true, NOW, false]);
  const short = await fetch({ pages: pages(11) });
  expect([short.done, short.progress.sorted, short.progress.scan?.next]).toEqual([at(10), false, '/50']);
});
