import { authorityMetadata } from '../../src/auth/msal/authority';
import { openidConfiguration } from '../../src/sandbox/login/discovery';

const LOGIN = 'https://login.microsoftonline.com';
const NEEDED = [
  'authorization_endpoint',
  'device_authorization_endpoint',
  'issuer',
  'jwks_uri',
  'token_endpoint',
];

test('MSAL gets the same endpoints that the login service publishes for a tenant', () => {
  const { authority, knownAuthorities, ...rest } = authorityMetadata(LOGIN, 'contoso.com');
  expect({ authority, knownAuthorities }).toEqual({
    authority: `${LOGIN}/contoso.com`,
    knownAuthorities: ['login.microsoftonline.com'],
  });
  const metadata = JSON.parse(rest.authorityMetadata);
  expect(Object.keys(metadata).sort()).toEqual(NEEDED);
  expect(openidConfiguration(LOGIN, 'contoso.com', 'contoso.com')).toMatchObject(metadata);
});
