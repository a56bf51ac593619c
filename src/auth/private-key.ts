import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { PluginError } from '../base/errors';
import { wrong } from '../config/read';

/** The start of the PEM block of a private key; a certificate before or after it does not matter. */
const BEGIN = /-----BEGIN ([A-Z ]{0,40}PRIVATE KEY)-----/;

/** Fixes for a parameter that is not an RSA private key without a passphrase. */
const FIXES = {
  noKey: 'Paste the private key in PEM format, from its BEGIN PRIVATE KEY line to its END line.',
  passphrase:
    'Passphrases are not supported. Run `openssl pkcs8 -topk8 -nocrypt -in protected.pem -out key.pem`.',
  damaged: 'Paste it again, from its BEGIN line to its END line.',
  notRsa: 'Entra accepts certificates with an RSA key only: create one and register it with the application.',
} as const;

/**
 * A private key as it arrives from a credential field: PKCS#8 or PKCS#1, often with its line breaks turned into spaces.
 * @returns the key as PKCS#8 PEM, 64 characters a line.
 * @throws PluginError CONFIG_INVALID, which describes the text in its place and never quotes it.
 */
export function readPrivateKey(text: string): string {
  const lines = text.replaceAll('\\n', '\n');
  const found = BEGIN.exec(lines);
  const [begin = '', label = ''] = found ?? [];
  const end = found === null ? -1 : lines.indexOf(`-----END ${label}-----`, found.index);
  if (found === null || end < 0) throw refused('contains no private key in PEM format', FIXES.noKey);
  const content = lines.slice(found.index + begin.length, end);
  if (label === 'ENCRYPTED PRIVATE KEY' || /Proc-Type:\s*4,\s*ENCRYPTED/.test(content))
    throw refused('contains a private key that is protected by a passphrase', FIXES.passphrase);
  const key = parsed(
    `-----BEGIN ${label}-----\n${content.trim().replace(/\s+/g, '\n')}\n-----END ${label}-----\n`,
  );
  if (key === undefined) throw refused('contains a private key that is damaged', FIXES.damaged);
  if (key.asymmetricKeyType !== 'rsa') throw refused('contains a private key that is not RSA', FIXES.notRsa);
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function parsed(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

function refused(what: string, fix: string): PluginError {
  return wrong('creds_certificate', `(its password) ${what}`, fix);
}
