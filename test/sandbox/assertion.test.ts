import { constants, createHash, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';
import type { Sandbox } from '../../src/sandbox';
import { APPLICATION } from '../../src/sandbox/options';
import { post, SECRET_FORM, start } from './client';

let key: string;
let certificate: X509Certificate;
let sandbox: Sandbox;

beforeAll(async () => {
  const made = await generate([{ name: 'commonName', value: 'contoso' }], {
    keySize: 2048,
    algorithm: 'sha256',
  });
  key = made.private;
  certificate = new X509Certificate(made.cert);
  sandbox = await start({ certificates: [made.cert] });
});
afterAll(() => sandbox.close());

interface Wish {
  readonly alg?: 'RS256' | 'PS256';
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly thumbprint?: string;
  readonly key?: string;
}

function assertion(wish: Wish = {}): string {
  const { alg = 'PS256' } = wish;
  const thumbprint = wish.thumbprint ?? createHash('sha256').update(certificate.raw).digest('base64url');
  const endpoint = `${sandbox.origin}/${APPLICATION.tenant}/oauth2/v2.0/token`;
  const soon = Math.floor(Date.now() / 1000) + 60;
  const claims = { aud: endpoint, iss: APPLICATION.id, sub: APPLICATION.id, exp: soon, ...wish.claims };
  const signed = [{ alg, 'x5t#S256': thumbprint }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const padding = alg === 'PS256' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  const options = { key: wish.key ?? key, padding, ...(alg === 'PS256' ? { saltLength: 32 } : {}) };
  return `${signed}.${sign('sha256', Buffer.from(signed), options).toString('base64url')}`;
}

function exchange(client_assertion: string) {
  const { client_secret: _, ...form } = SECRET_FORM;
  return post(sandbox, 'token', { ...form, client_assertion });
}

test.each(['RS256', 'PS256'] as const)('an assertion signed with %s is taken', async (alg) => {
  expect((await exchange(assertion({ alg }))).status).toBe(200);
});

const stranger = () =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });

test.each([
  ['of an unknown certificate', () => assertion({ thumbprint: 'AAAA' }), 700027],
  ['signed with another key', () => assertion({ key: String(stranger()) }), 700027],
  ['for another endpoint', () => assertion({ claims: { aud: 'https://login.example/token' } }), 700023],
  ['of another application', () => assertion({ claims: { sub: 'ffff' } }), 50027],
  ['that has expired', () => assertion({ claims: { exp: 1 } }), 700024],
  ['that is not a token', () => 'a.b', 50027],
])('an assertion %s is rejected', async (_, make, code) => {
  const { status, json } = await exchange(make());
  expect(status).toBe(401);
  expect(json).toMatchObject({ error: 'invalid_client', error_codes: [code] });
});
