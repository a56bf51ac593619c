import { entityOf, pageOf } from '../../src/graph/response-body';
import { BrokenBody } from '../../src/http/retry';
import type { HttpResponse } from '../../src/http/transport';
import { answer } from '../support/answer';
import { raised } from '../support/raised';

const LINE = 'GET /v1.0/security/threatIntelligence/hosts/contoso.com';
const HTML = { 'content-type': 'text/html; charset=utf-8' };
const JSON_TYPE = { 'content-type': 'application/json' };
const HOST = { id: 'contoso.com', '@odata.type': '#microsoft.graph.security.hostname' };
const TRACKER = { id: 'a', kind: 'JarmHash', value: '29d' };

test.each<[string, HttpResponse, unknown]>([
  ['an object', answer(HOST), HOST],
  ['an object in value', answer({ '@odata.context': 'x', value: HOST }), HOST],
  ['an object with a property value', answer(TRACKER), TRACKER],
  ['an object without a type', answer('{"id":"contoso.com"}'), { id: 'contoso.com' }],
  ['an object with a property named error', answer({ id: 'a', error: {} }), { id: 'a', error: {} }],
  ['a text for an error', answer({ error: 'none' }), { error: 'none' }],
  ['204 with a body', answer(HOST, 204), undefined],
  ['null', answer(null), undefined],
  ['null in value', answer({ value: null }), undefined],
  ['an empty object', answer({}), undefined],
  ['annotations alone', answer({ '@odata.context': 'x', 'a@odata.type': 'y' }), undefined],
  ['an empty object in value', answer({ value: {} }), undefined],
])('one object is expected: %s is read', (_, response, value) => {
  expect(entityOf(LINE, response)).toEqual(value);
});

test.each<[string, HttpResponse, string]>([
  ['nothing', answer(''), 'the response is empty'],
  ['blanks', answer(' \n'), 'the response is empty'],
  ['a list', answer([]), 'the response is a list, not one object'],
  ['a list in value', answer({ value: [] }), 'the response is a list, not one object'],
  ['a text', answer('"a"', 200, JSON_TYPE), 'the response is a text, not one object'],
  ['a number', answer(1), 'the response is a number, not one object'],
  ['a truth value', answer({ value: true }), 'the response is a boolean, not one object'],
  ['HTML', answer('<p>', 200, HTML), 'the response (text/html) is not JSON'],
  ['an odd type', answer('a', 200, { 'content-type': ' a/b ;c' }), 'the response (a/b) is not JSON'],
  ['broken JSON', answer('{"id":', 200, JSON_TYPE), 'the response (application/json) is not JSON'],
  ['no type at all', answer('{"id":'), 'the response (without a content type) is not JSON'],
  ['an error', answer({ error: { code: 'Odd', message: 'No.' } }), 'the response is an error: Odd: No'],
  ['an error without words', answer({ error: { code: ' ', message: 3 } }), 'the response is an error'],
  ['a code', answer({ error: { code: 'Odd', message: '' } }), 'the response is an error: Odd'],
  ['many sentences', answer({ error: { message: 'A. B.' } }), 'the response is an error: A. B'],
  ['depth', answer('['.repeat(201), 200, HTML), 'the response is nested more than 200 levels deep'],
])('one object is asked for, and what came is %s', async (_, response, what) => {
  const { code, message } = await raised(() => entityOf(LINE, response));
  expect([code, message]).toEqual(['GRAPH_UNEXPECTED', `Graph responded with 200 to ${LINE}, but ${what}.`]);
});

test.each<[string, HttpResponse['headers'], boolean]>([
  ['says that it is JSON', { 'content-type': 'application/problem+JSON' }, true],
  ['says nothing', {}, true],
  ['is something else', HTML, false],
])('what is no JSON is asked for again only where it %s', async (_, headers, again) => {
  const { cause } = await raised(() => entityOf(LINE, answer('{"id":', 200, headers)));
  expect(cause instanceof BrokenBody).toBe(again);
});

const NEXT = 'https://graph.microsoft.com/v1.0/security/threatIntelligence/articles?$skiptoken=2';

test.each<[string, HttpResponse, ReturnType<typeof pageOf>]>([
  [
    'a page',
    answer({ value: [HOST], '@odata.nextLink': NEXT, '@odata.count': 0 }),
    { rows: [HOST], nextLink: NEXT, total: 0 },
  ],
  ['null among the rows', answer({ value: [null, HOST] }), page([HOST])],
  ['no rows', answer({ value: [] }), page([])],
  ['null for rows', answer({ value: null }), page([])],
  ['204', answer('', 204), page([])],
  ['an empty link', answer({ value: [], '@odata.nextLink': '' }), page([])],
  ['a link that is no text', answer({ value: [], '@odata.nextLink': 2 }), page([])],
  ['a count below zero', answer({ value: [], '@odata.count': -1 }), page([])],
  ['a count with a fraction', answer({ value: [], '@odata.count': 1.5 }), page([])],
  ['a count as a text', answer({ value: [], '@odata.count': '7' }), page([])],
  ['an error beside the rows', answer({ value: [], error: {} }), page([])],
])('a list is asked for, %s is read', (_, response, read) => {
  expect(pageOf(LINE, response)).toEqual(read);
});

function page(rows: ReturnType<typeof pageOf>['rows']): ReturnType<typeof pageOf> {
  return { rows, nextLink: undefined, total: undefined };
}

test.each<[string, HttpResponse, string]>([
  ['nothing', answer(' '), 'the response is empty'],
  ['null', answer(null), 'the response is null, not a page of a list'],
  ['a bare list', answer([HOST]), 'the response is a list, not a page of a list'],
  ['one object', answer(HOST), 'the response contains no list'],
  ['a text for rows', answer({ value: 'a' }), 'the response contains no list'],
  ['a list as a row', answer({ value: [HOST, []] }), 'the list contains a list instead of an object'],
  ['a text as a row', answer({ value: ['a', HOST] }), 'the list contains a text instead of an object'],
  ['an error', answer({ error: { code: 'Odd' } }), 'the response is an error: Odd'],
])('a list is asked for, and what came is %s', async (_, response, what) => {
  const { code, message } = await raised(() => pageOf(LINE, response));
  expect([code, message]).toEqual(['GRAPH_UNEXPECTED', `Graph responded with 200 to ${LINE}, but ${what}.`]);
});
