import type { Incoming } from '../http-message';
import type { TokenStore } from '../login/tokens';
import { REQUIRED_ROLE } from '../options';
import { claimsRequired, forbidden, invalidToken } from './errors';

/**
 * @param claims JSON that the token must have been requested with.
 * @throws GraphError 401 for a bearer token that is missing, unknown, expired or requested without the claims, 403 for a role it lacks.
 */
export function checkAccess(
  incoming: Incoming,
  tokens: TokenStore,
  origin: string,
  claims: string | null,
): void {
  const [scheme, token] = (incoming.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token) throw invalidToken('Access token is empty.', origin);
  if (!token.includes('.'))
    throw invalidToken('IDX14100: JWT is not well formed, there are no dots (.).', origin);
  const grant = tokens.find(token);
  if (!grant) throw invalidToken('Signing key is invalid.', origin);
  if (grant.expired) throw invalidToken('Lifetime validation failed, the token is expired.', origin);
  if (claims !== null && !meets(grant.claims, claims)) throw claimsRequired(claims, origin);
  if (!grant.roles.includes(REQUIRED_ROLE)) throw forbidden(REQUIRED_ROLE, grant.roles);
}

/** Clients merge their claims into the request; those for the access token count. */
function meets(requested: string | undefined, demanded: string): boolean {
  return accessTokenClaims(requested) === accessTokenClaims(demanded);
}

function accessTokenClaims(claims = '{}'): string {
  const { access_token: part } = JSON.parse(claims) as { access_token?: unknown };
  return JSON.stringify(part);
}
