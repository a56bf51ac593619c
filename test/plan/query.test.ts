import { collection, entity } from '../../src/graph/route';
import { queryOf } from '../../src/plan/query';
import { raised } from '../support/raised';

const LIST = collection('GET /security/threatIntelligence/articles', { newestBy: 'lastUpdatedDateTime' });
const UNORDERED = collection('GET /security/threatIntelligence/articles');
const SEARCH = collection(
  'GET /security/threatIntelligence/whoisRecords?$search="{search_property}:{search_value}"',
);
const ONE = entity('GET /security/threatIntelligence/articles/{article_id}');
const NOTHING = { query: [], where: undefined };
const NEWEST = { name: '$orderby', value: 'lastUpdatedDateTime desc' };
const top = (value: string) => ({ name: '$top', value });
const where = { property: 'recordType', equals: 'A' };
const FILTER = { name: '$filter', value: "recordType eq 'A'" };

test('a list is requested newest first, with the default limit', () => {
  expect(queryOf(LIST, {}, NOTHING, 1_000)).toStrictEqual({
    query: [],
    optional: [NEWEST, top('50')],
    typed: [],
    rows: { most: 50, by: 'limit' },
  });
});

test.each([
  [{ limit: 7 }, 1_000, { most: 7, by: 'limit' }, '7'],
  [{ limit: 500 }, 1_000, { most: 500, by: 'limit' }, '200'],
  [{ limit: 1_000 }, 1_000, { most: 1_000, by: 'max_results' }, '200'],
  [{ limit: 1_001 }, 1_000, { most: 1_000, by: 'max_results' }, '200'],
  [{ limit: 999 }, 1_000, { most: 999, by: 'limit' }, '200'],
  [{ odata: '$top=7' }, 1_000, { most: 7, by: 'limit' }, '7'],
  [{ odata: '$top=7', limit: 50 }, 1_000, { most: 7, by: 'limit' }, '7'],
  [{ odata: '$top=7', limit: 7 }, 1_000, { most: 7, by: 'limit' }, '7'],
  [{}, 20, { most: 20, by: 'max_results' }, '20'],
])('%j of at most %d rows are %j', (args, maxResults, rows, size) => {
  expect(queryOf(UNORDERED, args, NOTHING, maxResults)).toStrictEqual({
    query: [],
    optional: [top(size)],
    typed: [],
    rows,
  });
});

test('all results are requested without $top, up to max_results', () => {
  const args = { all_results: true, limit: 7, odata: '$top=9' };
  expect(queryOf(UNORDERED, args, NOTHING, 1_000)).toStrictEqual({
    query: [],
    optional: [],
    typed: [],
    rows: { most: 1_000, by: 'max_results' },
  });
  expect(queryOf(UNORDERED, { all_results: false }, NOTHING, 1_000).rows).toEqual({ most: 50, by: 'limit' });
});

test('query options of the user and of the command are sent, and the user’s order', () => {
  const odata = '$select=id&$orderby=id asc';
  const own = { query: [{ name: '$expand', value: 'host' } as const], where: undefined };
  expect(queryOf(LIST, { odata, search: 'a "b"' }, own, 1_000)).toStrictEqual({
    query: [
      { name: '$select', value: 'id' },
      { name: '$orderby', value: 'id asc' },
      { name: '$search', value: '"a \\"b\\""' },
      { name: '$expand', value: 'host' },
    ],
    optional: [top('50')],
    typed: ['$select', '$orderby', '$expand'],
    rows: { most: 50, by: 'limit' },
  });
});

test.each(['', '$select=id,recordType', '$select=recordType,id', '$select=*', '$select=id, recordType'])(
  'a condition on a property that the rows have (%j) is checked on them, so its filter is optional',
  (odata) => {
    const query = queryOf(UNORDERED, odata === '' ? {} : { odata }, { query: [], where }, 1_000);
    expect([query.where, query.optional]).toEqual([where, [FILTER, top('50')]]);
    expect(query.query.map(({ name }) => name)).toStrictEqual(odata === '' ? [] : ['$select']);
  },
);

test.each(['$select=id', '$select=id,recordTypes'])(
  'with %s the rows lack the property, so its filter is sent',
  (odata) => {
    const query = queryOf(UNORDERED, { odata }, { query: [], where }, 1_000);
    expect(query).not.toHaveProperty('where');
    expect(query.query.slice(1)).toEqual([FILTER]);
    expect(query.optional).toEqual([top('50')]);
  },
);

test('an entity takes the options of the user and $expand, and nothing that concerns lists', () => {
  const own = {
    query: [
      { name: '$expand', value: 'host' },
      { name: '$filter', value: 'a' },
    ] as const,
    where,
  };
  expect(queryOf(ONE, { odata: '$select=id&$top=5', limit: 7, search: 'x' }, own, 1_000)).toStrictEqual({
    query: [
      { name: '$select', value: 'id' },
      { name: '$expand', value: 'host' },
    ],
    typed: ['$select', '$expand'],
    rows: { most: 1, by: 'limit' },
  });
});

test('values of a search are sent without colons, quotes escaped', () => {
  const args = { search_property: 'registrant/email', search_value: ' a:"b" ' };
  expect(queryOf(SEARCH, args, NOTHING, 1_000).query).toEqual([
    { name: '$search', value: '"registrant/email:a\\"b\\""' },
  ]);
});

test.each<[typeof LIST | typeof ONE, object, object, string, string | undefined]>([
  [
    LIST,
    { odata: '$top=7', limit: 9 },
    NOTHING,
    'limit (9) and odata ($top=7) set different numbers of rows.',
    'Remove one of them.',
  ],
  [
    LIST,
    { odata: '$search="a"', search: 'b' },
    NOTHING,
    'odata: $search cannot be combined with the argument that sets it.',
    'Remove one of them.',
  ],
  [
    LIST,
    { odata: '$filter=a eq 1' },
    { query: [], where },
    'odata: $filter cannot be combined with the argument that sets it.',
    'Remove one of them.',
  ],
  [
    LIST,
    { odata: '$filter=a eq 1&$select=id' },
    { query: [], where },
    'odata: $filter cannot be combined with the argument that sets it.',
    'Remove one of them.',
  ],
  [
    ONE,
    { odata: '$expand=a' },
    { query: [{ name: '$expand', value: 'host' }], where: undefined },
    'odata: $expand cannot be combined with the argument that sets it.',
    'Remove one of them.',
  ],
  [
    SEARCH as never,
    { search_property: 'x', search_value: ' :: ' },
    NOTHING,
    'search_value: " :: " contains nothing to search for.',
    'Colons are removed from the value, as Graph requires.',
  ],
])('%j with %j and %j is rejected', async (route, args, own, message, hint) => {
  const error = await raised(() => queryOf(route, args as never, own as never, 1_000));
  expect([error.code, error.message, error.hint]).toEqual(['ARGUMENT_INVALID', message, hint]);
});
