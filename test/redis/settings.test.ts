import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSharedSettings } from '../../src/redis/settings';
import { raised } from '../support/raised';

const folder = mkdtempSync(join(tmpdir(), 'mdti-shared-'));
const key = join(folder, 'mdti.key');
writeFileSync(key, 'ab'.repeat(32), { mode: 0o600 });
const ADDRESS = 'redis://redis.contoso.com:6379';

test.each([
  ['MDTI_SHARED is not the address of a Redis server.', { MDTI_SHARED: ' ' }],
  ['MDTI_SHARED is not the address of a Redis server.', { MDTI_SHARED: 'redis://redis.contoso.com:99999' }],
  ['MDTI_SHARED contains a password.', { MDTI_SHARED: 'redis://user:hunter2@redis.contoso.com' }],
  [
    'MDTI_SHARED contains a user name that is not percent-encoded.',
    { MDTI_SHARED: 'redis://%zz@contoso.com' },
  ],
  ['MDTI_SHARED_RATE: " " is not a rate.', { MDTI_SHARED: ADDRESS, MDTI_SHARED_RATE: ' ' }],
  ['MDTI_SHARED_RATE: "1e400" is not a rate.', { MDTI_SHARED: ADDRESS, MDTI_SHARED_RATE: '1e400' }],
  [`${folder} is a folder.`, { MDTI_SHARED: ADDRESS, MDTI_SHARED_KEY_FILE: folder }],
  ['/absent does not exist.', { MDTI_SHARED: ADDRESS, MDTI_SHARED_PASSWORD_FILE: '/absent' }],
  ['/absent does not exist.', { MDTI_SHARED: ADDRESS, MDTI_SHARED_CA_FILE: '/absent' }],
])('%s', async (message, environment) => {
  const error = await raised(() => readSharedSettings({ MDTI_SHARED_KEY_FILE: key, ...environment }));
  expect(error).toMatchObject({ code: 'CONFIG_INVALID', message });
  expect(JSON.stringify([error.message, error.hint])).not.toContain('hunter2');
});

test('a user name is decoded', () => {
  const environment = { MDTI_SHARED: 'rediss://a%40b@redis.contoso.com/2', MDTI_SHARED_KEY_FILE: key };
  expect(readSharedSettings(environment)).toMatchObject({ username: 'a@b', rate: undefined });
});
