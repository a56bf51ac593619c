import { collection, entity, pathPart, placeholders, queryPart } from '../../src/graph/route';

const LINE =
  'GET /security/threatIntelligence/sslCertificates?$search="{search_property}:{search_value}?"&$top=1';
const PLAIN = 'GET /security/threatIntelligence/hosts/{host_id}/GET ports';

test('a request line is a path, query options and placeholders', () => {
  expect([pathPart(LINE), queryPart(LINE), placeholders(LINE)]).toEqual([
    '/security/threatIntelligence/sslCertificates',
    '$search="{search_property}:{search_value}?"&$top=1',
    ['search_property', 'search_value'],
  ]);
  expect([pathPart(PLAIN), queryPart(PLAIN), placeholders(PLAIN)]).toEqual([
    '/security/threatIntelligence/hosts/{host_id}/GET ports',
    '',
    ['host_id'],
  ]);
});

test('a route declares a list or one entity', () => {
  expect(entity('GET /security/threatIntelligence/hosts/{host_id}')).toEqual({
    returns: 'entity',
    line: 'GET /security/threatIntelligence/hosts/{host_id}',
  });
  expect(collection('GET /security/threatIntelligence/articles', { newestBy: 'createdDateTime' })).toEqual({
    returns: 'collection',
    line: 'GET /security/threatIntelligence/articles',
    newestBy: 'createdDateTime',
  });
});
