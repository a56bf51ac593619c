import { isRecord, parseJson } from '../base/json';
import type { HttpResponse } from '../http/transport';

/** Characters of a challenge; Microsoft's have a few hundred. */
const LONGEST = 8_192;

/**
 * The claims (JSON) that Graph demands of the next token, from `WWW-Authenticate` of a 401: conditional access, or continuous access
 * evaluation (https://learn.microsoft.com/entra/identity-platform/claims-challenge). Undefined for any other response.
 */
export function claimsChallenge({ status, headers }: HttpResponse): string | undefined {
  if (status !== 401) return undefined;
  const [, encoded = ''] = /\bclaims="([\w+/=-]+)"/.exec(headers['www-authenticate'] ?? '') ?? [];
  if (encoded === '' || encoded.length > LONGEST) return undefined;
  const claims = Buffer.from(encoded, 'base64').toString();
  return isRecord(parseJson(claims)) ? claims : undefined;
}
