import type { AuthenticationResult } from '@azure/msal-node';
import type { AbortSignalLike } from '../../base/plain-abort';
import { loginError } from '../login-error';
import type { IssuedToken } from '../login-state';
import type { LoginLine, MsalNetwork } from './network';

/** The login service and the resource of a token request. */
export interface LoginTarget {
  /** Login origin, no path. */
  readonly authority: string;
  /** Graph's origin: the token's audience. */
  readonly resource: string;
  readonly line: LoginLine;
  /** JSON of a claims challenge that the token must be requested with. */
  readonly claims?: string | undefined;
}

/** The part of an MSAL request that carries the claims. */
export function claimsOf({ claims }: LoginTarget): { claims?: string } {
  return claims === undefined ? {} : { claims };
}

/** The target as one command sees it, which its signal can end. */
export type TargetFor = (signal: AbortSignalLike, claims?: string) => LoginTarget;

/** Returns the token that MSAL acquires; errors are described by the exchange with the login service. */
export async function issueToken(
  { authority, line }: LoginTarget,
  network: MsalNetwork,
  acquire: () => Promise<AuthenticationResult | null>,
): Promise<IssuedToken> {
  try {
    const result = await acquire();
    if (result?.accessToken && result.expiresOn) {
      // MSAL adds what the service said, a number of seconds, to the machine's own clock.
      const lives = result.expiresOn.getTime() - Date.now();
      return { value: result.accessToken, expiresAt: line.now() + lives };
    }
  } catch (error) {
    throw loginError(authority, network.refusal(), network.failure() ?? error);
  }
  throw loginError(authority, network.refusal(), undefined);
}
