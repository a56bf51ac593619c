import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Prefix of the sealed text, authenticated with it, so that a later format is not mistaken for this one. */
const FORMAT = 'mdti-state-1';

/** @param key 32 bytes. */
export function seal(text: string, key: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(FORMAT));
  const sealed = Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  return `${FORMAT} ${sealed.toString('base64')}\n`;
}

/** @returns undefined if it was encrypted with another key or changed since. */
export function unseal(sealed: string, key: Buffer): string | undefined {
  const [format, encoded] = sealed.split(' ', 2);
  if (format !== FORMAT || encoded === undefined) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  try {
    const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(FORMAT)).setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)),
      decipher.final(),
    ]).toString();
  } catch {
    // OpenSSL does not tell which of the two it is.
  }
  return undefined;
}
