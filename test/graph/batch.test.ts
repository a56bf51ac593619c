import { batchRequest, batchResponses, isBatchRejected } from '../../src/graph/batch';
import type { HttpRequest } from '../../src/http/transport';
import { httpResponse } from '../support/response';

const ORIGIN = 'https://graph.microsoft.com';
const HOSTS = '/security/threatIntelligence/hosts';

function request(id: string, path: string): HttpRequest {
  const headers = { accept: 'application/json', authorization: 'Bearer a', 'client-request-id': id };
  return { method: 'GET', url: `${ORIGIN}/v1.0${path}`, headers, timeout: 1000, direct: true };
}

test('requests travel in one batch, each with its own id, all with one token', () => {
  const sent = batchRequest([
    request('r0', `${HOSTS}/contoso.com`),
    request('r1', `${HOSTS}/a%2Fb?$select=id`),
  ]);
  const { body, ...rest } = sent;
  expect(rest).toEqual({
    method: 'POST',
    url: `${ORIGIN}/v1.0/$batch`,
    headers: {
      accept: 'application/json',
      authorization: 'Bearer a',
      'client-request-id': 'r0',
      'content-type': 'application/json',
    },
    timeout: 1000,
    direct: true,
  });
  expect(JSON.parse(body ?? '')).toEqual({
    requests: [
      { id: '0', method: 'GET', url: `${HOSTS}/contoso.com`, headers: { 'client-request-id': 'r0' } },
      { id: '1', method: 'GET', url: `${HOSTS}/a%2Fb?$select=id`, headers: { 'client-request-id': 'r1' } },
    ],
  });
});

test('matches responses in any order to their requests', () => {
  const responses = [
    { id: '11', status: 429, headers: { 'Retry-After': 7 } },
    { id: '0', status: 200, headers: { 'Content-Type': 'application/json' }, body: { id: 'contoso.com' } },
    { id: 1, status: 502, headers: ['x'], body: '<p>' },
  ];
  const results = batchResponses(httpResponse({ responses })) ?? [];
  expect(results).toHaveLength(12);
  expect(Object.entries(results)).toEqual([
    ['0', { status: 200, headers: { 'content-type': 'application/json' }, body: '{"id":"contoso.com"}' }],
    ['1', { status: 502, headers: {}, body: '<p>' }],
    ['11', { status: 429, headers: { 'retry-after': '7' }, body: '' }],
  ]);
});

test.each([
  ['no object', null],
  ['a status that is a string', { id: '0', status: '200' }],
  ['no id', { status: 200 }],
  ['an id that was not given', { id: 'x1', status: 200 }],
  ['another such', { id: '1x', status: 200 }],
  ['an id out of any batch', { id: '100', status: 200 }],
])('an item of a batch that is %s is not a response to a request', (_, item) => {
  expect(batchResponses(httpResponse({ responses: [item] }))).toEqual([]);
});

test.each([99, 600, 200.5, Number.MAX_VALUE, -200, null])(
  'an item of a batch with status %p is not a response to a request',
  (status) => {
    expect(batchResponses(httpResponse({ responses: [{ id: '0', status }] }))).toEqual([]);
  },
);

test('uses the first valid response with an id and logs ignored ones', () => {
  const logged: unknown[] = [];
  const responses = [
    { id: '0', status: 0, body: 'no status' },
    { id: '0', status: 200, body: { id: 'contoso.com' } },
    { id: '0', status: 404 },
    { id: 'x\u001b', status: 200 },
    null,
  ];
  const results = batchResponses(httpResponse({ responses }), (...line) => void logged.push(line));
  expect(results).toEqual([{ status: 200, headers: {}, body: '{"id":"contoso.com"}' }]);
  const event = 'invalid item in a batch response ignored';
  expect(logged).toEqual([
    ['warn', event, { id: '0', status: '0' }],
    ['warn', event, { id: '0', status: '404' }],
    ['warn', event, { id: 'x', status: '200' }],
    ['warn', event, {}],
  ]);
});

const ITEM = { id: '0', status: 200 };

test.each([
  ['another status', httpResponse({ responses: [ITEM] }, 201)],
  ['no object', httpResponse(null)],
  ['a list', httpResponse([ITEM])],
  ['no list', httpResponse({ responses: ITEM })],
  ['no JSON', httpResponse('{"responses":[')],
  ['endlessly nested', httpResponse(`{"responses":[],"more":${'['.repeat(300)}${']'.repeat(300)}}`)],
])('a response that is %s is not a response to a batch', (_, response) => {
  expect(batchResponses(response)).toBeUndefined();
});

test.each([300, 302, 400, 403, 404, 405, 499, 501])(
  'a service that responds with %i has no batch endpoint',
  (status) => {
    expect(isBatchRejected(httpResponse('', status))).toBe(true);
  },
);

test.each([200, 299, 401, 408, 429, 500, 502, 503])(
  'a batch that is responded by %i may be sent again',
  (status) => {
    expect(isBatchRejected(httpResponse('', status))).toBe(false);
  },
);

const HTML = '<!doctype html><title>HTTP Status 500</title>';

test.each([
  ['in base64', Buffer.from(HTML).toString('base64'), 'text/html;charset=utf-8', HTML],
  ['as text, as some gateways send it', HTML, 'text/html', HTML],
  [
    'in base64 without a byte of text',
    Buffer.from([255, 254, 0, 1]).toString('base64'),
    'image/png',
    '//4AAQ==',
  ],
  ['as JSON text', 'Y29udG9zbw==', 'application/json', 'Y29udG9zbw=='],
])('a body %s is read as it would arrive alone', (_, body, type, read) => {
  const [item] =
    batchResponses(httpResponse({ responses: [{ ...ITEM, headers: { 'Content-Type': type }, body }] })) ?? [];
  expect(item?.body).toBe(read);
});
