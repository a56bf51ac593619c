import { type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from '../support/case';
import { ellipticKey, makeRegistered, type Registered } from '../support/identity';
import { instance } from '../support/instance';

let registered: Registered;
let sandbox: Sandbox;
beforeAll(async () => {
  registered = await makeRegistered();
  sandbox = await startSandbox({ world: WORLD, certificates: [registered.certificate] });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const TENANT = 'aaaabbbb-0000-cccc-1111-dddd2222eeee';
const APPLICATION = '00001111-aaaa-2222-bbbb-3333cccc4444';

function certificate(identifier: string | undefined, password: string | undefined) {
  return { credentials: null, creds_certificate: { identifier, password } };
}

function logins() {
  return sandbox.requests.filter(({ method }) => method === 'POST');
}

describe('a secret', () => {
  test('is posted once to the tenant, for all that the application may do on Graph', async () => {
    expect(await instance(sandbox).says('test-module')).toBe('ok');
    expect(logins()).toMatchObject([
      {
        path: expect.stringContaining(`/${TENANT}/oauth2/v2.0/token?client-request-id=`),
        form: {
          grant_type: 'client_credentials',
          client_id: APPLICATION,
          client_secret: '(hidden)',
          scope: `${sandbox.origin}/.default`,
        },
      },
    ]);
    expect(logins()[0]?.form).not.toHaveProperty('client_assertion');
  });

  test.each([
    [
      { credentials: { password: 'wrong' } },
      'AADSTS7000215: Invalid client secret provided',
      "Give the secret's value",
    ],
    [{ app_id: 'unknown-app' }, 'AADSTS700016: Application with identifier', 'Check app_id'],
    [{ tenant_id: 'example.org' }, "AADSTS90002: Tenant 'example.org' not found", 'Check tenant_id'],
  ])('that the login service rejects (%j) are reported with its message', async (params, words, hint) => {
    const text = await instance(sandbox, params).fails('test-module');
    expect(text).toContain(`The sign-in at ${sandbox.origin} was rejected: ${words}`);
    expect(text).toContain('Trace ID:');
    expect(text).toContain(`\n${hint}`);
    expect(logins()).toHaveLength(1);
  });
});

test.each(['common', 'Organizations'])('an application has no home in the tenant %s', async (tenant_id) => {
  const text = await instance(sandbox, { tenant_id }).fails('test-module');
  expect(text).toContain(`tenant_id is ${tenant_id}, which stands for any tenant`);
  expect(sandbox.requests).toEqual([]);
});

describe('a certificate', () => {
  test.each([
    ['sha1', 'RS256', 'x5t'],
    ['sha256', 'PS256', 'x5t#S256'],
  ] as const)('named by its %s signs its own assertion', async (hash, alg, name) => {
    const { says } = instance(sandbox, certificate(registered[hash], registered.pkcs8));
    expect(await says('test-module')).toBe('ok');
    const [login] = logins();
    expect(login?.form).toMatchObject({
      grant_type: 'client_credentials',
      client_id: APPLICATION,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      scope: `${sandbox.origin}/.default`,
    });
    expect(login?.form).not.toHaveProperty('client_secret');
    const thumbprint = Buffer.from(registered[hash], 'hex').toString('base64url');
    expect(login?.assertion?.header).toEqual({ alg, typ: 'JWT', [name]: thumbprint });
    expect(login?.assertion?.claims).toMatchObject({
      aud: `${sandbox.origin}/${TENANT}/oauth2/v2.0/token`,
      iss: APPLICATION,
      sub: APPLICATION,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const { exp, nbf } = login?.assertion?.claims ?? {};
    expect(Number(exp) - Number(nbf)).toBeLessThanOrEqual(600);
  });

  test.each<[string, (given: Registered) => [string, string]]>([
    [
      'an upper-case thumbprint with colons',
      (r) => [r.sha1.toUpperCase().replace(/..(?!$)/g, '$&:'), r.pkcs8],
    ],
    [
      'a thumbprint with spaces and a hidden mark',
      (r) => [`\u200e${r.sha256.replace(/..(?!$)/g, '$& ')} `, r.pkcs8],
    ],
    ['a PKCS#1 key', (r) => [r.sha1, r.pkcs1]],
    ['a key on one line', (r) => [r.sha1, r.pkcs8.trim().replaceAll('\n', ' ')]],
    ['a PKCS#1 key on one line', (r) => [r.sha1, r.pkcs1.trim().replaceAll('\n', ' ')]],
    ['a key with written-out line breaks', (r) => [r.sha1, r.pkcs8.replaceAll('\n', '\\n')]],
    ['a key with carriage returns', (r) => [r.sha1, r.pkcs8.replaceAll('\n', '\r\n')]],
    ['a key behind its certificate', (r) => [r.sha1, `${r.certificate}\n${r.pkcs8}`]],
  ])('is understood with %s', async (_, given) => {
    expect(await instance(sandbox, certificate(...given(registered))).says('test-module')).toBe('ok');
  });

  test.each<[string, (given: Registered) => [string | undefined, string | undefined], string, string]>([
    [
      '39 digits',
      (r) => [r.sha1.slice(1), r.pkcs8],
      'has 39 hex digits',
      '40 hex digits (SHA-1) or 64 (SHA-256)',
    ],
    [
      'another text',
      (r) => ['my certificate', r.pkcs8],
      'characters that are not hex digits',
      '40 hex digits',
    ],
    ['no thumbprint', (r) => [undefined, r.pkcs8], '(its identifier, the thumbprint) is required', 'Set it'],
    ['no key', (r) => [r.sha1, undefined], '(its password, the private key) is required', 'Set it'],
    [
      'no PEM',
      (r) => [r.sha1, 'MIIEvQIBADANBg'],
      'contains no private key in PEM format',
      'BEGIN PRIVATE KEY',
    ],
    [
      'the certificate alone',
      (r) => [r.sha1, r.certificate],
      'contains no private key in PEM format',
      'BEGIN PRIVATE KEY',
    ],
    [
      'a protected PKCS#8 key',
      (r) => [r.sha1, r.protectedPkcs8],
      'protected by a passphrase',
      'openssl pkcs8',
    ],
    [
      'a protected PKCS#1 key',
      (r) => [r.sha1, r.protectedPkcs1],
      'protected by a passphrase',
      'openssl pkcs8',
    ],
    ['a cut key', (r) => [r.sha1, r.pkcs8.replace(/\n.{64}\n/, '\n')], 'is damaged', 'Paste it again'],
    ['an elliptic key', (r) => [r.sha1, ellipticKey()], 'is not RSA', 'RSA key'],
  ])('with %s is an error that names the field', async (_, given, what, fix) => {
    const text = await instance(sandbox, certificate(...given(registered))).fails('test-module');
    expect(text).toContain('creds_certificate');
    expect(text).toContain(what);
    expect(text).toContain(fix);
    expect(text).not.toContain(registered.pkcs8.slice(100, 140));
    expect(sandbox.requests).toEqual([]);
  });

  test('fails with the message of the sign-in endpoint if it is not registered', async () => {
    const other = await makeRegistered();
    const text = await instance(sandbox, certificate(other.sha1, other.pkcs8)).fails('test-module');
    expect(text).toContain('AADSTS700027');
    expect(text).toContain(`Thumbprint of key used by client: '${other.sha1.toUpperCase()}'`);
    expect(text).toContain('Register the certificate with the application');
  });
});

test('a certificate is used before a secret, and one of them is needed', async () => {
  const both = { ...certificate(registered.sha1, registered.pkcs8), credentials: { password: 'expired' } };
  const used = instance(sandbox, both);
  expect(await used.says('test-module')).toBe('ok');
  expect(used.log.join()).toMatch(
    /a sign-in parameter is set and not used","parameter":"credentials","used":"creds_certificate"/,
  );
  sandbox.reset();
  expect(await instance(sandbox, { credentials: null }).fails('test-module')).toMatch(
    /a client secret \(parameter credentials\) or a certificate \(creds_certificate\); neither is set/,
  );
  expect(sandbox.requests).toEqual([]);
});
