import { isRecord, type JsonObject, parseJson, scalarText } from '../base/json';
import { counted } from '../base/sanitize';
import type { CheckResult } from './check-result';

/** The permission that the API requests, for an application (`roles`) or a user (`scp`). */
const PERMISSION = 'ThreatIntelligence.Read.All';

/** Graph's application id, which replaces its origin as the audience of some tokens. */
const GRAPH_ID = '00000003-0000-0000-c000-000000000000';

/** Checks the claims of a token and reports its audience, tenant, permissions and expiry; never the token itself. */
export function checkToken(
  token: string,
  graph: string,
  now: number,
  permissionHint: string,
): Omit<CheckResult, 'check'> {
  const claims = claimsOf(token);
  if (claims === undefined)
    return { status: 'ok', message: 'a token was issued; its content cannot be read' };
  const { aud, tid, exp } = claims;
  const held = [claims.roles, scalarText(claims.scp).split(' ')].flat().filter((name) => name);
  const minutes = typeof exp === 'number' ? Math.round((exp * 1000 - now) / 60_000) : undefined;
  const message = [
    `audience ${scalarText(aud) || 'unknown'}`,
    `tenant ${scalarText(tid) || 'unknown'}`,
    `${claims.scp === undefined ? 'roles' : 'scopes'} ${held.join(' ') || 'none'}`,
    ...(minutes === undefined ? [] : [`expires in ${counted(minutes, 'minute')}`]),
  ].join(', ');
  if (aud !== graph && aud !== GRAPH_ID)
    return { status: 'fail', message, fix: `The token is not for ${graph}: check graph_endpoint.` };
  if (!held.includes(PERMISSION))
    return {
      status: 'fail',
      message,
      fix: permissionHint,
    };
  return { status: 'ok', message };
}

function claimsOf(token: string): JsonObject | undefined {
  const claims = parseJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return isRecord(claims) ? claims : undefined;
}
