import { graphError, requestIdOf, unexpectedResponse } from '../../src/graph/error';
import { httpResponse } from '../support/response';

const LINE = 'GET /v1.0/security/threatIntelligence/articles';
const NOW = Date.parse('2026-03-01T12:00:00Z');
const REQUEST_ID = 'aaaabbbb-0000-cccc-1111-dddd2222eeee';

const PERMISSION =
  'Grant the permission ThreatIntelligence.Read.All with admin consent, in a tenant with Defender XDR or Microsoft Sentinel.';
const REDIRECT =
  'Graph does not redirect, so the redirect was not followed. Check for a proxy or a login page between this machine and Graph.';
const ARGUMENTS = 'Check odata and the other arguments: Graph names what it rejects.';
const LOGIN = 'Run !msg-defender-threat-intel-auth-test, and check tenant, application and credentials.';
const LATER = 'Retry after the time that the service names, or request less at once.';
const UNAVAILABLE = 'Microsoft Graph is temporarily unavailable: retry in a few minutes.';
const ENTITLEMENT =
  'Likely causes, in this order: the tenant has no Defender XDR or Microsoft Sentinel entitlement; the tenant is not verified by Microsoft yet; or a temporary fault, so retry in a few minutes.';

test.each([
  [300, 'GRAPH_UNEXPECTED', REDIRECT],
  [302, 'GRAPH_UNEXPECTED', REDIRECT],
  [399, 'GRAPH_UNEXPECTED', REDIRECT],
  [400, 'GRAPH_BAD_REQUEST', ARGUMENTS],
  [401, 'GRAPH_UNAUTHORIZED', LOGIN],
  [403, 'GRAPH_FORBIDDEN', PERMISSION],
  [404, 'GRAPH_BAD_REQUEST', undefined],
  [405, 'GRAPH_BAD_REQUEST', undefined],
  [408, 'GRAPH_UNAVAILABLE', 'Retry, or request less at once.'],
  [429, 'GRAPH_THROTTLED', LATER],
  [499, 'GRAPH_BAD_REQUEST', undefined],
  [500, 'GRAPH_UNAVAILABLE', ENTITLEMENT],
  [599, 'GRAPH_UNAVAILABLE', UNAVAILABLE],
  [600, 'GRAPH_UNEXPECTED', undefined],
  [199, 'GRAPH_UNEXPECTED', undefined],
] as const)('%d is %s, and the hint says what to do', (status, code, hint) => {
  const response = httpResponse({ error: { code: 'Some.Code', message: 'Words of the service.' } }, status, {
    'request-id': REQUEST_ID,
    'retry-after': '7',
  });
  const error = graphError(LINE, response, NOW);
  expect({ ...error, message: error.message }).toEqual({
    name: 'PluginError',
    code,
    message: `Graph responded with ${status} Some.Code to ${LINE}: Words of the service.`,
    hint,
    status,
    requestId: REQUEST_ID,
    retryAfter: 7,
  });
});

test.each(['ResourceNotFound', 'NotFound', 'itemNotFound', 'notfound', undefined])(
  'a 404 with the code %s is about the resource',
  (code) => {
    const response = httpResponse({ error: { code, message: 'Not there.' } }, 404);
    expect(graphError(LINE, response, NOW)).toMatchObject({
      code: 'GRAPH_NOT_FOUND',
      hint: 'Check the id: use one from the output of a list command.',
    });
  },
);

test('a hint of the caller replaces the one of the status', () => {
  expect(graphError(LINE, httpResponse({}, 403), NOW, 'Grant it.').hint).toBe('Grant it.');
});

test.each([
  [403, PERMISSION, 'GRAPH_FORBIDDEN'],
  [409, 'Retry later.', 'GRAPH_THROTTLED'],
  [509, UNAVAILABLE, 'GRAPH_UNAVAILABLE'],
])('an activity limit with status %d has a hint that says what to do', (status, hint, code) => {
  const response = httpResponse({ error: { code: 'activityLimitReached', message: 'Too much.' } }, status);
  expect(graphError(LINE, response, NOW)).toMatchObject({ code, hint });
});

