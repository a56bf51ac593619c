import { PluginError } from '../../src/base/errors';
import { type Rows, readRows } from '../../src/graph/paging';
import type { CollectionPage } from '../../src/graph/response-body';
import { raised } from '../support/raised';

const ARTICLES = 'https://graph.microsoft.com/v1.0/security/threatIntelligence/articles';
const FIRST = new URL(`${ARTICLES}?$top=50`);

interface Read extends Rows {
  /** The addresses that were read, by their `$skiptoken`. */
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

test.each<[string, CollectionPage[], number, Pick<Read, 'rows' | 'more' | 'read'>]>([
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
  ['the wanted number of rows', [page(['a', 'b'])], 2, { rows: ['a', 'b'], more: false, read: [''] }],
  [
    'the wanted number of rows, of more',
    [page(['a', 'b'], 1)],
    2,
    { rows: ['a', 'b'], more: true, read: [''] },
  ],
  ['fewer than a page has', [page(['a', 'b', 'c'])], 2, { rows: ['a', 'b'], more: true, read: [''] }],
  [
    'fewer than two pages have',
    [page(['a', 'b'], 1), page(['c', 'd'])],
    3,
    { rows: ['a', 'b', 'c'], more: true, read: ['', '1'] },
  ],
])('%s is read', async (_, all, most, expected) => {
  expect(await list(pages(...all), { most })).toEqual({
    ...expected,
    total: undefined,
    taken: undefined,
    next: undefined,
    warnings: [],
  });
});

test.each<[string, CollectionPage[], number, string, Pick<Rows, 'more' | 'total'>]>([
  ['all rows', [page(['a', 'b'], undefined, 2)], 9, '', { more: false, total: 2 }],
  ['more than Graph gives', [page(['a', 'b'], undefined, 7)], 9, '', { more: false, total: 7 }],
  ['fewer than Graph gives', [page(['a', 'b'], undefined, 1)], 9, '', { more: false, total: undefined }],
  ['more than are wanted', [page(['a', 'b'], undefined, 7)], 2, '', { more: true, total: 7 }],
  ['the wanted number of rows', [page(['a', 'b'], undefined, 2)], 2, '', { more: false, total: 2 }],
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

describe('a full page without a link', () => {
  const addresses: string[] = [];
  /** A service that treats `$top` as the total: pages by `$skip` only. */
  async function totals(all: readonly string[], most: number, query: string, ignoresSkip = false) {
    addresses.length = 0;
    const { rows, more, warnings } = await readRows(
      new URL(`${ARTICLES}?${query}`),
      { most },
      async (url) => {
        addresses.push(url.search);
        const skip = ignoresSkip ? 0 : Number(url.searchParams.get('$skip') ?? 0);
        return page(all.slice(skip, skip + Number(url.searchParams.get('$top'))));
      },
    );
    return { ids: rows.map((row) => (row as { id: string }).id), more, warnings };
  }

  test('is continued with $skip until a page is not full', async () => {
    const found = await totals(['a', 'b', 'c', 'd', 'e'], 9, '$top=2');
    expect(found).toEqual({ ids: ['a', 'b', 'c', 'd', 'e'], more: false, warnings: [] });
    expect(addresses).toEqual(['?$top=2', '?$top=2&$skip=2', '?$top=2&$skip=4']);
  });

  test('is continued behind a $skip of the user', async () => {
    expect((await totals(['a', 'b', 'c', 'd', 'e'], 9, '$skip=1&$top=2')).ids).toEqual(['b', 'c', 'd', 'e']);
    expect(addresses).toEqual(['?$skip=1&$top=2', '?$top=2&$skip=3', '?$top=2&$skip=5']);
  });

  test('ends the list with a warning where Graph ignores $skip', async () => {
    const { ids, more, warnings } = await totals(['a', 'b', 'c'], 9, '$top=2', true);
    expect([ids, more]).toEqual([['a', 'b'], true]);
    expect(warnings.join()).toContain('ignored $skip');
  });

  test('ends the list if earlier pages had links', async () => {
    const { read } = await list(
      pages(page(['a', 'b'], 1), page(['c', 'd'])),
      ALL,
      new URL(`${ARTICLES}?$top=2`),
    );
    expect(read).toEqual(['', '1']);
  });
});

test('reading stops after one page on demand and says where it continues', async () => {
  const { rows, more, next } = await list(pages(page(['a'], 1), page(['b'], 2)), {
    most: 1000,
    onePage: true,
  });
  expect([rows, more, next]).toEqual([['a'], true, `${FIRST.pathname}?$skiptoken=1`]);
});

test('a link to another origin ends the list with a warning, and the rows are returned', async () => {
  const foreign = { ...page(['b']), nextLink: 'https://graph.example/v1.0/articles' };
  const { rows, more, warnings } = await list(pages(page(['a'], 1), foreign), ALL);
  expect([rows, more]).toEqual([['a', 'b'], true]);
  expect(warnings).toEqual([
    'The link to the next page of GET /v1.0/security/threatIntelligence/articles points outside the threat intelligence API and was not followed, so the list ends early.',
  ]);
});

const ENDLESS: readonly (readonly [string, ((number: number) => CollectionPage)[], number, string])[] = [
  [
    'form a cycle',
    [() => page(['a'], 1), () => page(['b'], 2), () => page(['c'], 1)],
    3,
    '3 rows were read before that.',
  ],
  [
    'repeat',
    [() => page(['a'], 1), (number) => page(['b', 'c'], number)],
    3,
    '3 rows were read before that.',
  ],
  ['form a cycle', [() => page(['a'], '#x'), () => page(['b'], '')], 2, '2 rows were read before that.'],
  ['are empty, 20 in a row', [(number) => page([], number)], 20, ''],
  [
    'are empty, 20 in a row',
    [(number) => page(number === 5 ? ['a'] : [], number)],
    25,
    '1 row was read before that.',
  ],
];

test.each(ENDLESS)('pages that %s are not read indefinitely', async (what, played, times, sentence) => {
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
    hint: 'Request fewer rows (limit), and report it to Microsoft.',
    read: times,
  });
});

test.each([
  [[], 'Graph is unavailable.'],
  [[page(['a'], 1)], 'Graph is unavailable. 1 row was read before that.'],
  [
    [
      page(
        Array.from({ length: 1200 }, (_, index) => `a${index}`),
        1,
      ),
    ],
    'Graph is unavailable. 1,200 rows were read before that.',
  ],
])('a list that breaks off is reported with the number of rows received (%#)', async (had, message) => {
  const failing = new PluginError('GRAPH_UNAVAILABLE', 'Graph is unavailable.', { status: 503 });
  const error = await raised(() => list(pages(...had, failing), { most: 2000 }));
  expect(error).toMatchObject({ code: 'GRAPH_UNAVAILABLE', message, status: 503 });
});

test('a caller that takes rows gets each page before the next request, and skipped rows are reported', async () => {
  const order: string[] = [];
  const played = pages(page(['a', 'b'], 1, 9), page(['c', 'd'], 2)).values();
  const rows = await readRows(
    FIRST,
    { most: 3 },
    async (url) => {
      order.push(`requested ${url.searchParams.get('$skiptoken') ?? 'first'}`);
      return played.next().value?.() as CollectionPage;
    },
    async (taken) => {
      await new Promise(setImmediate);
      order.push(...taken.map((row) => (row as { id: string }).id));
    },
  );
  expect(order).toEqual(['requested first', 'a', 'b', 'requested 1', 'c']);
  expect(rows).toEqual({ rows: [], taken: 3, more: true, total: 9, next: undefined, warnings: [] });
});

test('counts the delivered rows of a list that breaks off', async () => {
  const read = async () => {
    throw new PluginError('GRAPH_UNAVAILABLE', 'Graph is unavailable.');
  };
  const first = pages(page(['a'], 1)).values();
  const reading = () =>
    readRows(
      FIRST,
      ALL,
      async () => (first.next().value?.() as CollectionPage) ?? read(),
      async () => {},
    );
  expect(await raised(reading)).toMatchObject({
    message: 'Graph is unavailable. 1 row was read before that.',
  });
});

test('an internal error passes unchanged', async () => {
  const reading = list([() => page(['a'], 1), () => JSON.parse('{')], ALL);
  await expect(reading).rejects.toBeInstanceOf(SyntaxError);
});
