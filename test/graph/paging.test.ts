import { PluginError } from '../../src/base/errors';
import { type Rows, readRows } from '../../src/graph/paging';
import type { CollectionPage } from '../../src/graph/response-body';
import { raised } from '../support/raised';

const ARTICLES = 'https://graph.microsoft.com/v1.0/security/threatIntelligence/articles';
const FIRST = new URL(`${ARTICLES}?$top=50`);

interface Read extends Rows {
  /** The addresses that were read, by what stands behind `$skiptoken=`. */
  readonly read: readonly string[];
}

function page(ids: readonly string[], next?: string | number, total?: number): CollectionPage {
  const nextLink = next === undefined ? undefined : `${ARTICLES}?$skiptoken=${next}`;
  return { rows: ids.map((id) => ({ id })), nextLink, total };
}

/** Reads a list whose pages come one by one; the last comes again and again. */
async function list(
  pages: readonly ((number: number) => CollectionPage | PluginError)[],
  limit: Parameters<typeof readRows>[1],
  first = FIRST,
): Promise<Read> {
  const read: string[] = [];
  const { rows, ...rest } = await readRows(first, limit, async (url) => {
    read.push(url.searchParams.get('$skiptoken') ?? '');
    const one = pages[Math.min(read.length, pages.length) - 1]?.(read.length);
    if (one === undefined || one instanceof PluginError) throw one;
    return one;
  });
  return { rows: rows.map((row) => (row as { id: string }).id), ...rest, read };
}

function pages(...all: (CollectionPage | PluginError)[]): (() => CollectionPage | PluginError)[] {
  return all.map((one) => () => one);
}

const ALL = { most: 1000 };

test.each<[string, CollectionPage[], number, Omit<Read, 'total'>]>([
  ['one page', [page(['a', 'b'])], 9, { rows: ['a', 'b'], more: false, read: [''] }],
  [
    'several pages',
    [page(['a'], 1), page(['b'], 2), page(['c'])],
    9,
    { rows: ['a', 'b', 'c'], more: false, read: ['', '1', '2'] },
  ],
  [
    'empty pages',
    [page([], 1), page([], 2), page(['a'])],
    9,
    { rows: ['a'], more: false, read: ['', '1', '2'] },
  ],
  ['nothing', [page([])], 9, { rows: [], more: false, read: [''] }],
  ['as many as are wanted', [page(['a', 'b'])], 2, { rows: ['a', 'b'], more: false, read: [''] }],
  ['as many as are wanted, of more', [page(['a', 'b'], 1)], 2, { rows: ['a', 'b'], more: true, read: [''] }],
  ['fewer than a page has', [page(['a', 'b', 'c'])], 2, { rows: ['a', 'b'], more: true, read: [''] }],
  [
    'fewer than two pages have',
    [page(['a', 'b'], 1), page(['c', 'd'])],
    3,
    { rows: ['a', 'b', 'c'], more: true, read: ['', '1'] },
  ],
])('%s is read', async (_, all, most, expected) => {
  expect(await list(pages(...all), { most })).toEqual({ ...expected, total: undefined });
});

test.each<[string, CollectionPage[], number, string, Pick<Rows, 'more' | 'total'>]>([
  ['as many as there are', [page(['a', 'b'], undefined, 2)], 9, '', { more: false, total: 2 }],
  ['more than Graph gives', [page(['a', 'b'], undefined, 7)], 9, '', { more: false, total: 7 }],
  ['fewer than Graph gives', [page(['a', 'b'], undefined, 1)], 9, '', { more: false, total: undefined }],
  ['more than are wanted', [page(['a', 'b'], undefined, 7)], 2, '', { more: true, total: 7 }],
  ['as many as are wanted', [page(['a', 'b'], undefined, 2)], 2, '', { more: false, total: 2 }],
  ['what was skipped', [page(['a', 'b'], undefined, 7)], 2, '&$skip=5', { more: false, total: 7 }],
  ['more than was skipped', [page(['a', 'b'], undefined, 8)], 2, '&$skip=5', { more: true, total: 8 }],
  [
    'on the first page',
    [page(['a'], 1, 7), page(['b'], 2, 9), page(['c'])],
    9,
    '',
    { more: false, total: 7 },
  ],
  ['on the second page', [page(['a'], 1), page(['b'], undefined, 2)], 9, '', { more: false, total: 2 }],
])('Graph counts %s', async (_, all, most, query, expected) => {
  const { more, total } = await list(pages(...all), { most }, new URL(`${FIRST.href}${query}`));
  expect({ more, total }).toEqual(expected);
});

