import { graphError, requestIdOf, unexpectedResponse } from '../../src/graph/error';
import { answer } from '../support/answer';

const LINE = 'GET /v1.0/security/threatIntelligence/articles';
const NOW = Date.parse('2026-03-01T12:00:00Z');
const REQUEST_ID = 'aaaabbbb-0000-cccc-1111-dddd2222eeee';

const PERMISSION =
  'The application needs the permission ThreatIntelligence.Read.All with admin consent, in a tenant with Defender XDR or Sentinel.';
const REDIRECT =
  'Graph does not send anybody elsewhere, so the redirect was not followed: a proxy or a login page may stand in between.';
const ARGUMENTS = 'Check odata and the other arguments: Graph names what it could not use.';
const LOGIN = 'Run !msg-defender-threat-intel-auth-test, and check tenant, application and credentials.';
const LATER = 'Ask again after the time that the service named, or for fewer things at once.';
const ILL = 'The service is ill: ask again in a few minutes.';

test.each([
  [300, 'GRAPH_UNEXPECTED', REDIRECT],
  [302, 'GRAPH_UNEXPECTED', REDIRECT],
  [399, 'GRAPH_UNEXPECTED', REDIRECT],
  [400, 'GRAPH_BAD_REQUEST', ARGUMENTS],
  [401, 'GRAPH_UNAUTHORIZED', LOGIN],
  [403, 'GRAPH_FORBIDDEN', PERMISSION],
  [404, 'GRAPH_NOT_FOUND', 'Check the id: it must be one that a list command showed.'],
  [405, 'GRAPH_BAD_REQUEST', undefined],
  [408, 'GRAPH_UNAVAILABLE', 'Ask again, or ask for less at once.'],
  [429, 'GRAPH_THROTTLED', LATER],
  [499, 'GRAPH_BAD_REQUEST', undefined],
  [500, 'GRAPH_UNAVAILABLE', ILL],
  [599, 'GRAPH_UNAVAILABLE', ILL],
  [600, 'GRAPH_UNEXPECTED', undefined],
  [199, 'GRAPH_UNEXPECTED', undefined],
] as const)('%d is %s, and the hint says what to do', (status, code, hint) => {
  const response = answer({ error: { code: 'Some.Code', message: 'Words of the service.' } }, status, {
    'request-id': REQUEST_ID,
    'retry-after': '7',
  });
  const error = graphError(LINE, response, NOW);
  expect({ ...error, message: error.message }).toEqual({
    name: 'PluginError',
    code,
    message: `Graph answered ${status} Some.Code to ${LINE}: Words of the service.`,
    hint,
    status,
    requestId: REQUEST_ID,
    retryAfter: 7,
  });
});

test.each([
  [403, PERMISSION, 'GRAPH_FORBIDDEN'],
  [409, 'Ask again later.', 'GRAPH_THROTTLED'],
  [509, ILL, 'GRAPH_UNAVAILABLE'],
])('a limit of activity under %d is told by what can be done about it', (status, hint, code) => {
  const response = answer({ error: { code: 'activityLimitReached', message: 'Too much.' } }, status);
  expect(graphError(LINE, response, NOW)).toMatchObject({ code, hint });
});

test.each([
  ['Graph’s form', answer({ error: { code: 'Odd', message: 'Not so.' } }, 403), ' Odd', 'Not so.'],
  ['a code alone', answer({ error: { code: 'Odd' } }, 403), ' Odd', 'the answer says no more.'],
  ['words alone', answer({ error: { message: 'Not so.' } }, 403), '', 'Not so.'],
  ['blank words', answer({ error: { code: '', message: ' \u0007' } }, 403), '', 'the answer says no more.'],
  ['objects for words', answer({ error: { code: {}, message: [] } }, 403), '', 'the answer says no more.'],
  ['the login’s form', answer({ error: 'denied', error_description: 'No.' }, 403), ' denied', 'No.'],
  ['a gateway’s form', answer({ message: 'No key.' }, 403), '', 'No key.'],
  ['another gateway’s form', answer({ Message: 'No key.' }, 403), '', 'No key.'],
  ['a list', answer([{ message: 'No.' }], 403), '', 'the answer says no more.'],
  ['null', answer(null, 403), '', 'the answer says no more.'],
  ['nothing', answer('', 403), '', 'the answer is empty.'],
  ['blanks', answer(' \n', 403, { 'content-type': 'text/plain' }), '', 'the answer is empty.'],
  ['a text', answer('Not today', 403, { 'content-type': 'text/plain; charset=utf-8' }), '', 'Not today'],
  ['HTML', answer('<p>', 403, { 'content-type': 'text/html' }), '', 'the answer (text/html) says no more.'],
  ['no type', answer('<p>', 403), '', 'the answer (of no stated type) says no more.'],
  ['broken JSON', answer('{', 403, { 'content-type': 'text/json' }), '', 'the answer says no more.'],
  [
    'a problem',
    answer('{}', 403, { 'content-type': 'application/problem+JSON' }),
    '',
    'the answer says no more.',
  ],
  [
    'what is nested without end',
    answer(`{"error":{"message":"No.","more":${'['.repeat(300)}${']'.repeat(300)}}}`, 403),
    '',
    'the answer (of no stated type) says no more.',
  ],
])('of a refusal that is %s, what it says is told', (_, response, code, words) => {
  expect(graphError(LINE, response, NOW).message).toBe(`Graph answered 403${code} to ${LINE}: ${words}`);
});

test('what is not what Graph documents is told with a guess at who answered', () => {
  const cause = new Error('inner');
  const response = answer('<p>', 200, { 'request-id': REQUEST_ID });
  const error = unexpectedResponse(LINE, response, 'the answer is a list', cause);
  expect({ ...error, message: error.message, cause: error.cause }).toEqual({
    name: 'PluginError',
    code: 'GRAPH_UNEXPECTED',
    message: `Graph answered 200 to ${LINE}, but the answer is a list.`,
    hint: 'A proxy may have answered in its place; ask again, and report the request id if it stays so.',
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
])('the request id %s is told as %s', (id, told) => {
  expect(requestIdOf(answer('', 200, id === undefined ? {} : { 'request-id': id }))).toBe(told);
});
