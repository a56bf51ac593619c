import { BOUNDS } from './bounds';

/** Shorter values would mask ordinary words. */
const SHORTEST = 6;

/** Secrets of this process, oldest first, with the forms in which a service may echo them once they were needed. */
const known = new Map<string, readonly string[] | undefined>();

/**
 * Masks a secret by value from now on, in every error and log line of this process: tokens, client secrets, private keys,
 * device codes.
 */
export function rememberSecret(secret: string | undefined): void {
  if (secret === undefined || secret.trim().length < SHORTEST) return;
  const forms = known.get(secret);
  known.delete(secret);
  known.set(secret, forms);
  for (const [oldest] of known) {
    if (known.size <= BOUNDS.knownSecrets) break;
    known.delete(oldest);
  }
}

/** Replaces every known secret in a string. */
export function maskSecrets(text: string, mask: string): string {
  let masked = text;
  for (const [secret, saved] of known) {
    const forms = saved ?? formsOf(secret);
    if (saved === undefined) known.set(secret, forms);
    for (const form of forms) masked = masked.replaceAll(form, mask);
  }
  return masked;
}

/** A percent-encoded text with its hex digits in upper and in lower case. */
function bothCases(encoded: string): string[] {
  return [encoded, encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())];
}

/** The value itself, escaped in JSON, percent-encoded and as a form field; a key of several lines also line by line. */
function formsOf(secret: string): string[] {
  const lines = secret
    .split(/\s+/)
    .filter((line) => line.length >= 32 && secret.length > 200 && line !== secret);
  const forms = [secret.trim(), ...lines].flatMap((value) => {
    const encoded = encodeURIComponent(Buffer.from(value).toString());
    const field = new URLSearchParams({ '': value }).toString().slice(1);
    return [value, JSON.stringify(value).slice(1, -1), ...[encoded, field].flatMap(bothCases)];
  });
  return [...new Set(forms)].sort((one, other) => other.length - one.length);
}
