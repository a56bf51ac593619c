import { targetOf } from '../../../src/doors/war-room/target';

const tenant = (params: Parameters<typeof targetOf>[0]) => targetOf(params, false);

test('the target of a tenant is the same in every version, so that its investigations open', () => {
  expect(tenant({ tenant_id: 'contoso.com' })).toEqual({ kind: 'tenant', fingerprint: 'fae512e70c5d3875' });
});

test('spaces, capitals and empty parameters do not make another target', () => {
  expect(tenant({ tenant_id: ' Contoso.com ', azure_ad_endpoint: '' })).toEqual(
    tenant({ tenant_id: 'contoso.com' }),
  );
});

test.each([
  ['another tenant', { tenant_id: 'fabrikam.example' }],
  ['another login service', { tenant_id: 'contoso.com', azure_ad_endpoint: 'https://login.example' }],
  ['another Graph', { tenant_id: 'contoso.com', graph_endpoint: 'https://graph.example' }],
  ['a name that is continued in the next parameter', { tenant_id: 'contoso', azure_ad_endpoint: '.com' }],
])('%s is another target', (_, params) => {
  expect(tenant(params)).toEqual({ kind: 'tenant', fingerprint: expect.stringMatching(/^[\da-f]{16}$/) });
  expect(tenant(params)).not.toEqual(tenant({ tenant_id: 'contoso.com' }));
});

test.each(['https://localhost:4000', 'https://127.0.0.1', 'https://127.10.20.30:1', 'https://[::1]:4000'])(
  'a Graph at %s is a sandbox',
  (address) => {
    expect(tenant({ graph_endpoint: address })).toEqual({ kind: 'sandbox' });
  },
);

test.each([
  'https://localhost.example',
  'https://my-localhost',
  'https://127.0.0.1.example',
  'localhost',
  'not an address',
  undefined,
  ['https://localhost'],
])('a Graph at %s is not', (address) => {
  expect(tenant({ graph_endpoint: address }).kind).toBe('tenant');
});

test('a sandbox that was started for the console has no fingerprint of a tenant', () => {
  expect(targetOf({ tenant_id: 'contoso.com' }, true)).toEqual({ kind: 'sandbox' });
});
