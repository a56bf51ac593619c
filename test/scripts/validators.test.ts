import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Validate, validateInvocation, validators } from '../../src/manifest/generated/validators';

const host = validators['msg-defender-threat-intel-host'];
const articles = validators['msg-defender-threat-intel-article-list'];

test.each([
  [host, { host_id: ['contoso.com', '192.0.2.1'], odata: '$select=id' }],
  [articles, {}],
  [articles, { article_id: 'a272d5ab', search: 'Storm', limit: 1, all_results: true }],
  [
    validateInvocation,
    { command: 'test-module', args: {}, params: null, integrationContext: {}, lastRun: null, id: 7 },
  ],
])('fits: %#', (validate, value) => {
  expect(findings(validate, value)).toEqual([]);
});

test.each([
  [host, {}, 'required '],
  [host, { host_id: [] }, 'minItems /host_id'],
  [host, { host_id: 'contoso.com' }, 'type /host_id'],
  [host, { host_id: ['contoso.com', ' '] }, 'pattern /host_id/1'],
  [articles, { limit: 0 }, 'minimum /limit'],
  [articles, { limit: 1.5 }, 'type /limit'],
  [articles, { limit: 'abc' }, 'type /limit'],
  [articles, { all_results: 'yes' }, 'type /all_results'],
  [articles, { article_id: '' }, 'pattern /article_id'],
  [articles, { host_id: 'contoso.com' }, 'additionalProperties '],
  [validateInvocation, null, 'type '],
  [validateInvocation, [], 'type '],
  [validateInvocation, { args: {} }, 'required '],
  [validateInvocation, { command: '' }, 'pattern /command'],
  [validateInvocation, { command: 'test-module', params: [] }, 'type /params'],
])('does not fit: %#, %j', (validate, value, expected) => {
  expect(findings(validate, value)).toEqual([expected]);
});

test('every finding is told, not only the first', () => {
  expect(findings(articles, { limit: -1, all_results: 1, colour: 'blue' })).toHaveLength(3);
});

test('nothing of ajv is needed to check', () => {
  const code = readFileSync(join(__dirname, '../../src/manifest/generated/validators.js'), 'utf8');
  expect(code).not.toMatch(/require\(|\bimport\b/);
});

function findings(validate: Validate, value: unknown): string[] {
  validate(value);
  return (validate.errors ?? []).map(({ keyword, instancePath }) => `${keyword} ${instancePath}`);
}
