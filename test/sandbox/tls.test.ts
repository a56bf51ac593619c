import { createPrivateKey, X509Certificate } from 'node:crypto';
import { makeCertificate } from '../../src/sandbox/tls';

const DAY = 86_400_000;

afterEach(() => jest.restoreAllMocks());

test('a certificate is its own authority, for the loopback names, and belongs to its key', () => {
  const { key, cert } = makeCertificate();
  const x509 = new X509Certificate(cert);
  expect(x509.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect([x509.subject, x509.issuer, x509.ca]).toEqual(['CN=localhost', 'CN=localhost', true]);
  expect(x509.checkIssued(x509) && x509.verify(x509.publicKey)).toBe(true);
  expect(x509.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
  expect(x509.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
});

test.each(['2026-11-21T09:05:07Z', '2049-12-15T23:59:59Z', '2050-01-01T00:00:00Z'])(
  'it is valid from a day before %s to thirty days after',
  (now) => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse(now));
    const { validFrom, validTo } = new X509Certificate(makeCertificate().cert);
    expect(Date.parse(validFrom)).toBe(Date.parse(now) - DAY);
    expect(Date.parse(validTo)).toBe(Date.parse(now) + 30 * DAY);
  },
);

test('two certificates have different serial numbers of one length, and different keys', () => {
  const made = [makeCertificate(), makeCertificate()];
  const [one, other] = made.map(({ cert }) => new X509Certificate(cert));
  expect(one?.serialNumber).toMatch(/^40[\dA-F]{30}$/);
  expect(one?.serialNumber).not.toBe(other?.serialNumber);
  expect(made[0]?.key).not.toBe(made[1]?.key);
});
