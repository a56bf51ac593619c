import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

/** A certificate as an administrator has it: the file to register, its key in several coats, its thumbprints. */
export interface Registered {
  readonly certificate: string;
  readonly pkcs8: string;
  readonly pkcs1: string;
  readonly protectedPkcs8: string;
  readonly protectedPkcs1: string;
  /** Lower-case hex. */
  readonly sha1: string;
  readonly sha256: string;
}

const PASSPHRASE = { cipher: 'aes-256-cbc', passphrase: 'correct horse' } as const;

export async function makeRegistered(): Promise<Registered> {
  const made = await generate([{ name: 'commonName', value: 'contoso.com' }], {
    keySize: 2048,
    algorithm: 'sha256',
  });
  const key = createPrivateKey(made.private);
  const x509 = new X509Certificate(made.cert);
  return {
    certificate: made.cert,
    pkcs8: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    pkcs1: key.export({ type: 'pkcs1', format: 'pem' }).toString(),
    protectedPkcs8: key.export({ type: 'pkcs8', format: 'pem', ...PASSPHRASE }).toString(),
    protectedPkcs1: key.export({ type: 'pkcs1', format: 'pem', ...PASSPHRASE }).toString(),
    sha1: x509.fingerprint.replaceAll(':', '').toLowerCase(),
    sha256: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

export function ellipticKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
