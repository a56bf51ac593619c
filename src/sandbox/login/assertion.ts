import { constants, createHash, verify, X509Certificate } from 'node:crypto';
import { APPLICATION } from '../options';
import { errors } from './errors';
import { type Jwt, readJwt } from './jwt';

const SALT = 32;

/**
 * Checks a client assertion as the identity platform documents it: signed by a registered certificate, meant for this
 * token endpoint, made by the application for itself, and still valid.
 * @param now milliseconds
 * @throws LoginError
 */
export function checkAssertion(
  assertion: string,
  certificates: readonly string[],
  endpoint: string,
  now: number,
): void {
  const jwt = readJwt(assertion);
  if (!jwt) throw errors.malformedAssertion();
  const certificate = certificates
    .map((pem) => new X509Certificate(pem))
    .find((candidate) => isNamedBy(jwt, candidate));
  const named = thumbprintIn(jwt);
  if (!certificate) throw errors.unknownCertificate(named);
  if (!isSignedBy(jwt, certificate)) throw errors.wrongSignature(named);
  const { aud, iss, sub, exp } = jwt.claims;
  if (aud !== endpoint) throw errors.wrongAudience(String(aud));
  if (iss !== APPLICATION.id || sub !== APPLICATION.id) throw errors.malformedAssertion();
  if (typeof exp !== 'number' || exp * 1000 <= now) throw errors.assertionExpired();
}

function thumbprint(certificate: X509Certificate, hash: 'sha1' | 'sha256'): string {
  return createHash(hash).update(certificate.raw).digest('base64url');
}

function isNamedBy(jwt: Jwt, certificate: X509Certificate): boolean {
  const { x5t, 'x5t#S256': x5tS256 } = jwt.header;
  return x5tS256 === thumbprint(certificate, 'sha256') || x5t === thumbprint(certificate, 'sha1');
}

/** The thumbprint a token names, in the upper-case hex of the Azure portal. */
function thumbprintIn(jwt: Jwt): string {
  const named = jwt.header['x5t#S256'] ?? jwt.header.x5t;
  return Buffer.from(typeof named === 'string' ? named : '', 'base64url')
    .toString('hex')
    .toUpperCase();
}

function isSignedBy(jwt: Jwt, certificate: X509Certificate): boolean {
  const key = certificate.publicKey;
  const data = Buffer.from(jwt.signed);
  if (jwt.header.alg === 'RS256') return verify('sha256', data, key, jwt.signature);
  if (jwt.header.alg !== 'PS256') return false;
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return verify('sha256', data, { key, padding, saltLength: SALT }, jwt.signature);
}
