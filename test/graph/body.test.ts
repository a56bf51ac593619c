import { entityOf, pageOf } from '../../src/graph/response-body';
import { BrokenBody } from '../../src/http/retry';
import type { HttpResponse } from '../../src/http/transport';
import { raised } from '../support/raised';
import { httpResponse } from '../support/response';

const LINE = 'GET /v1.0/security/threatIntelligence/hosts/contoso.com';
const HTML = { 'content-type': 'text/html; charset=utf-8' };
const JSON_TYPE = { 'content-type': 'application/json' };
const HOST = { id: 'contoso.com', '@odata.type': '#microsoft.graph.security.hostname' };
const TRACKER = { id: 'a', kind: 'JarmHash', value: '29d' };

test.each<[string, HttpResponse, unknown]>([
  ['an object', httpResponse(HOST), HOST],
  ['an object in value', httpResponse({ '@odata.context': 'x', value: HOST }), HOST],
  ['an object with a property value', httpResponse(TRACKER), TRACKER],
  ['an object without a type', httpResponse('{"id":"contoso.com"}'), { id: 'contoso.com' }],
  ['an object with a property named error', httpResponse({ id: 'a', error: {} }), { id: 'a', error: {} }],
  ['a string for an error', httpResponse({ error: 'none' }), { error: 'none' }],
  ['204 with a body', httpResponse(HOST, 204), undefined],
  ['null', httpResponse(null), undefined],
  ['null in value', httpResponse({ value: null }), undefined],
  ['an empty object', httpResponse({}), undefined],
  ['annotations alone', httpResponse({ '@odata.context': 'x', 'a@odata.type': 'y' }), undefined],
  ['an empty object in value', httpResponse({ value: {} }), undefined],
])('one object is expected: %s is read', (_, response, value) => {
  expect(entityOf(LINE, response)).toEqual(value);
});

test.each<[string, HttpResponse, string]>([
  ['nothing', httpResponse(''), 'the response is empty'],
  ['blanks', httpResponse(' \n'), 'the response is empty'],
  ['a list', httpResponse([]), 'the response is a list, not one object'],
  ['a list in value', httpResponse({ value: [] }), 'the response is a list, not one object'],
  ['a string', httpResponse('"a"', 200, JSON_TYPE), 'the response is a string, not one object'],
  ['a number', httpResponse(1), 'the response is a number, not one object'],
  ['a boolean', httpResponse({ value: true }), 'the response is a boolean, not one object'],
  ['HTML', httpResponse('<p>', 200, HTML), 'the response (text/html) is not JSON'],
  ['an odd type', httpResponse('a', 200, { 'content-type': ' a/b ;c' }), 'the response (a/b) is not JSON'],
  ['broken JSON', httpResponse('{"id":', 200, JSON_TYPE), 'the response (application/json) is not JSON'],
  ['no type at all', httpResponse('{"id":'), 'the response (without a content type) is not JSON'],
  ['an error', httpResponse({ error: { code: 'Odd', message: 'No.' } }), 'the response is an error: Odd: No'],
  ['an error without words', httpResponse({ error: { code: ' ', message: 3 } }), 'the response is an error'],
  ['a code', httpResponse({ error: { code: 'Odd', message: '' } }), 'the response is an error: Odd'],
  ['many sentences', httpResponse({ error: { message: 'A. B.' } }), 'the response is an error: A. B'],
  ['depth', httpResponse('['.repeat(201), 200, HTML), 'the response is nested more than 200 levels deep'],
])('one object is requested, and what came is %s', async (_, response, what) => {
  const { code, message } = await raised(() => entityOf(LINE, response));
  expect([code, message]).toEqual(['GRAPH_UNEXPECTED', `Graph responded with 200 to ${LINE}, but ${what}.`]);
});

test.each<[string, HttpResponse['headers'], boolean]>([
  ['says that it is JSON', { 'content-type': 'application/problem+JSON' }, true],
  ['says nothing', {}, true],
  ['is something else', HTML, false],
])('what is not JSON is requested again only where it %s', async (_, headers, again) => {
  const { cause } = await raised(() => entityOf(LINE, httpResponse('{"id":', 200, headers)));
  expect(cause instanceof BrokenBody).toBe(again);
});

const NEXT = 'https://graph.microsoft.com/v1.0/security/threatIntelligence/articles?$skiptoken=2';

test.each<[string, HttpResponse, ReturnType<typeof pageOf>]>([
  [
    'a page',
    httpResponse({ value: [HOST], '@odata.nextLink': NEXT, '@odata.count': 0 }),
    { rows: [HOST], nextLink: NEXT, total: 0 },
  ],
  ['null among the rows', httpResponse({ value: [null, HOST] }), page([HOST])],
  ['no rows', httpResponse({ value: [] }), page([])],
  ['null for rows', httpResponse({ value: null }), page([])],
  ['204', httpResponse('', 204), page([])],
  ['an empty link', httpResponse({ value: [], '@odata.nextLink': '' }), page([])],
  ['a link that is not a string', httpResponse({ value: [], '@odata.nextLink': 2 }), page([])],
  ['a count below zero', httpResponse({ value: [], '@odata.count': -1 }), page([])],
  ['a count with a fraction', httpResponse({ value: [], '@odata.count': 1.5 }), page([])],
  ['a count as a string', httpResponse({ value: [], '@odata.count': '7' }), page([])],
  ['an error beside the rows', httpResponse({ value: [], error: {} }), page([])],
])('a list is requested, %s is read', (_, response, read) => {
  expect(pageOf(LINE, response)).toEqual(read);
});

function page(rows: ReturnType<typeof pageOf>['rows']): ReturnType<typeof pageOf> {
  return { rows, nextLink: undefined, total: undefined };
}

test.each<[string, HttpResponse, string]>([
  ['nothing', httpResponse(' '), 'the response is empty'],
  ['null', httpResponse(null), 'the response is null, not a page of a list'],
  ['a bare list', httpResponse([HOST]), 'the response is a list, not a page of a list'],
  ['one object', httpResponse(HOST), 'the response contains no list'],
  ['a string for rows', httpResponse({ value: 'a' }), 'the response contains no list'],
  ['a list as a row', httpResponse({ value: [HOST, []] }), 'the list contains a list instead of an object'],
  [
    'a string as a row',
    httpResponse({ value: ['a', HOST] }),
    'the list contains a string instead of an object',
  ],
  ['an error', httpResponse({ error: { code: 'Odd' } }), 'the response is an error: Odd'],
])('a list is requested, and what came is %s', async (_, response, what) => {
  const { code, message } = await raised(() => pageOf(LINE, response));
  expect([code, message]).toEqual(['GRAPH_UNEXPECTED', `Graph responded with 200 to ${LINE}, but ${what}.`]);
});
