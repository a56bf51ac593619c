import { checkArguments } from '../../src/manifest/check-arguments';
import type { CommandName } from '../../src/manifest/generated/types';
import { raised } from '../support/raised';

const P = 'msg-defender-threat-intel-';
const HOST = `${P}host`;
const ARTICLES = `${P}article-list`;
const PAIRS = `${P}host-pairs-list`;
const START = `${P}auth-start`;
const GRAPH = `${P}expand`;

test.each<[string, object, object]>([
  [ARTICLES, { limit: '+5' }, { limit: 5 }],
  [ARTICLES, { limit: ' 250 ' }, { limit: 250 }],
  [ARTICLES, { all_results: true }, { all_results: true }],
  [ARTICLES, { all_results: ' TRUE ' }, { all_results: true }],
  [ARTICLES, { all_results: 'False' }, { all_results: false }],
  [ARTICLES, { article_id: 12, search: true }, { article_id: '12', search: 'true' }],
  [ARTICLES, { article_id: null, search: '', odata: ' ', limit: '\n', all_results: undefined }, {}],
  [PAIRS, { host_id: 'contoso.com', direction: ' CHILD ' }, { host_id: 'contoso.com', direction: 'child' }],
  [HOST, { host_id: 12 }, { host_id: ['12'] }],
  [HOST, { host_id: [12, null, undefined, ' ', ' a '] }, { host_id: ['12', 'a'] }],
  [HOST, { host_id: '"a","b"' }, { host_id: ['"a"', '"b"'] }],
  [HOST, { host_id: '12' }, { host_id: ['12'] }],
])('%s reads %j as %j', (command, typed, read) => {
  expect(checkArguments(command as CommandName, typed as never)).toEqual(read);
});

test('a choice between numbers accepts a number', () => {
  expect(checkArguments(GRAPH as CommandName, { seeds: 'contoso.com', hops: 2 })).toMatchObject({
    hops: '2',
  });
});

const LISTS = 'Use a list of strings, a JSON array of strings, or a comma-separated string.';
const ARTICLES_TAKES = `Arguments: article_id, search, odata, limit, all_results.`;
const HALF = 'the text contains an unpaired surrogate.';

test.each<[string, unknown, code: string, message: string, hint: string]>([
  [
    HOST,
    'contoso.com',
    'ARGUMENT_INVALID',
    `The arguments of ${HOST} are not an object.`,
    'Pass {name: value}.',
  ],
  [
    HOST,
    ['contoso.com'],
    'ARGUMENT_INVALID',
    `The arguments of ${HOST} are not an object.`,
    'Pass {name: value}.',
  ],
  [START, { user: 'x' }, 'ARGUMENT_UNKNOWN', `${START} has no argument "user".`, 'It has no arguments.'],
  [ARTICLES, { id: 'x' }, 'ARGUMENT_UNKNOWN', `${ARTICLES} has no argument "id".`, ARTICLES_TAKES],
  [
    HOST,
    { odata: '$select=id' },
    'ARGUMENT_MISSING',
    `${HOST} needs the argument host_id.`,
    `Arguments: host_id, odata.`,
  ],
  [
    HOST,
    { host_id: { toString: null } },
    'ARGUMENT_INVALID',
    'host_id: [{"toString":null}] is not a list of strings.',
    LISTS,
  ],
  [ARTICLES, { limit: 'x5' }, 'ARGUMENT_INVALID', 'limit: "x5" is not a whole number, 1 or higher.', ''],
  [
    ARTICLES,
    { limit: '-5' },
    'ARGUMENT_INVALID',
    'limit: -5 is too low; use a whole number, 1 or higher.',
    '',
  ],
  [ARTICLES, { limit: '5.' }, 'ARGUMENT_INVALID', 'limit: "5." is not a whole number, 1 or higher.', ''],
  [
    ARTICLES,
    { limit: 'x'.repeat(98) },
    'ARGUMENT_INVALID',
    `limit: "${'x'.repeat(98)}" is not a whole number, 1 or higher.`,
    '',
  ],
  [PAIRS, { direction: true }, 'ARGUMENT_INVALID', 'direction: true is not one of both, parent, child.', ''],
  [
    PAIRS,
    { direction: 'Up ' },
    'ARGUMENT_INVALID',
    'direction: "Up " is not one of both, parent, child.',
    '',
  ],
  [ARTICLES, { search: 'a\ud800' }, 'ARGUMENT_INVALID', `search: ${HALF}`, 'Type the text again.'],
  [
    HOST,
    { host_id: ['contoso.com', 'a\udc00'] },
    'ARGUMENT_INVALID',
    `host_id: ${HALF}`,
    'Type the text again.',
  ],
])('%s rejects %j', async (command, args, code, message, hint) => {
  const error = await raised(() => checkArguments(command as CommandName, args as never));
  expect({ code: error.code, message: error.message, hint: error.hint ?? '' }).toEqual({
    code,
    message,
    hint,
  });
});

test('a value that JSON cannot contain is named by its type', async () => {
  const endless: Record<string, unknown> = {};
  endless.self = endless;
  const message = async (limit: unknown) => (await raised(() => checkArguments(ARTICLES, { limit }))).message;
  expect(await message(endless)).toBe(
    'limit: a value of the type object is not a whole number, 1 or higher.',
  );
  expect(await message(5n)).toBe('limit: a value of the type bigint is not a whole number, 1 or higher.');
  expect(await message(() => 5)).toContain('limit: a value of the type function is not');
});

test('one command takes up to 50,000 observables, as a list or as text, and suggests mdti enrich for more', async () => {
  const hosts = Array.from({ length: 50_001 }, (_, at) => `n${at}.example`);
  for (const host_id of [hosts, hosts.join(), JSON.stringify(hosts)])
    expect(await raised(() => checkArguments(HOST as CommandName, { host_id }))).toMatchObject({
      code: 'ARGUMENT_INVALID',
      message: 'host_id has 50,001 values; one command takes 50,000.',
      hint: expect.stringContaining('mdti enrich'),
    });
  expect(checkArguments(HOST as CommandName, { host_id: hosts.slice(1) }).host_id).toHaveLength(50_000);
});
