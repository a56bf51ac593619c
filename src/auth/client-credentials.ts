import { ConfidentialClientApplication } from '@azure/msal-node';
import type { Transport } from '../http/transport';
import { authorityMetadata } from './authority';
import type { IssuedToken } from './cached-token-source';
import { loginError } from './login-error';
import { msalNetwork } from './msal-network';

export interface ClientCredentials {
  /** Login origin, no path. */
  readonly authority: string;
  readonly tenant: string;
  readonly clientId: string;
  readonly secret: string;
  /** Graph's origin: the token's audience. */
  readonly resource: string;
}

/**
 * The client-credentials flow with a secret
 * (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
 * @throws PluginError AUTH_FAILED with the login service's own text, NETWORK_FAILED, TIMED_OUT or CANCELLED.
 */
export async function acquireByClientCredentials(
  credentials: ClientCredentials,
  transport: Transport,
  timeout: number,
  signal: AbortSignal,
): Promise<IssuedToken> {
  const network = msalNetwork(transport, timeout, signal);
  const application = new ConfidentialClientApplication({
    auth: {
      clientId: credentials.clientId,
      clientSecret: credentials.secret,
      ...authorityMetadata(credentials.authority, credentials.tenant),
    },
    system: { networkClient: network },
  });
  try {
    const result = await application.acquireTokenByClientCredential({
      scopes: [`${credentials.resource}/.default`],
    });
    if (result?.accessToken && result.expiresOn)
      return { value: result.accessToken, expiresAt: result.expiresOn.getTime() };
  } catch (error) {
    throw loginError(credentials.authority, network.failure() ?? error);
  }
  throw loginError(credentials.authority, undefined);
}
