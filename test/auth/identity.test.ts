import { identityKey, identityOf } from '../../src/auth/identity';
import { CLOUDS } from '../../src/config/clouds';
import { readConfig } from '../../src/config/config';
import { openEngine } from '../../src/engine/engine';
import { errorText } from '../support/outcome';
import { recordedPlugin } from '../support/recorder';

const NOT_FOUND = {
  status: 404,
  headers: {},
  body: '{"error":{"code":"NotFound","message":"No such segment."}}',
};

const BOTH = { client_credentials: true, credentials: { password: 's' } };

/** The flow that parameters request. */
function flowOf(params: object): string {
  return identityOf(readConfig({ app_id: 'app', tenant_id: 'contoso.com', ...params }).login).flow;
}

async function refusal(params: object): Promise<string> {
  const outcome = await openEngine({ params: { app_id: 'app', ...params } }).execute('test-module');
  expect(outcome.errors).toMatchObject([{ code: 'CONFIG_INVALID' }]);
  return errorText(outcome);
}

test.each([
  [{}, 'device-code'],
  [{ credentials: { password: 'not used' } }, 'device-code'],
  [{ client_credentials: true, credentials: { password: 's' } }, 'client-secret'],
  [{ client_credentials: 'true', credentials: { password: 's' } }, 'client-secret'],
  [{ use_managed_identities: true, credentials: { password: 's' } }, 'managed-identity'],
  [
    { use_managed_identities: true, client_credentials: true, credentials: { password: 's' } },
    'managed-identity',
  ],
  [{ ...BOTH, creds_certificate: { identifier: 'a', password: '' } }, 'client-secret'],
  [{ ...BOTH, creds_certificate: { identifier: '', password: 'b' } }, 'client-secret'],
  [{ use_ambient_identity: true }, 'ambient'],
  [{ use_managed_identities: 'false', use_ambient_identity: '', client_credentials: null }, 'device-code'],
])('%j is the flow %s', (params, flow) => {
  expect(flowOf(params)).toBe(flow);
});

test.each([
  [['use_managed_identities', 'use_ambient_identity']],
  [['use_ambient_identity', 'client_credentials']],
  [['use_managed_identities', 'use_ambient_identity', 'client_credentials']],
])('%j cannot be combined', async (boxes) => {
  const text = await refusal(Object.fromEntries(boxes.map((box) => [box, true])));
  expect(text).toBe(`The parameters ${boxes.join(' and ')} cannot be combined.\nSelect one of them.`);
});

describe('a sign-in with client credentials', () => {
  const SET = 'Set it in the configuration of the integration instance.';
  const ONE = 'Set one of credentials and creds_certificate.';
  const secret = { credentials: { password: 's' } };
  const certificate = (identifier: string | undefined, password: string | undefined) => ({
    creds_certificate: { identifier, password },
  });

  test.each<[object, string]>([
    [
      {},
      `Client credentials need a client secret (parameter credentials) or a certificate (creds_certificate); neither is set.\n${ONE}`,
    ],
    [
      certificate('a', undefined),
      'The parameter creds_certificate has a thumbprint (its identifier) that has 1 hex digits.\nCopy the thumbprint that Entra shows for the certificate: 40 hex digits (SHA-1) or 64 (SHA-256); colons and spaces do not matter.',
    ],
    [
      certificate(undefined, 'b'),
      `The parameter creds_certificate (its identifier, the thumbprint) is required for this sign-in method and is not set.\n${SET}`,
    ],
    [
      certificate('a'.repeat(40), undefined),
      `The parameter creds_certificate (its password, the private key) is required for this sign-in method and is not set.\n${SET}`,
    ],
    [
      { ...secret, app_id: '' },
      `The parameter app_id is required for this sign-in method and is not set.\n${SET}`,
    ],
    [
      { ...secret, tenant_id: '' },
      `The parameter tenant_id is required for this sign-in method and is not set.\n${SET}`,
    ],
    ...['common', 'Organizations', 'CONSUMERS'].map((tenant_id): [object, string] => [
      { ...secret, tenant_id },
      `The parameter tenant_id is ${tenant_id}, which stands for any tenant; client credentials need a specific tenant.\nSet it to the directory (tenant) ID, or to a verified domain of the tenant.`,
    ]),
  ])('from %j is none, and it says why', async (params, text) => {
    expect(await refusal({ client_credentials: true, tenant_id: 'contoso.com', ...params })).toBe(text);
  });

  test.each(['common.contoso.com', 'mycommon'])('takes the tenant %s', (tenant_id) => {
    const { login } = readConfig({ client_credentials: true, app_id: ' app @x', tenant_id, ...secret });
    expect(identityOf(login)).toEqual({
      flow: 'client-secret',
      tenant: tenant_id,
      clientId: 'app',
      secret: 's',
    });
  });
});

