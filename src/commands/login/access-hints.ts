import type { SignInMethod } from '../../auth/identity';
import type { AccessHints } from '../../graph/authorized-request';

const PERMISSION = 'ThreatIntelligence.Read.All on Microsoft Graph';

const APPLICATION = `Add the application permission ${PERMISSION} and grant admin consent, in a tenant with Defender XDR or Microsoft Sentinel.`;
const MANAGED = `Assign the application permission ${PERMISSION} to the managed identity, in a tenant with Defender XDR or Microsoft Sentinel. Azure caches managed identity tokens for up to 24 hours, so a new permission can take that long to work.`;
const PERSON = `Add the delegated permission ${PERMISSION} and grant admin consent, in a tenant with Defender XDR or Microsoft Sentinel. The signed-in user also needs the directory role Security Reader.`;
const AMBIENT = `Grant ${PERMISSION} to the identity of this machine, in a tenant with Defender XDR or Microsoft Sentinel. A signed-in user also needs the directory role Security Reader. Azure caches managed identity tokens for up to 24 hours.`;

const SIGN_IN = 'Conditional access requires a new sign-in: run !msg-defender-threat-intel-auth-start.';
const POLICY =
  'Conditional access rejects the token. Check the conditional access policies for this workload identity in Microsoft Entra.';

const HINTS: Readonly<Record<SignInMethod, AccessHints>> = {
  'client-secret': { forbidden: APPLICATION, claims: POLICY },
  'client-certificate': { forbidden: APPLICATION, claims: POLICY },
  'device-code': { forbidden: PERSON, claims: SIGN_IN },
  'managed-identity': { forbidden: MANAGED, claims: POLICY },
  ambient: { forbidden: AMBIENT, claims: `${POLICY} A signed-in user signs in again with \`az login\`.` },
};

/** Returns the hints for responses about access, by sign-in method. */
export function accessHints(method: SignInMethod): AccessHints {
  return HINTS[method];
}
