import { createHash } from 'node:crypto';
import { PluginError } from '../base/errors';
import { rememberSecret } from '../base/secrets';
import type { State } from '../state/store';
import { COMPLETE, START, timeLeft } from './device-code-error';
import type { TokenFlow } from './flow';
import { isSeedUsed, loginIn, type PendingLogin, pendingIn, withLogin, withUsedSeed } from './login-state';
import type { TargetFor } from './msal/issue-token';
import type { UserIdentity } from './msal/user-token';
import { shownPending } from './verification-page';

/** A new token for the refresh token of the sign-in that is kept, or for the one that the parameters bring along. */
export function refreshFlow(
  identity: UserIdentity,
  key: string,
  targetFor: TargetFor,
  now: () => number,
): TokenFlow {
  return async (state, signal, claims) => {
    const seed = unusedSeed(identity, key, state);
    const refreshToken = loginIn(state, key)?.refreshToken ?? seed;
    if (refreshToken === undefined) {
      const pending = pendingIn(state, key);
      throw nobodyYet(pending && shownPending(pending, targetFor(signal).authority), now());
    }
    rememberSecret(refreshToken);
    const { acquireByRefreshToken } = await import('./msal/acquire');
    const next = await acquireByRefreshToken(identity, refreshToken, targetFor(signal, claims));
    rememberSecret(next.refreshToken);
    const kept = withLogin(state, key, { refreshToken: next.refreshToken ?? refreshToken });
    return {
      token: next.token,
      state: seed === refreshToken ? withUsedSeed(kept, key, hashOf(seed)) : kept,
    };
  };
}

function unusedSeed({ seed }: UserIdentity, key: string, state: State): string | undefined {
  return seed === undefined || isSeedUsed(state, key, hashOf(seed)) ? undefined : seed;
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

function nobodyYet(pending: PendingLogin | undefined, now: number): PluginError {
  if (pending === undefined || pending.expiresAt <= now)
    return new PluginError('AUTH_FAILED', 'This instance has no sign-in yet.', {
      hint: `${START} It returns a page to open and a code to enter; ${COMPLETE}`,
    });
  return new PluginError(
    'AUTH_PENDING',
    `This instance has no sign-in yet; the code ${pending.userCode} is pending.`,
    {
      hint: `Open ${pending.verificationUri}, enter ${pending.userCode}, sign in, ${COMPLETE} The code is valid for ${timeLeft(pending, now)} more.`,
    },
  );
}
