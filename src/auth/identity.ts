import type { Config } from '../config/config';
import { PluginError } from '../errors';

/** Who we are to the login service. */
export type Identity =
  | {
      readonly flow: 'client-secret';
      readonly tenant: string;
      readonly clientId: string;
      readonly secret: string;
    }
  | {
      readonly flow: 'client-certificate';
      readonly tenant: string;
      readonly clientId: string;
      readonly thumbprint: string;
      readonly privateKey: string;
    }
  | { readonly flow: 'device-code'; readonly tenant: string; readonly clientId: string }
  | { readonly flow: 'managed-identity'; readonly clientId: string | undefined }
  | { readonly flow: 'ambient'; readonly tenant: string | undefined };

export type Flow = Identity['flow'];

/**
 * The flow that the parameters ask for (Contract 5).
 * @throws PluginError CONFIG_INVALID naming the fields that are missing or exclude each other.
 */
export function identityOf(login: Config['login']): Identity {
  const ticked = [
    login.useManagedIdentities && 'use_managed_identities',
    login.useAmbientIdentity && 'use_ambient_identity',
    login.clientCredentials && 'client_credentials',
  ].filter((name) => name !== false);
  if (ticked.length > 1)
    throw refused(`The parameters ${ticked.join(' and ')} exclude each other.`, 'Tick one of them.');
  if (login.useManagedIdentities)
    return { flow: 'managed-identity', clientId: login.managedIdentityClientId };
  if (login.useAmbientIdentity) return { flow: 'ambient', tenant: login.tenant };
  if (!login.clientCredentials)
    return {
      flow: 'device-code',
      tenant: login.tenant ?? 'organizations',
      clientId: needed(login.clientId, 'app_id'),
    };
  const { thumbprint, privateKey } = login.certificate;
  const certificate = thumbprint !== undefined || privateKey !== undefined;
  if (certificate === (login.secret !== undefined)) {
    throw refused(
      certificate
        ? 'The parameters credentials (client secret) and creds_certificate are both set.'
        : 'Client credentials need a client secret (parameter credentials) or a certificate (creds_certificate); neither is set.',
      'Set exactly one of credentials and creds_certificate.',
    );
  }
  const application = {
    tenant: needed(login.tenant, 'tenant_id'),
    clientId: needed(login.clientId, 'app_id'),
  };
  if (login.secret !== undefined) return { flow: 'client-secret', ...application, secret: login.secret };
  return {
    flow: 'client-certificate',
    ...application,
    thumbprint: needed(thumbprint, 'creds_certificate (identifier: thumbprint)'),
    privateKey: needed(privateKey, 'creds_certificate (password: private key)'),
  };
}

function needed(value: string | undefined, parameter: string): string {
  if (value !== undefined) return value;
  throw refused(
    `The parameter ${parameter} is needed for this login and is not set.`,
    'Set it in the configuration of the integration instance.',
  );
}

function refused(message: string, hint: string): PluginError {
  return new PluginError('CONFIG_INVALID', message, { hint });
}
