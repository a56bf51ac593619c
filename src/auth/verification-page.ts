import { CLOUDS } from '../config/clouds';
import type { PendingLogin } from './login-state';

/** The page where a user types a device code, ready to be shown. */
interface VerificationPage {
  /** The address; one that is not trusted is defanged, so that nothing turns it into a link. */
  readonly text: string;
  readonly trusted: boolean;
}

const LONGEST = 200;

/**
 * Checks the address that came with a device code: it must be https, on a login host of Microsoft, on microsoft.com, or on the sign-in
 * origin that is configured and allowed. Anything else would send a user with their password to a stranger.
 */
export function verificationPage(uri: string, authority: string): VerificationPage {
  const url = uri.length <= LONGEST && URL.canParse(uri) ? new URL(uri) : undefined;
  if (url !== undefined && isTrusted(url, authority)) return { text: url.href, trusted: true };
  const plain = uri.replace(/[^\x21-\x7e]/g, '').slice(0, LONGEST);
  const defanged = plain.replace(/^http(?=s?:)/i, 'hxxp').replaceAll('.', '[.]');
  return {
    text: defanged.replace(/[*_`<>[\](){}|\\!#]/g, (mark) => (/[[\].]/.test(mark) ? mark : '')),
    trusted: false,
  };
}

/** Reduces a device code to the characters that RFC 8628 (6.1) recommends for one. */
export function shownCode(userCode: string): string {
  return userCode.replace(/[^A-Za-z0-9-]/g, '').slice(0, 32);
}

/** Returns a pending sign-in with a code and page that are safe to show; a service, or a state that others can edit, supplied them. */
export function shownPending(pending: PendingLogin, authority: string): PendingLogin {
  return {
    ...pending,
    userCode: shownCode(pending.userCode),
    verificationUri: verificationPage(pending.verificationUri, authority).text,
  };
}

function isTrusted(
  { protocol, hostname, origin, username, password, port }: URL,
  authority: string,
): boolean {
  if (protocol !== 'https:' || username !== '' || password !== '') return false;
  if (origin === authority) return true;
  const logins = Object.values(CLOUDS).map(({ login }) => new URL(login).hostname);
  const known =
    logins.includes(hostname) || hostname === 'microsoft.com' || hostname.endsWith('.microsoft.com');
  return known && port === '';
}
