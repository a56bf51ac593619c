import { createPrivateKey } from 'node:crypto';
import { identityOf } from '../../src/auth/identity';
import { readPrivateKey } from '../../src/auth/private-key';
import { readThumbprint } from '../../src/auth/thumbprint';
import { isPluginError } from '../../src/base/errors';
import { readConfig } from '../../src/config/config';
import { ellipticKey, makeRegistered, type Registered } from '../support/identity';
import fc, { samples } from '../support/property';

let registered: Registered;
beforeAll(async () => {
  registered = await makeRegistered();
});

/** What a user reads of the refusal. */
function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (isPluginError(error)) return `${error.code} ${error.message}\n${error.hint}`;
  }
  return 'it was not refused';
}

describe('a thumbprint', () => {
  test.each([
    ['sha-1', 40],
    ['sha-256', 64],
  ])('is read as %s however it is written', (hash, length) => {
    const between = fc.constantFrom('', '', ':', ' ', '-', '\u200e', '\u00a0', '\t');
    const digit = fc.tuple(fc.constantFrom(...'0123456789abcdefABCDEF'), between);
    fc.assert(
      fc.property(between, fc.array(digit, { minLength: length, maxLength: length }), (first, digits) => {
        const hex = digits.map(([character]) => character.toUpperCase()).join('');
        expect(readThumbprint(`${first}${digits.flat().join('')}`)).toEqual({ hash, hex });
      }),
    );
  });

  const FIX =
    'Copy the thumbprint that Entra shows for the certificate: 40 hex digits (SHA-1) or 64 (SHA-256); colons and spaces do not matter.';
  test.each([
    ['', 'has 0 hex digits'],
    ['a'.repeat(39), 'has 39 hex digits'],
    ['a'.repeat(41), 'has 41 hex digits'],
    ['a'.repeat(63), 'has 63 hex digits'],
    ['a'.repeat(65), 'has 65 hex digits'],
    [`${'a'.repeat(39)}g`, 'contains characters that are not hex digits'],
    [`g${'a'.repeat(40)}`, 'contains characters that are not hex digits'],
    [`${'a'.repeat(40)}g`, 'contains characters that are not hex digits'],
    [`g${'a'.repeat(64)}`, 'contains characters that are not hex digits'],
    [`${'a'.repeat(64)}g`, 'contains characters that are not hex digits'],
  ])('%j is none', (text, what) => {
    expect(refusal(() => readThumbprint(text))).toBe(
      `CONFIG_INVALID The parameter creds_certificate has a thumbprint (its identifier) that ${what}.\n${FIX}`,
    );
  });
});

test.each([
  ['alone', {}],
  ['also where a secret is set', { credentials: { password: 's' } }],
])(
  'an application with a certificate has both parts of it, as the login service wants them, %s',
  (_, more) => {
    const { sha1, pkcs1, pkcs8 } = registered;
    const creds_certificate = { identifier: sha1, password: pkcs1 };
    const { login } = readConfig({
      app_id: 'app',
      tenant_id: 'contoso.com',
      client_credentials: true,
      creds_certificate,
      ...more,
    });
    expect(identityOf(login)).toEqual({
      flow: 'client-certificate',
      tenant: 'contoso.com',
      clientId: 'app',
      thumbprint: { hash: 'sha-1', hex: sha1.toUpperCase() },
      privateKey: pkcs8,
    });
  },
);

describe('a private key', () => {
  const space = fc.constantFrom('', ' ', '\n', '\r\n', '\\n', '  ', '\t');

  test('is read with any white space and surrounding text', () => {
    const around = fc.constantFrom(
      '',
      'Bag Attributes\n',
      '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n',
    );
    fc.assert(
      fc.property(fc.constantFrom('pkcs8', 'pkcs1'), space, around, around, (coat, gap, before, behind) => {
        const [begin = '', ...lines] = registered[coat as 'pkcs8'].trim().split('\n');
        const end = lines.pop() ?? '';
        const pasted = `${before}${begin}${gap}${lines.join(gap)}${gap}${end}${behind}`;
        expect(readPrivateKey(pasted)).toBe(registered.pkcs8);
      }),
      { numRuns: samples(30) },
    );
  });

  test('becomes standard PEM', () => {
    const pem = readPrivateKey(registered.pkcs1.replaceAll('\n', ' '));
    expect(createPrivateKey(pem).asymmetricKeyType).toBe('rsa');
    expect(Math.max(...pem.split('\n').map((line) => line.length))).toBe(64);
  });

  const NO_KEY = [
    'contains no private key in PEM format',
    'Paste the private key in PEM format, from its BEGIN PRIVATE KEY line to its END line.',
  ] as const;
  const PROTECTED = [
    'contains a private key that is protected by a passphrase',
    'Passphrases are not supported. Run `openssl pkcs8 -topk8 -nocrypt -in protected.pem -out key.pem`.',
  ] as const;
  const DAMAGED = [
    'contains a private key that is damaged',
    'Paste it again, from its BEGIN line to its END line.',
  ] as const;
  const NOT_RSA = [
    'contains a private key that is not RSA',
    'Entra accepts certificates with an RSA key only: create one and register it with the application.',
  ] as const;
  const EMPTY = '-----BEGIN PRIVATE KEY----------END PRIVATE KEY-----';

  test.each<[string, () => string, readonly [string, string]]>([
    ['no PEM', () => 'MIIEvQIBADANBg', NO_KEY],
    ['a certificate', () => registered.certificate, NO_KEY],
    ['a beginning endlessly', () => registered.pkcs8.slice(0, 700), NO_KEY],
    ['the end of another kind', () => registered.pkcs8.replace('END PRIVATE', 'END RSA PRIVATE'), NO_KEY],
    ['a protected PKCS#8 key', () => registered.protectedPkcs8, PROTECTED],
    ['a protected PKCS#1 key', () => registered.protectedPkcs1, PROTECTED],
    ['one on a single line', () => registered.protectedPkcs1.replaceAll('\n', ' '), PROTECTED],
    ['one without spaces', () => registered.protectedPkcs1.replace(': 4', ':4'), PROTECTED],
    ['one with more spaces', () => registered.protectedPkcs1.replace('4,ENC', '4, ENC'), PROTECTED],
    ['a key with a line missing', () => registered.pkcs8.replace(/\n.{64}\n/, '\n'), DAMAGED],
    ['nothing between its lines', () => EMPTY, DAMAGED],
    ['an elliptic key', () => ellipticKey(), NOT_RSA],
  ])('%s in its place is named in the error', (_, text, [what, fix]) => {
    expect(refusal(() => readPrivateKey(text()))).toBe(
      `CONFIG_INVALID The parameter creds_certificate (its password) ${what}.\n${fix}`,
    );
  });
});
