import { PluginError } from '../../src/base/errors';
import { readArticles } from '../../src/commands/incidents/read-articles';
import type { GraphClient } from '../../src/graph/client';
import { at, graphOf, type Page, row } from './pages';

const never = new AbortController().signal;
function read(
  pages: readonly Page[],
  plan: Partial<Parameters<typeof readArticles>[1]> = {},
  next?: (index: number) => string | undefined,
) {
  const stage = graphOf(pages, next);
  const whole = { until: undefined, from: undefined, keep: () => true, isPlausible: () => true, ...plan };
  return { ...stage, result: readArticles(stage.graph, whole, never) };
}

const ids = (kept: readonly { readonly id: string }[]) => kept.map(({ id }) => id);

test('a sorted list is read to its end, one page after another', async () => {
  const { result, requests, signals } = read([[row(9), row(8)], [row(7)], []]);
  const { kept, sorted, newest, end, next, passed, warnings } = await result;
  expect({ kept: ids(kept), sorted, newest: newest?.id, end, next, warnings }).toEqual({
    kept: ['a9', 'a8', 'a7'],
    sorted: true,
    newest: 'a9',
    end: 'list',
    next: undefined,
    warnings: [],
  });
  expect([passed(at(8)), passed(at(7)), passed('no time')]).toEqual([true, false, false]);
  const path = '/security/threatIntelligence/articles';
  const first = {
    method: 'GET',
    path,
    route: path,
    query: [],
    optional: [
      { name: '$orderby', value: 'lastUpdatedDateTime desc' },
      { name: '$top', value: '200' },
    ],
    checksOrder: true,
    returns: 'collection',
    rows: { most: Number.MAX_SAFE_INTEGER, by: 'limit', onePage: true },
  };
  expect(requests[0]).toStrictEqual(first);
  expect(requests[1]).toStrictEqual({ ...first, rows: { ...first.rows, from: '/1' } });
  expect(signals).toEqual([never, never, never]);
});

test('an empty list has no newest article and passed no time', async () => {
  const { newest, end, passed } = await read([[]]).result;
  expect([newest, end, passed(at(1))]).toEqual([undefined, 'list', false]);
});

test('articles of the same time are sorted, a newer one after an older one is not', async () => {
  expect((await read([[row(9), row(9)]]).result).sorted).toBe(true);
  const { sorted, newest, passed } = await read([
    [row(9), row(5)],
    [row(10), { ...row(10), id: 'b' }, row(8)],
  ]).result;
  expect([sorted, newest?.id, passed(at(6)), passed(at(5))]).toEqual([false, 'a10', true, false]);
});

test('only what is kept is kept, and only plausible times are the newest', async () => {
  const { result } = read([[row(9), row(8), row(7)]], {
    keep: ({ id }) => id !== 'a8',
    isPlausible: ({ id }) => id !== 'a9',
  });
  const { kept, newest } = await result;
  expect([ids(kept), newest?.id]).toEqual([['a9', 'a7'], 'a8']);
});

test('a sorted list is read to the first page that ends before the boundary', async () => {
  const { result, requests } = read([[row(9), row(8)], [row(7), row(5)], [row(4)]], { until: at(6) });
  expect((await result).end).toBe('old');
  expect(requests).toHaveLength(2);
  const exact = read([[row(9)], [row(6)], [row(4)], [row(3)]], { until: at(6) });
  expect((await exact.result).end).toBe('old');
  expect(exact.requests).toHaveLength(3);
});

test('an unsorted list is read on beyond the boundary, and so is an empty page', async () => {
  expect((await read([[row(8), row(9), row(5)], [row(4)]], { until: at(6) }).result).end).toBe('list');
  expect((await read([[], [row(9)], [row(5)], [row(4)]], { until: at(6) }).result).end).toBe('old');
  expect((await read([[row(5)], [row(4)]], { until: 'no time' }).result).end).toBe('list');
});

