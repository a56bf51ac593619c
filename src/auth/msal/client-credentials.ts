import { ConfidentialClientApplication, type NodeAuthOptions } from '@azure/msal-node';
import type { Identity } from '../identity';
import type { IssuedToken } from '../login-state';
import { authorityMetadata } from './authority';

import { claimsOf, issueToken, type LoginTarget } from './issue-token';
import { msalNetwork } from './network';

type ApplicationIdentity = Extract<Identity, { flow: 'client-secret' | 'client-certificate' }>;

/**
 * The client-credentials flow: the application signs in as itself
 * (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
 * @throws PluginError AUTH_FAILED with the login service's own text, NETWORK_FAILED, TIMED_OUT or CANCELLED.
 */
export function acquireByClientCredentials(
  identity: ApplicationIdentity,
  target: LoginTarget,
): Promise<IssuedToken> {
  const network = msalNetwork(target.line);
  const application = new ConfidentialClientApplication({
    auth: {
      clientId: identity.clientId,
      ...credentialOf(identity),
      ...authorityMetadata(target.authority, identity.tenant),
    },
    system: { networkClient: network },
  });
  return issueToken(target, network, () =>
    application.acquireTokenByClientCredential({
      scopes: [`${target.resource}/.default`],
      ...claimsOf(target),
    }),
  );
}

/** A certificate signs an assertion: RS256 under `x5t` for a SHA-1 thumbprint, PS256 under `x5t#S256` for SHA-256. */
function credentialOf(identity: ApplicationIdentity): Partial<NodeAuthOptions> {
  if (identity.flow === 'client-secret') return { clientSecret: identity.secret };
  const { hash, hex } = identity.thumbprint;
  const name = hash === 'sha-1' ? { thumbprint: hex } : { thumbprintSha256: hex };
  return { clientCertificate: { ...name, privateKey: identity.privateKey } };
}
