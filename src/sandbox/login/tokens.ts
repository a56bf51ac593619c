import { randomBytes } from 'node:crypto';
import { APPLICATION } from '../options';
import { errors } from './errors';
import { shapeJwt } from './jwt';

/** For whom a token is: the application itself, or the user who signed in to it. */
type TokenSubject = 'application' | 'user';

export interface Grant {
  readonly roles: readonly string[];
  readonly expired: boolean;
  /** The claims (JSON) that the token was requested with. */
  readonly claims: string | undefined;
}

export interface TokenStore {
  /** Makes an access token for a resource. */
  issue(
    subject: TokenSubject,
    resource: string,
    claims?: string,
  ): { readonly token: string; readonly expiresIn: number };
  /** Sets the roles of tokens issued from now on, as an administrator's consent does. */
  consent(roles: readonly string[]): void;
  find(token: string): Grant | undefined;
  issueRefreshToken(): string;
  /** Revokes a refresh token on use. @throws LoginError for a token that is unknown, used or revoked. */
  redeemRefreshToken(token: string): void;
  /** Ends all sign-ins of users: their refresh tokens are rejected from now on. */
  revoke(): void;
  clear(): void;
}

/** @param lifetime lifetime of an access token in seconds */
export function makeTokenStore(
  initialRoles: readonly string[],
  lifetime: number,
  issuer: string,
  clock: () => number,
): TokenStore {
  const access = new Map<string, { roles: readonly string[]; expires: number; claims: string | undefined }>();
  let roles = initialRoles;
  const refresh = new Map<string, 'good' | 'revoked'>();
  return {
    issue(subject, resource, claims) {
      const now = Math.floor(clock() / 1000);
      const held =
        subject === 'user' ? { scp: roles.join(' '), upn: APPLICATION.user.name } : { roles, idtyp: 'app' };
      const payload = {
        aud: resource,
        iss: issuer,
        tid: APPLICATION.tenant,
        appid: APPLICATION.id,
        iat: now,
        nbf: now,
        exp: now + lifetime,
        ...held,
      };
      const token = shapeJwt(payload, randomBytes(32));
      access.set(token, { roles, expires: (now + lifetime) * 1000, claims });
      return { token, expiresIn: lifetime };
    },
    find(token) {
      const known = access.get(token);
      return known && { roles: known.roles, expired: clock() >= known.expires, claims: known.claims };
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
    consent(granted) {
      roles = granted;
    },
    clear() {
      roles = initialRoles;
      access.clear();
      refresh.clear();
    },
  };
}