describe('a list that comes newest first', () => {
  const day = (date: number): CollectionPage => ({
    rows: [{ id: `d${date}`, written: `2026-03-${String(date).padStart(2, '0')}T00:00:00Z` }],
    nextLink: `${ARTICLES}?$skiptoken=${date}`,
    total: undefined,
  });
  const limit = { most: 1000, backTo: { property: 'written', time: '2026-03-05T00:00:00Z' } };

  test('ends with the page on which something is older', async () => {
    const { rows, more } = await list(pages(day(7), day(5), day(4), day(3)), limit);
    expect([rows, more]).toEqual([['d7', 'd5', 'd4'], true]);
  });

  test('ends there also where something on that page is newer', async () => {
    const mixed = { ...day(4), rows: [...day(6).rows, ...day(4).rows] };
    expect((await list(pages(day(7), mixed, day(3)), limit)).rows).toEqual(['d7', 'd6', 'd4']);
  });

  test('has no more where that page is the last', async () => {
    const { rows, more } = await list(pages(day(7), { ...day(4), nextLink: undefined }), limit);
    expect([rows, more]).toEqual([['d7', 'd4'], false]);
  });

  test.each([null, 'in March', 3, undefined])('goes on behind a row that was written %p', async (written) => {
    const odd = { ...day(7), rows: [{ id: 'odd', written }] };
    expect((await list(pages(odd, day(6), day(4)), limit)).rows).toEqual(['odd', 'd6', 'd4']);
  });

  test('is read to its end where no moment is named', async () => {
    expect((await list(pages(day(7), { ...day(4), nextLink: undefined }), ALL)).rows).toEqual(['d7', 'd4']);
  });
});

const ENDLESS: readonly (readonly [string, ((number: number) => CollectionPage)[], number, string])[] = [
  [
    'come round in a circle',
    [() => page(['a'], 1), () => page(['b'], 2), () => page(['c'], 1)],
    3,
    '3 rows had been read by then.',
  ],
  [
    'repeat themselves',
    [() => page(['a'], 1), (number) => page(['b', 'c'], number)],
    3,
    '3 rows had been read by then.',
  ],
  [
    'come round in a circle',
    [() => page(['a'], '#x'), () => page(['b'], '')],
    2,
    '2 rows had been read by then.',
  ],
  ['stay empty, 20 of them in a row', [(number) => page([], number)], 20, ''],
  [
    'stay empty, 20 of them in a row',
    [(number) => page(number === 5 ? ['a'] : [], number)],
    25,
    '1 row had been read by then.',
  ],
];

test.each(ENDLESS)('pages that %s are not read for ever', async (what, played, times, sentence) => {
  let read = 0;
  const counted = played.map((one) => (number: number) => {
    read = number;
    return one(number);
  });
  const { code, message, hint } = await raised(() => list(counted, ALL));
  expect({ code, message, hint, read }).toEqual({
    code: 'GRAPH_UNEXPECTED',
    message:
      `Graph's pages for GET /v1.0/security/threatIntelligence/articles ${what}. ${sentence}`.trimEnd(),
    hint: 'Ask for fewer rows (limit), and report it to Microsoft.',
    read: times,
  });
});

test.each([
  [[], 'Graph is ill.'],
  [[page(['a'], 1)], 'Graph is ill. 1 row had been read by then.'],
  [
    [
      page(
        Array.from({ length: 1200 }, (_, index) => `a${index}`),
        1,
      ),
    ],
    'Graph is ill. 1,200 rows had been read by then.',
  ],
])('where a list breaks off, that is told with what was had (%#)', async (had, message) => {
  const ill = new PluginError('GRAPH_UNAVAILABLE', 'Graph is ill.', { status: 503 });
  const error = await raised(() => list(pages(...had, ill), { most: 2000 }));
  expect(error).toMatchObject({ code: 'GRAPH_UNAVAILABLE', message, status: 503 });
});

test('whoever takes rows gets each page before the next is asked for, and what is left out is told', async () => {
  const order: string[] = [];
  const played = pages(page(['a', 'b'], 1, 9), page(['c', 'd'], 2)).values();
  const rows = await readRows(
    FIRST,
    { most: 3 },
    async (url) => {
      order.push(`asked ${url.searchParams.get('$skiptoken') ?? 'first'}`);
      return played.next().value?.() as CollectionPage;
    },
    async (taken) => {
      await new Promise(setImmediate);
      order.push(...taken.map((row) => (row as { id: string }).id));
    },
  );
  expect(order).toEqual(['asked first', 'a', 'b', 'asked 1', 'c']);
  expect(rows).toEqual({ rows: [], taken: 3, more: true, total: 9 });
});

test('where a list breaks off, rows that were taken count as had', async () => {
  const read = async () => {
    throw new PluginError('GRAPH_UNAVAILABLE', 'Graph is ill.');
  };
  const first = pages(page(['a'], 1)).values();
  const reading = () =>
    readRows(
      FIRST,
      ALL,
      async () => (first.next().value?.() as CollectionPage) ?? read(),
      async () => {},
    );
  expect(await raised(reading)).toMatchObject({ message: 'Graph is ill. 1 row had been read by then.' });
});

test('a fault of ours passes as it is', async () => {
  const reading = list([() => page(['a'], 1), () => JSON.parse('{')], ALL);
  await expect(reading).rejects.toBeInstanceOf(SyntaxError);
});
