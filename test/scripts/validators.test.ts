// cspell:ignore directon
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkArguments } from '../../src/manifest/check-arguments';
import type { CommandName } from '../../src/manifest/generated/types';
import { kindValidators, validateInvocation } from '../../src/manifest/generated/validators';
import { raised } from '../support/raised';

const HOST = 'msg-defender-threat-intel-host';
const ARTICLES = 'msg-defender-threat-intel-article-list';
const PAIRS = 'msg-defender-threat-intel-host-pairs-list';

test.each<[CommandName, object]>([
  [HOST, { host_id: ['contoso.com', '192.0.2.1'], odata: '$select=id' }],
  [ARTICLES, {}],
  [ARTICLES, { article_id: 'a272d5ab', search: 'Storm', limit: 1, all_results: true }],
  [PAIRS, { host_id: 'contoso.com', direction: 'parent' }],
])('%s takes %j', (command, args) => {
  expect(checkArguments(command, args as never)).toEqual(args);
});

test.each<[CommandName, object, code: string, message: string]>([
  [HOST, {}, 'ARGUMENT_MISSING', `${HOST} needs the argument host_id.`],
  [HOST, { host_id: [] }, 'ARGUMENT_MISSING', `${HOST} needs the argument host_id.`],
  [HOST, { host_id: { deep: 1 } }, 'ARGUMENT_INVALID', 'host_id: [{"deep":1}] is not a list of strings.'],
  [ARTICLES, { limit: 0 }, 'ARGUMENT_INVALID', 'limit: 0 is too low; use a whole number, 1 or higher.'],
  [ARTICLES, { limit: 1.5 }, 'ARGUMENT_INVALID', 'limit: 1.5 is not a whole number, 1 or higher.'],
  [ARTICLES, { limit: 'abc' }, 'ARGUMENT_INVALID', 'limit: "abc" is not a whole number, 1 or higher.'],
  [ARTICLES, { all_results: 'yes' }, 'ARGUMENT_INVALID', 'all_results: "yes" is not true or false.'],
  [ARTICLES, { article_id: ['a'] }, 'ARGUMENT_INVALID', 'article_id: ["a"] is not a string.'],
  [ARTICLES, { host_id: 'contoso.com' }, 'ARGUMENT_UNKNOWN', `${ARTICLES} has no argument "host_id".`],
  [ARTICLES, { toString: 'x' }, 'ARGUMENT_UNKNOWN', `${ARTICLES} has no argument "toString".`],
  [
    PAIRS,
    { host_id: 'contoso.com', direction: 'up' },
    'ARGUMENT_INVALID',
    'direction: "up" is not one of both, parent, child.',
  ],
])('%s rejects %j', async (command, args, code, message) => {
  expect(await raised(() => checkArguments(command, args as never))).toMatchObject({ code, message });
});

test.each<[CommandName, object, hint: string]>([
  [HOST, { hostid: 'contoso.com' }, `Did you mean host_id? Arguments: host_id, odata.`],
  [
    HOST,
    { host_id: ['contoso.com'], 'odata ': '$select=id' },
    `Did you mean odata? Arguments: host_id, odata.`,
  ],
  [HOST, { host_id: ['contoso.com'], using: 'x' }, `Arguments: host_id, odata.`],
  [PAIRS, { host_id: 'contoso.com', directon: 'parent' }, 'Did you mean direction? '],
])('%s suggests the argument next to a mistyped one: %j', async (command, args, hint) => {
  expect(await raised(() => checkArguments(command, args as never))).toMatchObject({
    code: 'ARGUMENT_UNKNOWN',
    hint: expect.stringContaining(hint),
  });
});

test('a long value is cut at 100 characters in the message', async () => {
  const error = await raised(() => checkArguments(ARTICLES, { limit: 'x'.repeat(1000) }));
  expect(error.message).toBe(`limit: "${'x'.repeat(99)}… is not a whole number, 1 or higher.`);
});

test.each([
  [{ command: 'test-module', args: {}, params: null, integrationContext: {}, lastRun: null, id: 7 }, true],
  [null, false],
  [[], false],
  [{ args: {} }, false],
  [{ command: '' }, false],
  [{ command: 'test-module', params: [] }, false],
])('the invocation %j is valid: %s', (document, valid) => {
  expect(validateInvocation(document)).toBe(valid);
});

test('a string of blanks is not a string, and an empty list is not a list', () => {
  expect(kindValidators.text(' ')).toBe(false);
  expect(kindValidators.list([])).toBe(false);
});

test('nothing of ajv is needed to check', () => {
  const code = readFileSync(join(__dirname, '../../src/manifest/generated/validators.js'), 'utf8');
  expect(code).not.toMatch(/require\(|\bimport\b/);
});
