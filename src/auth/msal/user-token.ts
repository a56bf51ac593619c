import { PublicClientApplication } from '@azure/msal-node';
import { isRecord, parseJson } from '../../base/json';
import type { Identity } from '../identity';
import type { IssuedToken } from '../login-state';
import { authorityMetadata } from './authority';
import { claimsOf, issueToken, type LoginTarget } from './issue-token';
import { type MsalNetwork, msalNetwork } from './network';

export type UserIdentity = Extract<Identity, { flow: 'device-code' }>;

/** The token of a user, and the refresh token for the next one if the login service issued a new refresh token. */
export interface UserToken {
  readonly token: IssuedToken;
  readonly refreshToken: string | undefined;
}

/** Returns the scopes that a user consents to; MSAL adds the scope for a refresh token. */
export function scopesFor(target: LoginTarget): string[] {
  return [`${target.resource}/ThreatIntelligence.Read.All`];
}

export function publicApplication(
  identity: UserIdentity,
  target: LoginTarget,
  network: MsalNetwork,
): PublicClientApplication {
  return new PublicClientApplication({
    auth: { clientId: identity.clientId, ...authorityMetadata(target.authority, identity.tenant) },
    system: { networkClient: network },
  });
}

/**
 * A new token for a refresh token (https://learn.microsoft.com/entra/identity-platform/refresh-tokens).
 * @throws PluginError AUTH_FAILED with the login service's own text, NETWORK_FAILED, TIMED_OUT or CANCELLED.
 */
export async function acquireByRefreshToken(
  identity: UserIdentity,
  refreshToken: string,
  target: LoginTarget,
): Promise<UserToken> {
  const network = msalNetwork(target.line);
  const application = publicApplication(identity, target, network);
  const token = await issueToken(target, network, () =>
    application.acquireTokenByRefreshToken({
      scopes: scopesFor(target),
      refreshToken,
      forceCache: true,
      ...claimsOf(target),
    }),
  );
  return { token, refreshToken: refreshTokenOf(application) };
}

/** MSAL returns a refresh token only in its serialized cache, and stores that of a refresh only with `forceCache`. */
export function refreshTokenOf(application: PublicClientApplication): string | undefined {
  const cache = parseJson(application.getTokenCache().serialize());
  if (!isRecord(cache) || !isRecord(cache.RefreshToken)) return undefined;
  const [held] = Object.values(cache.RefreshToken);
  return isRecord(held) && typeof held.secret === 'string' ? held.secret : undefined;
}
