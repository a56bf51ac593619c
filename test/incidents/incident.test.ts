import {
  type DatedArticle,
  datedArticle,
  oldestFirst,
  versionKey,
} from '../../src/commands/incidents/articles';
import { incidentOf } from '../../src/commands/incidents/incident';

const TIME = '2025-06-01T08:00:00Z';

function incident(article: object, type?: string) {
  const dated = datedArticle({ id: 'a1', lastUpdatedDateTime: TIME, ...article }) as DatedArticle;
  return incidentOf(dated, type);
}

test('an article becomes an incident with its title, time, summary and tags', () => {
  const article = {
    title: ' Storm\u0000strikes ',
    summary: { content: 'Summary.' },
    tags: ['Phishing', 'RAT'],
  };
  expect(incident(article, 'Threat article')).toEqual({
    incident: {
      name: 'Storm strikes',
      occurred: TIME,
      details: 'Summary.\n\nTags: Phishing, RAT',
      type: 'Threat article',
      rawJSON: JSON.stringify({ id: 'a1', lastUpdatedDateTime: TIME, ...article }),
    },
    warning: undefined,
  });
});

const ODD = 'The article a1 has a title or tags that are not text.';

test.each<[object, object, string | undefined]>([
  [{ title: 'T' }, { name: 'T' }, undefined],
  [{ title: 'T', tags: null, summary: null }, { name: 'T' }, undefined],
  [{ title: 'T', tags: [] }, { name: 'T' }, undefined],
  [{ title: 'T', tags: ['a'] }, { name: 'T', details: 'Tags: a' }, undefined],
  [{ title: 'T', summary: { content: 'S' } }, { name: 'T', details: 'S' }, undefined],
  [{ title: 'T', summary: { content: 5 } }, { name: 'T' }, undefined],
  [{ title: 'T', tags: 'a' }, { name: 'T' }, ODD],
  [{ title: 'T', tags: ['a', 5] }, { name: 'T', details: 'Tags: a' }, ODD],
  [{ title: 'T', tags: [5] }, { name: 'T' }, ODD],
  [{ title: 5 }, { name: 'Article a1' }, ODD],
  [{ title: '\u0007' }, { name: 'Article a1' }, ODD],
  [{}, { name: 'Article a1' }, ODD],
])('%j becomes an incident too', (article, shown, warning) => {
  const { incident: made, warning: found } = incident(article);
  const { rawJSON: _, occurred: __, ...rest } = made;
  expect([rest, found]).toEqual([shown, warning]);
  expect(Object.keys(rest)).toEqual(Object.keys(shown));
});

test.each([
  null,
  'text',
  [],
  {},
  { id: 'a' },
  { id: 'a', lastUpdatedDateTime: 5 },
  { id: 'a', lastUpdatedDateTime: 'yesterday' },
  { id: '', lastUpdatedDateTime: TIME },
  { id: 5, lastUpdatedDateTime: TIME },
  { lastUpdatedDateTime: TIME },
])('%j is not an article that can be placed in time', (row) => {
  expect(datedArticle(row)).toBeUndefined();
});

test('an article is placed by the time of its last change, and keeps all its fields', () => {
  const row = { id: 'a', lastUpdatedDateTime: '2025-06-01T10:00:00.5+02:00', title: 'T' };
  expect(datedArticle(row)).toEqual({
    id: 'a',
    time: row.lastUpdatedDateTime,
    instant: '2025-06-01T08:00:00.500000000',
    article: row,
  });
});

test('versions are sorted by time, those of one time by ID', () => {
  const versions = ['2 a', '1 b', '1 a', '1 c', '0 z'].map((text) => {
    const [instant = '', id = ''] = text.split(' ');
    return { instant, id };
  });
  expect(versions.toSorted(oldestFirst).map(versionKey)).toEqual(['0 z', '1 a', '1 b', '1 c', '2 a']);
  expect(versions.toReversed().sort(oldestFirst).map(versionKey)).toEqual([
    '0 z',
    '1 a',
    '1 b',
    '1 c',
    '2 a',
  ]);
});
