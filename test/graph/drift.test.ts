import { PluginError } from '../../src/base/errors';
import type { GraphRequest, GraphResult } from '../../src/graph/request';
import { findSchemaDrift } from '../../src/graph/schema-drift';

const API = '/security/threatIntelligence';

/** The differences found in a response to a path, as in the log: `article.title is null`. */
function found(path: string, ...rows: unknown[]): string[] {
  const request = { path: `${API}/${path}` } as GraphRequest;
  const outcome: string[] = [];
  const report: Parameters<typeof findSchemaDrift>[1] = ({ type, property, difference }) =>
    void outcome.push(`${type}.${property} ${difference}`);
  const responses: GraphResult[] = [
    { kind: 'missing', request },
    { kind: 'failed', request: {}, error: new PluginError('GRAPH_NOT_FOUND', 'No.') },
    { kind: 'collection', request, rows, more: false },
  ];
  findSchemaDrift(responses, report);
  const ofRows = outcome.splice(0);
  for (const value of rows) findSchemaDrift([{ kind: 'entity', request, value }], report);
  expect(outcome).toEqual(ofRows);
  return outcome;
}

test.each<[string, object]>([
  ['title', { title: 'a', imageUrl: null, tags: null }],
  ['true', { isFeatured: true }],
  ['false', { isFeatured: false }],
  ['list', { tags: ['a', ''] }],
  ['object', { body: { format: 'html', content: 'a' } }],
  ['a type and annotations', { '@odata.type': '#microsoft.graph.security.article', 'tags@odata.type': 3 }],
])('an article with what the model has is not a difference (%s)', (_, article) => {
  expect(found('articles/a', article)).toEqual([]);
});

test.each<[string, object, string[]]>([
  ['articles/a', { title: 3 }, ['article.title is not Edm.String']],
  ['articles/a', { title: null }, ['article.title is null']],
  ['articles/a', { isFeatured: 'true' }, ['article.isFeatured is not Edm.Boolean']],
  ['articles/a', { tags: 'a' }, ['article.tags is not a list']],
  ['articles', { tags: ['a', 3] }, ['article.tags is not Edm.String']],
  ['articles', { body: 'a' }, ['article.body is not an object']],
  ['articles/a/indicators', { artifact: [] }, ['articleIndicator.artifact is not an object']],
  ['hosts/h/ports', { port: 1.5 }, ['hostPort.port is not Edm.Int32']],
  ['hosts/h/ports', { status: 3 }, ['hostPort.status has the unknown value']],
  ['hostPorts/p', { status: 'Open' }, ['hostPort.status has the unknown value Open']],
  ['hostPorts/p/host', { color: 'red' }, ['host.color is not in the model']],
  ['nothing/a/b', { id: 'a', color: 'red' }, ['entity.color is not in the model']],
])('of %s, %j is reported', (path, value, outcome) => {
  expect(found(path, value)).toEqual(outcome);
});

test.each([7, 7.5, -0.1])('%d is a score', (score) => {
  expect(found('vulnerabilities/v', { cvss3Summary: { score } })).toEqual([]);
});

test.each(['7.5', true])('%j is not a score', (score) => {
  expect(found('vulnerabilities/v', { cvss3Summary: { score } })).toEqual([
    'cvssSummary.score is not Edm.Double',
  ]);
});

test.each([
  '2026-03-01T00:00Z',
  '2026-03-01T23:59:59Z',
  '2024-02-29T19:00:00.1Z',
  '2026-12-31T20:00:00.123456789012Z',
  '2026-03-01T09:30:00+05:30',
  '2026-03-01T09:30:00.25-08:00',
])('%s is a moment', (createdDateTime) => {
  expect(found('articles/a', { createdDateTime })).toEqual([]);
});

test.each([
  '2026-03-01',
  '2026-03-01T00:00:00',
  'x2026-03-01T00:00:00Z',
  '2026-03-01T00:00:00Zx',
  '2026-03-01T24:00:00Z',
  '2026-03-01T20:60:00Z',
  '2026-03-01T20:00:60Z',
  '2026-03-01T20:00:00.Z',
  '2026-03-01T20:00:00.1234567890123Z',
  '2026-03-01T20:00:00+5:30',
  '2026-03-01T20:00:00x05:30',
  '2026-17-13T00:00:00Z',
  '2026-02-29T00:00:00Z',
  ['2026-03-01T00:00:00Z'],
  1_767_225_600,
])('%j is not a moment', (createdDateTime) => {
  expect(found('articles/a', { createdDateTime })).toEqual([
    'article.createdDateTime is not Edm.DateTimeOffset',
  ]);
});

test('the type that Graph names counts, with all that its base types have', () => {
  const hostname = { '@odata.type': '#microsoft.graph.security.hostname', registrar: 3, sponsor: {} };
  expect(found('hosts/h', { ...hostname, firstSeenDateTime: null })).toEqual([
    'hostname.registrar is not Edm.String',
    'hostname.sponsor is not in the model',
  ]);
});

test.each([
  ['#microsoft.graph.security.hostName', 'names the unknown type hostName'],
  ['an unknown type', 'names the unknown type'],
])('the type %s is logged only if it is a word', (type, finding) => {
  expect(found('hosts/h', { '@odata.type': type, registrar: 'a' })).toEqual([`host.@odata.type ${finding}`]);
});

test.each([
  [60, ''],
  [61, '…'],
])('of a name with %d characters, 60 are logged', (length, end) => {
  expect(found('articles/a', { ['x'.repeat(length)]: 1 })).toEqual([
    `article.${'x'.repeat(60)}${end} is not in the model`,
  ]);
});

test.each([null, 'text', 3])(
  'what is not an object at all (%p) is none of the model’s differences',
  (value) => {
    expect(found('articles/a', value)).toEqual([]);
  },
);
