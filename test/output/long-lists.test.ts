import { contextKey } from '../../src/xsoar/context-keys';
import { recordedPlugin } from '../support/recorder';

const ARTICLES = 'msg-defender-threat-intel-article-list';
const ALL = { all_results: 'true' };

/** A Graph that has so many articles, on one page. */
function articles(rows: number) {
  const value = Array.from({ length: rows }, (_, row) => ({ id: `a${row}`, title: `Article ${row}` }));
  return recordedPlugin(() => ({ status: 200, headers: {}, body: JSON.stringify({ value }) })).plugin;
}

function lines(text = ''): number {
  return text.split('\n').filter((line) => line.startsWith('| Article ')).length;
}

test.each([
  [1_000, 1_000, '1,000 articles.'],
  [1_001, 1_000, 'The table ends after 1,000; the context contains all rows.\n\n1,001 articles.'],
])('of %d rows a table shows %d, and context contains all', async (rows, shown, words) => {
  const [entry] = (await articles(rows).execute(ARTICLES, ALL)).entries;
  expect(lines(entry?.HumanReadable)).toBe(shown);
  expect(entry?.HumanReadable?.endsWith(`|\n\n${words}`)).toBe(true);
  expect(entry?.Contents).toHaveLength(rows);
  expect(entry?.EntryContext?.[contextKey('Article')]).toHaveLength(rows);
});

test('rows that a program receives page by page are not in the entry, which says how many there were', async () => {
  const taken: unknown[] = [];
  const { entries } = await articles(2).execute(ARTICLES, { limit: '1' }, undefined, async (rows) => {
    taken.push(...rows);
  });
  expect(taken).toEqual([{ id: 'a0', title: 'Article 0' }]);
  expect(entries).toEqual([
    expect.objectContaining({
      Contents: [],
      EntryContext: null,
      HumanReadable:
        'Showing 1 article; more are available. Raise limit or set all_results=true to get the rest.',
    }),
  ]);
});

test('reports nothing found without a row', async () => {
  const { entries } = await articles(0).execute(ARTICLES, ALL, undefined, async () => {});
  expect(entries).toMatchObject([{ Contents: [], HumanReadable: 'No articles were found.' }]);
});
