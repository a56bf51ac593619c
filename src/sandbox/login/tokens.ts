import { randomBytes } from 'node:crypto';
import { APPLICATION } from '../options';
import { errors } from './errors';
import { shapeJwt } from './jwt';

/** For whom a token is: the application itself, or the user who signed in to it. */
export type TokenSubject = 'application' | 'user';

export interface Grant {
  readonly roles: readonly string[];
  readonly expired: boolean;
}

export interface TokenStore {
  /** Makes an access token for a resource. */
  issue(subject: TokenSubject, resource: string): { readonly token: string; readonly expiresIn: number };
  find(token: string): Grant | undefined;
  issueRefreshToken(): string;
  /** Takes a refresh token out of use. @throws LoginError for one that is not known, used up or revoked. */
  redeemRefreshToken(token: string): void;
  /** Ends all sign-ins of users: their refresh tokens are refused from now on. */
  revoke(): void;
  clear(): void;
}

/** @param lifetime seconds an access token is good for */
export function makeTokenStore(
  roles: readonly string[],
  lifetime: number,
  issuer: string,
  clock: () => number,
): TokenStore {
  const access = new Map<string, { roles: readonly string[]; expires: number }>();
  const refresh = new Map<string, 'good' | 'revoked'>();
  return {
    issue(subject, resource) {
      const now = Math.floor(clock() / 1000);
      const held =
        subject === 'user' ? { scp: roles.join(' '), upn: APPLICATION.user.name } : { roles, idtyp: 'app' };
      const claims = {
        aud: resource,
        iss: issuer,
        tid: APPLICATION.tenant,
        appid: APPLICATION.id,
        iat: now,
        nbf: now,
        exp: now + lifetime,
        ...held,
      };
      const token = shapeJwt(claims, randomBytes(32));
      access.set(token, { roles, expires: (now + lifetime) * 1000 });
      return { token, expiresIn: lifetime };
    },
    find(token) {
      const known = access.get(token);
      return known && { roles: known.roles, expired: clock() >= known.expires };
    },
    issueRefreshToken() {
      const token = `1.${randomBytes(48).toString('base64url')}`;
      refresh.set(token, 'good');
      return token;
    },
    redeemRefreshToken(token) {
      const state = refresh.get(token);
      if (state === 'revoked') throw errors.revoked();
      if (!state) throw errors.invalidRefreshToken();
      refresh.delete(token);
    },
    revoke() {
      for (const token of refresh.keys()) refresh.set(token, 'revoked');
    },
    clear() {
      access.clear();
      refresh.clear();
    },
  };
}
