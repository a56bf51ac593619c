import { identityOf } from '../../src/auth/identity';
import { CLOUDS } from '../../src/config/clouds';
import { readConfig } from '../../src/config/config';
import { createPlugin } from '../../src/plugin';
import { errorText } from '../support/outcome';
import { recordedPlugin } from '../support/recorder';

const NOT_FOUND = {
  status: 404,
  headers: {},
  body: '{"error":{"code":"NotFound","message":"No such segment."}}',
};

/** The flow that parameters ask for. */
function flowOf(params: object): string {
  return identityOf(readConfig({ app_id: 'app', tenant_id: 'contoso.com', ...params }).login).flow;
}

function refusal(params: object): Promise<string> {
  return createPlugin({ params: { app_id: 'app', ...params } })
    .execute('test-module')
    .then(errorText);
}

test.each([
  [{}, 'device-code'],
  [{ credentials: { password: 'not used' } }, 'device-code'],
  [{ client_credentials: true, credentials: { password: 's' } }, 'client-secret'],
  [{ client_credentials: 'true', credentials: { password: 's' } }, 'client-secret'],
  [{ use_managed_identities: true, credentials: { password: 's' } }, 'managed-identity'],
  [{ use_ambient_identity: true }, 'ambient'],
  [{ use_managed_identities: 'false', use_ambient_identity: '', client_credentials: null }, 'device-code'],
])('%j is the flow %s', (params, flow) => {
  expect(flowOf(params)).toBe(flow);
});

test.each([
  [['use_managed_identities', 'client_credentials']],
  [['use_managed_identities', 'use_ambient_identity']],
  [['use_ambient_identity', 'client_credentials']],
  [['use_managed_identities', 'use_ambient_identity', 'client_credentials']],
])('%j exclude each other', async (boxes) => {
  const text = await refusal(Object.fromEntries(boxes.map((box) => [box, true])));
  expect(text).toContain(`The parameters ${boxes.join(' and ')} exclude each other.`);
  expect(text).toContain('Tick one of them.');
});

describe('a device code login', () => {
  test('asks any tenant of an organisation unless one is given', () => {
    const { login } = readConfig({ app_id: 'app' });
    expect(identityOf(login)).toMatchObject({ tenant: 'organizations', clientId: 'app', seed: undefined });
  });

  test('takes a refresh token from behind the application id, and no further secret', () => {
    const { login } = readConfig({ app_id: 'app@1.AbC@dEf', credentials: { password: 's' } });
    expect(identityOf(login)).toEqual({
      flow: 'device-code',
      tenant: 'organizations',
      clientId: 'app',
      seed: '1.AbC@dEf',
    });
  });

  test.each([{}, { app_id: '@token' }])('needs an application (%j)', async (params) => {
    expect(await refusal({ app_id: undefined, ...params })).toContain('The parameter app_id is needed');
  });
});

describe('the cloud', () => {
  test.each(Object.values(CLOUDS))('follows from its login: $login', ({ login, graph }) => {
    expect(readConfig({ azure_ad_endpoint: login })).toMatchObject({ authority: login, graph });
    expect(readConfig({ azure_ad_endpoint: `${login}/` })).toMatchObject({ authority: login, graph });
  });

  test('is the worldwide one unless something else is said', () => {
    expect(readConfig({})).toMatchObject({
      authority: 'https://login.microsoftonline.com',
      graph: 'https://graph.microsoft.com',
    });
  });

  test('has another Graph where graph_endpoint names it', () => {
    const params = { azure_ad_endpoint: CLOUDS.china.login, graph_endpoint: 'https://localhost:8443' };
    expect(readConfig(params)).toMatchObject({
      authority: CLOUDS.china.login,
      graph: 'https://localhost:8443',
    });
  });

  test('of Germany is refused by name', async () => {
    expect(await refusal({ azure_ad_endpoint: 'https://login.microsoftonline.de' })).toBe(
      'The parameter azure_ad_endpoint is https://login.microsoftonline.de, a cloud that Microsoft closed in 2021.\nChoose https://login.microsoftonline.com.',
    );
  });

  test.each(['http://localhost:8443', 'https://login.contoso.com/tenant', 'login.microsoftonline.com'])(
    'is an https origin, and %s is none',
    async (azure_ad_endpoint) => {
      expect(await refusal({ azure_ad_endpoint })).toContain('azure_ad_endpoint');
    },
  );

  test('of a login that is nobody we know needs its Graph named', async () => {
    expect(await refusal({ azure_ad_endpoint: 'https://login.contoso.com' })).toContain(
      'The parameter graph_endpoint is not set, and cannot follow from the login origin https://login.contoso.com.',
    );
  });

  test.each(['usGovernment', 'china'] as const)(
    '%s has no threat intelligence, and errors say so',
    async (name) => {
      const { login, graph } = CLOUDS[name];
      const { plugin } = recordedPlugin(() => NOT_FOUND, { azure_ad_endpoint: login });
      const reminder = `Microsoft offers threat intelligence in its worldwide cloud only, not at ${graph}.`;
      for (const command of ['test-module', 'msg-defender-threat-intel-auth-test'])
        expect(errorText(await plugin.execute(command))).toContain(reminder);
      const unknown = await plugin.execute('msg-defender-threat-intel-host', { host_id: 'contoso.com' });
      expect(errorText(unknown)).toContain(reminder);
    },
  );

  test('of the world is not reminded of', async () => {
    const { plugin } = recordedPlugin(() => NOT_FOUND);
    expect(errorText(await plugin.execute('test-module'))).not.toContain('worldwide cloud');
  });
});
