import { appliedOption } from '../../src/graph/applied-options';
import type { GraphResult } from '../../src/graph/request';
import { withTypedOptionNotes } from '../../src/output/typed-option-notes';

const ROWS = [
  { id: '1', title: 'Alder', score: 9, seen: '2025-03-01T00:00:00Z', at: { name: 'b' } },
  { id: '2', title: 'Birch', score: 5, seen: '2025-02-01T00:00:00Z', at: { name: 'a' } },
];

test.each([
  ['$orderby', 'title', 'applied'],
  ['$orderby', 'title desc', 'ignored'],
  ['$orderby', 'score desc', 'applied'],
  ['$orderby', 'score', 'ignored'],
  ['$orderby', 'seen desc,title', 'applied'],
  ['$orderby', 'at/name', 'ignored'],
  ['$orderby', 'notThere', 'unknown'],
  ['$filter', "title eq 'alder' or score eq 5", 'unknown'],
  ['$filter', "title eq 'Alder'", 'ignored'],
  ['$filter', 'score ge 5 and score lt 10', 'applied'],
  ['$filter', 'score gt 5', 'ignored'],
  ['$filter', 'score ne 5', 'ignored'],
  ['$filter', 'score le 9', 'applied'],
  ['$filter', 'seen ge 2025-02-01T00:00:00.000Z', 'applied'],
  ['$filter', 'seen lt 2025-02-15T00:00:00Z', 'ignored'],
  ['$filter', "contains(title,'r')", 'applied'],
  ['$filter', "startswith(title,'A')", 'ignored'],
  ['$filter', "contains(notThere,'r')", 'unknown'],
  ['$filter', "title gt 'A'", 'unknown'],
  ['$filter', "length(title) eq 5 and title eq 'Alder'", 'ignored'],
  ['$select', 'id,title,score,seen,at/name', 'applied'],
  ['$select', 'title', 'ignored'],
  ['$select', '*', 'unknown'],
  ['$expand', 'at', 'applied'],
  ['$expand', 'at($select=name),other', 'ignored'],
  ['$search', '"alder"', 'unknown'],
  ['$skip', '10', 'unknown'],
  ['$count', 'true', 'unknown'],
  ['$count', 'false', 'unknown'],
] as const)('%s=%s is %s, by what the rows show', (name, value, applied) => {
  expect(appliedOption({ name, value }, { rows: ROWS })).toBe(applied);
});

test.each([
  ['$orderby', 'title desc'],
  ['$orderby', 'at/name'],
  ['$filter', "title eq 'Alder'"],
  ['$filter', 'title ge 5'],
  ['$filter', "contains(title,'r')"],
  ['$filter', "startswith(at/name,'r')"],
  ['$select', 'title'],
  ['$expand', 'at'],
] as const)('%s=%s of rows whose values have no text shows nothing, and fails nothing', (name, value) => {
  const odd = { toString: null, valueOf: null };
  const rows = [
    { id: '1', title: odd, at: { name: [odd] } },
    { id: '2', title: [odd], at: odd },
  ];
  const applied = appliedOption({ name, value }, { rows: rows as never });
  if (name === '$filter' || name === '$orderby') expect(applied).toBe('unknown');
});

test('a total shows that Graph counted', () => {
  expect(appliedOption({ name: '$count', value: 'true' }, { rows: [], total: 0 })).toBe('applied');
});

test('an empty list shows nothing about an order', () => {
  expect(appliedOption({ name: '$orderby', value: 'title' }, { rows: [] })).toBe('unknown');
});

function responseOn(path: string, name: '$search' | '$filter' | '$count', value: string): GraphResult {
  return {
    kind: 'collection',
    request: {
      method: 'GET',
      path: `/security/threatIntelligence/${path}`,
      query: [{ name, value }],
      typed: [name],
      returns: 'collection',
      rows: { most: 50, by: 'limit' },
    },
    rows: ROWS,
    more: false,
  };
}

function notesOn(response: GraphResult): readonly string[] {
  const [noted] = withTypedOptionNotes([response]);
  return (noted?.kind === 'collection' && noted.warnings) || [];
}

test.each([
  [
    'an option beyond the documentation, of which the rows show nothing,',
    responseOn('hosts/contoso.com/ports', '$search', '"x"'),
    'Graph may have ignored $search; the response does not show whether it was applied. Microsoft documents $count, $select, $top, $skip, $expand here.',
  ],
  [
    'an option beyond documentation and metadata that was ignored',
    responseOn('articles', '$filter', "title eq 'Alder'"),
    'Graph ignored $filter: some rows do not match it. Microsoft documents $count, $select, $top, $skip, $orderby, $search here, and its metadata excludes $filter.',
  ],
  [
    'an option for a list without documented options',
    responseOn('hosts/contoso.com/subdomains', '$count', 'true'),
    'Graph may have ignored $count; the response does not show whether it was applied. Microsoft documents no query options here.',
  ],
])('%s gets a note', (_, response, note) => {
  expect(notesOn(response)).toEqual([note]);
});

test('a documented option that works gets no note', () => {
  expect(notesOn(responseOn('articles', '$search', '"alder"'))).toEqual([]);
});
