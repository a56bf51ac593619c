import { type ErrorCode, PluginError } from '../base/errors';
import { counted } from '../base/sanitize';
import type { PendingLogin } from './login-state';
import type { OAuthError } from './oauth-error';

export const START = 'Run !msg-defender-threat-intel-auth-start.';
export const COMPLETE = 'then run !msg-defender-threat-intel-auth-complete.';

const NEW_CODE = `${START} It returns a new code.`;

/** The responses of the login service for a code that is not approved (RFC 8628, 3.5, and Entra's own). */
export interface DeviceCodeError {
  /** Whether the code is of no use any more. */
  readonly over: boolean;
  readonly error: PluginError;
}

interface Row {
  readonly over: boolean;
  readonly code: ErrorCode;
  readonly says: string;
  readonly hint: string;
}

const EXPIRED: Row = {
  over: true,
  code: 'AUTH_FAILED',
  says: 'The code {code} expired before it was used to sign in.',
  hint: NEW_CODE,
};

const DECLINED: Row = {
  over: true,
  code: 'AUTH_FAILED',
  says: 'The sign-in with the code {code} was declined.',
  hint: NEW_CODE,
};

const ERRORS: Readonly<Record<string, Row>> = {
  authorization_pending: {
    over: false,
    code: 'AUTH_PENDING',
    says: 'The sign-in with the code {code} is still pending.',
    hint: `Open {page}, enter {code}, sign in, ${COMPLETE} The code is valid for {left} more.`,
  },
  slow_down: {
    over: false,
    code: 'AUTH_PENDING',
    says: 'The login service was polled too often for the code {code}.',
    hint: 'Wait a few seconds and run the command again. The code is valid for {left} more.',
  },
  authorization_declined: DECLINED,
  access_denied: DECLINED,
  expired_token: EXPIRED,
  code_expired: EXPIRED,
  bad_verification_code: {
    over: true,
    code: 'AUTH_FAILED',
    says: 'The login service does not recognize the code {code}.',
    hint: NEW_CODE,
  },
  invalid_grant: {
    over: true,
    code: 'AUTH_FAILED',
    says: 'The code {code} cannot be used.',
    hint: NEW_CODE,
  },
};

/** @returns undefined for a refusal that is not about the code. */
export function deviceCodeError(
  refusal: OAuthError,
  pending: PendingLogin,
  now: number,
): DeviceCodeError | undefined {
  const row = Object.hasOwn(ERRORS, refusal.error) ? ERRORS[refusal.error] : undefined;
  if (row === undefined) return undefined;
  const { words, status, retryAfter } = refusal;
  const says = `${filled(row.says, pending, now)} The login service responded: ${words}`;
  const error = new PluginError(row.code, says, {
    hint: filled(row.hint, pending, now),
    status,
    retryAfter,
  });
  return { over: row.over, error };
}

/** The refusal of a code whose time is over: the login service need not be requested. */
export function expiredCode(pending: PendingLogin, now: number): PluginError {
  return new PluginError(EXPIRED.code, filled(EXPIRED.says, pending, now), { hint: EXPIRED.hint });
}

/** Returns the remaining lifetime of a code in words: `12 minutes`, `40 seconds`. */
export function timeLeft(pending: PendingLogin, now: number): string {
  const seconds = Math.max(0, Math.floor((pending.expiresAt - now) / 1000));
  return seconds >= 120 ? `${Math.floor(seconds / 60)} minutes` : counted(seconds, 'second');
}

function filled(text: string, pending: PendingLogin, now: number): string {
  return text
    .replaceAll('{code}', pending.userCode)
    .replaceAll('{page}', pending.verificationUri)
    .replaceAll('{left}', timeLeft(pending, now));
}
