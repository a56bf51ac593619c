import { join } from 'node:path';
import { jsonLog } from '../../src/base/log';
import { splitAppId } from '../../src/config/app-id';
import { refuseRefreshToken } from '../../src/doors/cli/config/flags';
import { layersOf } from '../../src/doors/cli/config/layers';
import { configVerb } from '../../src/doors/cli/config/verb';
import { openEngine } from '../../src/engine/engine';
import { budgetName } from '../../src/engine/open-budget';

const TOKEN = '1.AbCdEfGhIjKlMnOp@qRsTuVwXyZ';
const APP_ID = `00001111-aaaa-2222-bbbb-3333cccc4444@${TOKEN}`;

test.each([
  [APP_ID, { clientId: '00001111-aaaa-2222-bbbb-3333cccc4444', refreshToken: TOKEN }],
  [' app @ ', { clientId: 'app', refreshToken: undefined }],
  ['app', { clientId: 'app', refreshToken: undefined }],
  [undefined, { clientId: '', refreshToken: undefined }],
  [{ toString: null }, { clientId: '', refreshToken: undefined }],
])('%j is split', (value, halves) => {
  expect(splitAppId(value)).toEqual(halves);
});

test('a refresh token in an option is rejected, and the refusal does not repeat it', () => {
  expect(() => layersOf({ flags: [`app_id=${APP_ID}`] }, {})).toThrow(
    '--param app_id contains a refresh token, which is a secret.',
  );
  expect(() => refuseRefreshToken('--app-id', APP_ID)).toThrow(
    /^--app-id contains a refresh token, which is a secret\.$/,
  );
  expect(() => refuseRefreshToken('--app-id', 'app')).not.toThrow();
});

test('config check masks it', () => {
  const { text } = configVerb(
    { words: ['check'] },
    { MDTI_CONFIG: join(__dirname, 'absent.json'), MDTI_APP_ID: APP_ID },
  );
  expect(text).toContain('00001111-aaaa-2222-bbbb-3333cccc4444@***');
  expect(text).not.toContain('AbCdEf');
});

test('it is in no budget name: two refresh tokens of one application share a budget', () => {
  expect(budgetName({ app_id: APP_ID })).toBe(budgetName({ app_id: `${splitAppId(APP_ID).clientId}@other` }));
});

test('a login service that echoes it does not get it into errors or logs', async () => {
  const log: string[] = [];
  const engine = openEngine({
    params: { app_id: APP_ID },
    log: jsonLog('debug', (line) => log.push(line)),
    transport: async () => ({
      status: 400,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ error: 'invalid_grant', error_description: `The token ${TOKEN} has expired.` }),
    }),
  });
  const { entries, errors } = await engine.execute('msg-defender-threat-intel-host', {
    host_id: 'contoso.com',
  });
  const said = JSON.stringify([entries, errors, log]);
  expect(said).toContain('The token *** has expired.');
  expect(said).not.toContain(TOKEN);
});