test('a read continues where the last one stopped', async () => {
  const { result, requests } = read([[row(9)]], { from: '/articles?$skip=10' });
  await result;
  expect(requests[0]?.rows).toMatchObject({ from: '/articles?$skip=10' });
});

const ERROR = new PluginError('GRAPH_FORBIDDEN', 'Graph refused.');

test('a failure of the first page is an error, also of a read that continues', async () => {
  await expect(read([ERROR]).result).rejects.toBe(ERROR);
  await expect(read([ERROR], { from: '/7' }).result).rejects.toBe(ERROR);
});

test('a failure of a later page ends the read there, with a warning', async () => {
  const { kept, end, next, warnings } = await read([[row(9)], ERROR]).result;
  expect([ids(kept), end, next, warnings]).toEqual([
    ['a9'],
    'failed',
    '/1',
    ['Reading stopped before the end of the list: Graph refused.'],
  ]);
});

test('a list that is missing is at its end', async () => {
  expect((await read([]).result).end).toBe('list');
});

test('a page that Graph names twice ends the read', async () => {
  const { result, requests } = read([[row(9)], [row(8)], [row(7)], [row(6)]], {}, () => '/1');
  expect(await result).toMatchObject({ end: 'bound', next: undefined });
  expect(requests).toHaveLength(2);
});

test('a page that Graph names twice at the end of the list is not its end', async () => {
  const page = { rows: [row(9)], more: false, next: '/1' };
  expect((await read([page, page]).result).end).toBe('bound');
});

test('no result is an empty list', async () => {
  const graph = { execute: async () => [] } as unknown as GraphClient;
  const plan = { until: undefined, from: undefined, keep: () => true, isPlausible: () => true };
  expect((await readArticles(graph, plan, never)).end).toBe('list');
});

test('a list that is cut without a next page is not at its end', async () => {
  expect((await read([{ rows: [row(9)], more: true }]).result).end).toBe('bound');
});

test('one fetch reads 5,000 rows or 50 pages', async () => {
  const rows = (count: number) => Array.from({ length: count }, () => row(9));
  const few = await read([rows(4_999), rows(1), rows(1)]).result;
  expect([few.end, few.next, few.kept.length]).toEqual(['bound', '/2', 5_000]);
  expect((await read([rows(4_999), rows(0), rows(0)]).result).end).toBe('list');
  const pages = read(Array.from({ length: 60 }, () => [row(9)]));
  expect(await pages.result).toMatchObject({ end: 'bound', next: '/50' });
  expect(pages.requests).toHaveLength(50);
});

test('one fetch keeps articles of 32 MiB', async () => {
  const big = row(9, { text: 'x'.repeat(16 * 1024 * 1024) });
  const { end, next } = await read([[big], [big], [row(8)], [row(7)]]).result;
  expect([end, next]).toEqual(['bound', '/2']);
  const { end: otherwise } = await read([[big], [big], [row(8)]], { keep: ({ id }) => id === 'a8' }).result;
  expect(otherwise).toBe('list');
});

test('articles that cannot be placed are skipped with one warning', async () => {
  const skipped = (rows: readonly unknown[]) => read([rows]).result.then(({ warnings }) => warnings);
  const REASON = 'without an id or a readable lastUpdatedDateTime';
  expect(await skipped([{ id: 'x' }, row(9)])).toEqual([`Skipped 1 article ${REASON}, such as "x".`]);
  expect(await skipped([{ id: 'x' }, { id: 'y' }])).toEqual([`Skipped 2 articles ${REASON}, such as "x".`]);
  expect(await skipped([{ id: '' }])).toEqual([`Skipped 1 article ${REASON}.`]);
  expect(await skipped([{}])).toEqual([`Skipped 1 article ${REASON}.`]);
});

test('warnings of pages are passed on once', async () => {
  const page = (warnings: readonly string[], next?: string) => ({
    rows: [row(9)],
    more: next !== undefined,
    warnings,
    ...(next && { next }),
  });
  const { warnings } = await read([page(['one', 'two'], '/1'), page(['two', 'three'])]).result;
  expect(warnings).toEqual(['one', 'two', 'three']);
});