test.each([
  ['Graph’s form', httpResponse({ error: { code: 'Odd', message: 'Not so.' } }, 403), ' Odd', 'Not so.'],
  ['a code alone', httpResponse({ error: { code: 'Odd' } }, 403), ' Odd', 'the response gives no reason.'],
  ['words alone', httpResponse({ error: { message: 'Not so.' } }, 403), '', 'Not so.'],
  [
    'blank words',
    httpResponse({ error: { code: '', message: ' \u0007' } }, 403),
    '',
    'the response gives no reason.',
  ],
  [
    'objects for words',
    httpResponse({ error: { code: {}, message: [] } }, 403),
    '',
    'the response gives no reason.',
  ],
  ['the login’s form', httpResponse({ error: 'denied', error_description: 'No.' }, 403), ' denied', 'No.'],
  ['a gateway’s form', httpResponse({ message: 'No key.' }, 403), '', 'No key.'],
  ['another gateway’s form', httpResponse({ Message: 'No key.' }, 403), '', 'No key.'],
  ['a list', httpResponse([{ message: 'No.' }], 403), '', 'the response gives no reason.'],
  ['null', httpResponse(null, 403), '', 'the response gives no reason.'],
  ['nothing', httpResponse('', 403), '', 'the response is empty.'],
  ['blanks', httpResponse(' \n', 403, { 'content-type': 'text/plain' }), '', 'the response is empty.'],
  [
    'a string',
    httpResponse('Not today.', 403, { 'content-type': 'text/plain; charset=utf-8' }),
    '',
    'Not today.',
  ],
  [
    'HTML',
    httpResponse('<p>', 403, { 'content-type': 'text/html' }),
    '',
    'the response (text/html) gives no reason.',
  ],
  ['no type', httpResponse('<p>', 403), '', 'the response (without a content type) gives no reason.'],
  [
    'broken JSON',
    httpResponse('{', 403, { 'content-type': 'text/json' }),
    '',
    'the response gives no reason.',
  ],
  [
    'a problem',
    httpResponse('{}', 403, { 'content-type': 'application/problem+JSON' }),
    '',
    'the response gives no reason.',
  ],
  [
    'what is endlessly nested',
    httpResponse(`{"error":{"message":"No.","more":${'['.repeat(300)}${']'.repeat(300)}}}`, 403),
    '',
    'the response (without a content type) gives no reason.',
  ],
])('of a refusal that is %s, the message is quoted', (_, response, code, words) => {
  expect(graphError(LINE, response, NOW).message).toBe(
    `Graph responded with 403${code} to ${LINE}: ${words}`,
  );
});

test('a response that Graph does not document is reported with a guess at the sender', () => {
  const cause = new Error('inner');
  const response = httpResponse('<p>', 200, { 'request-id': REQUEST_ID });
  const error = unexpectedResponse(LINE, response, 'the response is a list', cause);
  expect({ ...error, message: error.message, cause: error.cause }).toEqual({
    name: 'PluginError',
    code: 'GRAPH_UNEXPECTED',
    message: `Graph responded with 200 to ${LINE}, but the response is a list.`,
    hint: 'A proxy may have responded in its place. Retry, and report the request id if it happens again.',
    status: 200,
    requestId: REQUEST_ID,
    cause,
  });
});

test.each([
  [REQUEST_ID, REQUEST_ID],
  ['a', 'a'],
  ['a'.repeat(64), 'a'.repeat(64)],
  ['a'.repeat(65), undefined],
  ['a b', undefined],
  [' a', undefined],
  ['a"', undefined],
  ['', undefined],
  [undefined, undefined],
])('the request id %s is shown as %s', (id, outcome) => {
  expect(requestIdOf(httpResponse('', 200, id === undefined ? {} : { 'request-id': id }))).toBe(outcome);
});
