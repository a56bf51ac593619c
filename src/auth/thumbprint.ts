import { wrong } from '../config/read';

/** The thumbprint of a certificate, by which the login service identifies it: the hash of its bytes, in hex. */
export type Thumbprint =
  | { readonly hash: 'sha-1'; readonly hex: string }
  | { readonly hash: 'sha-256'; readonly hex: string };

/**
 * A thumbprint as users paste it: in any case, with colons, spaces, or the invisible mark that Windows' certificate dialog
 * puts before it. It is checked here because MSAL silently drops characters that are not hexadecimal.
 * @throws PluginError CONFIG_INVALID, which contains the length and never the value: the pasted text may be a key.
 */
export function readThumbprint(text: string): Thumbprint {
  const hex = text.replace(/[\s:\p{Cf}-]/gu, '').toUpperCase();
  if (/^[0-9A-F]{40}$/.test(hex)) return { hash: 'sha-1', hex };
  if (/^[0-9A-F]{64}$/.test(hex)) return { hash: 'sha-256', hex };
  const what = /^[0-9A-F]*$/.test(hex)
    ? `has ${hex.length} hex digits`
    : 'contains characters that are not hex digits';
  throw wrong(
    'creds_certificate',
    `has a thumbprint (its identifier) that ${what}`,
    'Copy the thumbprint that Entra shows for the certificate: 40 hex digits (SHA-1) or 64 (SHA-256); colons and spaces do not matter.',
  );
}
