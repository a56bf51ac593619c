import { PluginError } from '../../src/base/errors';
import { silentLog } from '../../src/base/log';
import { graphUrl } from '../../src/graph/client';
import type { QueryOption } from '../../src/graph/odata';
import { readList } from '../../src/graph/read-list';
import { noRejectedOptions } from '../../src/graph/rejected-options';
import type { GraphRequest } from '../../src/graph/request';

const LIST: GraphRequest = {
  method: 'GET',
  path: '/security/threatIntelligence/hosts/contoso.com/passiveDns',
  query: [],
  optional: [
    { name: '$orderby', value: 'lastSeenDateTime desc' },
    { name: '$top', value: '3' },
  ],
  returns: 'collection',
  rows: { most: 3, by: 'limit' },
};

/** Row 0 is the newest; they come in the order of the numbers given. */
function rowsOf(places: readonly number[]) {
  return places.map((place) => ({
    id: `r${place}`,
    recordType: place % 50 === 0 ? 'MX' : 'A',
    lastSeenDateTime: new Date(Date.UTC(2025, 0, 1) - place * 60_000).toISOString(),
  }));
}

/** A Graph that pages through rows in its own order, whatever `$orderby` and `$filter` say. */
function careless(rows: ReturnType<typeof rowsOf>, cap = 100) {
  const urls: string[] = [];
  const readPage = async (page: URL) => {
    urls.push(page.search);
    const start = Number(page.searchParams.get('$skiptoken') ?? 0);
    const end = start + Math.min(cap, Number(page.searchParams.get('$top') ?? cap));
    const next = new URL(page);
    next.searchParams.set('$skiptoken', String(end));
    const nextLink = end < rows.length ? next.href : undefined;
    return { rows: rows.slice(start, end), nextLink, total: undefined };
  };
  const ports = {
    urlWith: (optional: readonly QueryOption[]) => graphUrl('https://graph.example', { ...LIST, optional }),
    rejected: noRejectedOptions,
    log: silentLog,
    mayRepeat: () => true,
    readPage,
  };
  return { urls, ports };
}

function oldestFirst(length: number): number[] {
  return Array.from({ length }, (_, place) => length - 1 - place);
}

function ids(rows: readonly unknown[]): unknown[] {
  return rows.map((row) => (row as { id: string }).id);
}

test('the newest rows of a list of one page are found, whatever its order', async () => {
  const { ports, urls } = careless(rowsOf(oldestFirst(90)));
  const { rows, more, total, warnings } = await readList(LIST, ports);
  expect(ids(rows)).toEqual(['r0', 'r1', 'r2']);
  expect([more, total, urls.length]).toEqual([true, 90, 2]);
  expect(warnings).toEqual([
    'Graph did not apply $orderby to this list; the rows were sorted after they were read.',
  ]);
});

test('the text names the length of the list behind the newest rows', async () => {
  const { ports } = careless(rowsOf(oldestFirst(1001)));
  const { rows, more, warnings } = await readList(LIST, ports);
  expect(rows).toHaveLength(3);
  expect(more).toBe(true);
  expect(warnings).toEqual([
    'Graph did not apply $orderby to this list: these are the newest of the 200 rows that were read, and newer ones may exist.',
  ]);
});

test('rows that are read already are shown where reading more of them fails', async () => {
  const { ports } = careless(rowsOf(oldestFirst(90)));
  let pages = 0;
  const readPage = async (page: URL) => {
    if (pages++ > 0) throw new PluginError('GRAPH_THROTTLED', 'Too many requests.');
    return ports.readPage(page);
  };
  expect((await readList(LIST, { ...ports, readPage })).rows).toHaveLength(3);
});

test('a list in the middle of another is not sorted', async () => {
  const { ports, urls } = careless(rowsOf([5, 2, 9]));
  const { rows, warnings } = await readList({ ...LIST, query: [{ name: '$skip', value: '10' }] }, ports);
  expect(ids(rows)).toEqual(['r5', 'r2', 'r9']);
  expect(urls).toHaveLength(1);
  expect(warnings).toEqual(['Graph did not apply $orderby to this list, so newer rows may exist.']);
});

const FILTERED: GraphRequest = {
  ...LIST,
  optional: [
    { name: '$filter', value: "recordType eq 'MX'" },
    { name: '$top', value: '3' },
  ],
  where: { property: 'recordType', equals: 'MX' },
};

test('rows that a filter should have left out are left out here', async () => {
  const { ports } = careless(rowsOf(Array.from({ length: 400 }, (_, place) => place)));
  const { rows, more, warnings } = await readList(FILTERED, ports);
  expect(ids(rows)).toEqual(['r0', 'r50', 'r100']);
  expect(more).toBe(true);
  expect(warnings).toEqual([
    'Graph did not apply $filter to this list; the rows were filtered after they were read.',
  ]);
});

test('stops the search for filtered rows, and reports it', async () => {
  const { ports, urls } = careless(rowsOf(Array.from({ length: 9000 }, (_, place) => place * 50 + 1)));
  const { rows, more, warnings } = await readList(FILTERED, ports);
  expect([rows.length, more]).toEqual([0, true]);
  expect(urls).toHaveLength(51);
  expect(warnings[0]).toBe(
    'Reading ended after 5,000 rows, wanted or not; the rest of the list was not searched.',
  );
});