test.each([
  [{ use_managed_identities: true }, 'managed-identity', { clientId: undefined }],
  [
    { use_managed_identities: true, managed_identities_client_id: { password: 'an-id' } },
    'managed-identity',
    { clientId: 'an-id' },
  ],
  [{ use_ambient_identity: true }, 'ambient', { tenant: undefined }],
  [{ use_ambient_identity: true, tenant_id: 'contoso.com' }, 'ambient', { tenant: 'contoso.com' }],
])('%j need no application', (params, flow, rest) => {
  expect(identityOf(readConfig(params).login)).toEqual({ flow, ...rest });
});

describe('a kept login', () => {
  const key = (params: object) => {
    const config = readConfig({ ...params });
    return identityKey(identityOf(config.login), config);
  };

  test.each([
    [
      { app_id: 'app@token', tenant_id: 'contoso.com' },
      'https://login.microsoftonline.com https://graph.microsoft.com contoso.com app device-code',
    ],
    [
      { use_managed_identities: true },
      'https://login.microsoftonline.com https://graph.microsoft.com   managed-identity',
    ],
    [
      { use_ambient_identity: true, tenant_id: 'contoso.com' },
      'https://login.microsoftonline.com https://graph.microsoft.com contoso.com  ambient',
    ],
  ])('of %j is found again by whom it is of and what it is for', (params, name) => {
    expect(key(params)).toBe(name);
  });
});

describe('a device code login', () => {
  test('uses the organizations tenant by default', () => {
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

  test('takes a refresh token without the spaces around it', () => {
    expect(identityOf(readConfig({ app_id: 'app@ 1.AbC @x ' }).login)).toMatchObject({ seed: '1.AbC @x' });
    expect(identityOf(readConfig({ app_id: 'app@ 1.AbC' }).login)).toMatchObject({ seed: '1.AbC' });
  });

  test.each(['app@', ' app @ ', 'app'])('%j brings no refresh token along', (app_id) => {
    expect(identityOf(readConfig({ app_id }).login)).toMatchObject({ clientId: 'app', seed: undefined });
  });

  test.each([{}, { app_id: '@token' }, { app_id: ' @token' }])(
    'needs an application (%j)',
    async (params) => {
      expect(await refusal({ app_id: undefined, ...params })).toBe(
        'The parameter app_id is required for this sign-in method and is not set.\nSet it in the configuration of the integration instance.',
      );
    },
  );
});

describe('the cloud', () => {
  afterEach(() => {
    delete process.env.MDTI_ALLOW_ENDPOINTS;
  });

  test.each(Object.values(CLOUDS))('follows from its login: $login', ({ login, graph }) => {
    expect(readConfig({ azure_ad_endpoint: login })).toMatchObject({ authority: login, graph });
    expect(readConfig({ azure_ad_endpoint: `${login}/` })).toMatchObject({ authority: login, graph });
  });

  test('is the worldwide one by default', () => {
    expect(readConfig({})).toMatchObject({
      authority: 'https://login.microsoftonline.com',
      graph: 'https://graph.microsoft.com',
    });
  });

  test('has another Graph where graph_endpoint names it', () => {
    const params = { azure_ad_endpoint: CLOUDS.china.login, graph_endpoint: 'https://localhost:8443' };
    process.env.MDTI_ALLOW_ENDPOINTS = 'https://localhost:8443';
    expect(readConfig(params)).toMatchObject({
      authority: CLOUDS.china.login,
      graph: 'https://localhost:8443',
    });
  });

  test('of Germany is rejected by name', async () => {
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

  test('of an unknown login service requires graph_endpoint', async () => {
    process.env.MDTI_ALLOW_ENDPOINTS = 'https://login.contoso.com';
    expect(await refusal({ azure_ad_endpoint: 'https://login.contoso.com' })).toContain(
      'The parameter graph_endpoint is not set, and cannot be derived from the login origin https://login.contoso.com.',
    );
  });

  test.each(['usGovernment', 'china'] as const)(
    '%s has no threat intelligence, and errors say so',
    async (name) => {
      const { login, graph } = CLOUDS[name];
      const { plugin } = recordedPlugin(() => NOT_FOUND, { azure_ad_endpoint: login });
      const reminder = `Microsoft offers threat intelligence in its worldwide cloud only, not at ${graph}. Set azure_ad_endpoint to https://login.microsoftonline.com and leave graph_endpoint empty.`;
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
