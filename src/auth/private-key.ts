import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { PluginError } from '../base/errors';
import { wrong } from '../config/read';

/** The PEM block of a private key; a certificate before or behind it does not matter. */
const BLOCK = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----(.*?)-----END \1-----/s;

/** What the parameter has in place of an RSA private key without a passphrase. */
const MENDS = {
  noKey: 'Paste the private key in PEM format, from its BEGIN PRIVATE KEY line to its END line.',
  passphrase:
    'There is no field for a passphrase. Remove it: openssl pkcs8 -topk8 -nocrypt -in protected.pem -out key.pem',
  damaged: 'Paste it again, from its BEGIN line to its END line.',
  notRsa: 'Entra takes certificates with an RSA key: make one, and register it with the application.',
} as const;

/**
 * A private key as it arrives from a credential field: PKCS#8 or PKCS#1, often with its line breaks turned into spaces.
 * @returns the key as PKCS#8 PEM, 64 characters a line.
 * @throws PluginError CONFIG_INVALID, which says what is there in its place and never quotes it.
 */
export function readPrivateKey(text: string): string {
  const [, label, content = ''] = BLOCK.exec(text.replaceAll('\\n', '\n')) ?? [];
  if (label === undefined) throw refused('holds no private key in PEM format', MENDS.noKey);
  if (label === 'ENCRYPTED PRIVATE KEY' || /Proc-Type:\s*4,\s*ENCRYPTED/.test(content))
    throw refused('holds a private key that is protected by a passphrase', MENDS.passphrase);
  const key = parsed(
    `-----BEGIN ${label}-----\n${content.trim().replace(/\s+/g, '\n')}\n-----END ${label}-----\n`,
  );
  if (key === undefined) throw refused('holds a private key that is damaged', MENDS.damaged);
  if (key.asymmetricKeyType !== 'rsa') throw refused('holds a private key that is not RSA', MENDS.notRsa);
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function parsed(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

function refused(what: string, mend: string): PluginError {
  return wrong('creds_certificate', `(its password) ${what}`, mend);
}
