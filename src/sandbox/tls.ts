import { generate } from 'selfsigned';

/** A key, and the certificate that is its own authority. Both PEM. */
export interface TlsCredentials {
  readonly key: string;
  readonly cert: string;
}

const DAY = 86_400_000;

/** Makes a certificate for the loopback names. An elliptic key, because an RSA key takes up to a second to find. */
export async function makeCertificate(): Promise<TlsCredentials> {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - DAY),
    notAfterDate: new Date(Date.now() + 30 * DAY),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
