import { readConfig } from '../../src/config/config';
import { raised } from '../support/raised';

const LONG = 'eyJ-'.repeat(20_000);

test.each([
  ['app_id', { app_id: LONG }],
  ['tenant_id', { app_id: 'a', tenant_id: LONG }],
  ['credentials', { app_id: 'a', tenant_id: 'b', credentials: { identifier: '', password: LONG } }],
  ['graph_endpoint', { graph_endpoint: LONG }],
] as const)(
  'a value of %s with 80,000 characters is an error that does not repeat it',
  async (name, params) => {
    expect(await raised(() => readConfig(params))).toMatchObject({
      code: 'CONFIG_INVALID',
      message: `The parameter ${name} has 80,000 characters.`,
      hint: 'Use at most 65,536.',
    });
  },
);

test.each([
  ['tenant_id', { app_id: 'a', tenant_id: 'a\ud800' }],
  ['app_id', { app_id: '\udc00' }],
  ['credentials', { app_id: 'a', tenant_id: 'b', credentials: { identifier: '', password: '\ud800' } }],
] as const)('half of a character in %s is an error that names it', async (name, params) => {
  expect(await raised(() => readConfig(params))).toMatchObject({
    code: 'CONFIG_INVALID',
    message: `The parameter ${name} contains an unpaired surrogate.`,
  });
});
