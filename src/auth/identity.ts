import { PluginError } from '../base/errors';
import { splitAppId } from '../config/app-id';
import type { Config } from '../config/config';
import { readPrivateKey } from './private-key';
import { readThumbprint, type Thumbprint } from './thumbprint';

/** The identity that we present to the login service. */
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
      readonly thumbprint: Thumbprint;
      /** PKCS#8 PEM. */
      readonly privateKey: string;
    }
  | {
      readonly flow: 'device-code';
      readonly tenant: string;
      readonly clientId: string;
      /** A refresh token that the parameters bring along; it makes the first login. */
      readonly seed: string | undefined;
    }
  | { readonly flow: 'managed-identity'; readonly clientId: string | undefined }
  | { readonly flow: 'ambient'; readonly tenant: string | undefined };

export type SignInMethod = Identity['flow'];

/**
 * Returns the sign-in method that the parameters select.
 * @throws PluginError CONFIG_INVALID naming the fields that are missing or cannot be combined.
 */
export function identityOf(login: Config['login']): Identity {
  const selected = [
    login.useManagedIdentities && 'use_managed_identities',
    login.useAmbientIdentity && 'use_ambient_identity',
    login.clientCredentials && 'client_credentials',
  ].filter((name) => name !== false);
  if (login.useAmbientIdentity && selected.length > 1)
    throw refused(`The parameters ${selected.join(' and ')} cannot be combined.`, 'Select one of them.');
  if (login.useManagedIdentities)
    return { flow: 'managed-identity', clientId: login.managedIdentityClientId };
  if (login.useAmbientIdentity) return { flow: 'ambient', tenant: login.tenant };
  return login.clientCredentials ? clientCredentials(login) : deviceCode(login);
}

/**
 * Returns notes for an administrator about sign-in parameters that are set and not used. Instances of the integration that
 * we replace may set them, and it chooses in the same order.
 */
export function unusedLoginParameters(login: Config['login']): { parameter: string; used: string }[] {
  if (login.useManagedIdentities)
    return login.clientCredentials
      ? [{ parameter: 'client_credentials', used: 'use_managed_identities' }]
      : [];
  const { thumbprint, privateKey } = login.certificate;
  if (!login.clientCredentials || login.useAmbientIdentity || login.secret === undefined) return [];
  if (thumbprint === undefined && privateKey === undefined) return [];
  return isWhole(login.certificate)
    ? [{ parameter: 'credentials', used: 'creds_certificate' }]
    : [{ parameter: 'creds_certificate', used: 'credentials' }];
}

function isWhole({ thumbprint, privateKey }: Config['login']['certificate']): boolean {
  return thumbprint !== undefined && privateKey !== undefined;
}

/** The part of an identity that determines the source and audience of its token: identities with equal keys share their logins. */
export function identityKey(identity: Identity, config: Config): string {
  const tenant = 'tenant' in identity ? identity.tenant : undefined;
  const clientId = 'clientId' in identity ? identity.clientId : undefined;
  return [config.authority, config.graph, tenant ?? '', clientId ?? '', identity.flow].join(' ');
}

/** The secret or key that an identity signs in with; undefined if it has none, or a sign-in that the state contains. */
export function credentialOf(identity: Identity): string | undefined {
  if (identity.flow === 'client-secret') return identity.secret;
  if (identity.flow !== 'client-certificate') return undefined;
  return `${identity.thumbprint.hex} ${identity.privateKey}`;
}

function deviceCode(login: Config['login']): Identity {
  const { clientId, refreshToken } = splitAppId(login.clientId);
  return {
    flow: 'device-code',
    tenant: login.tenant ?? 'organizations',
    clientId: needed(clientId || undefined, 'app_id'),
    seed: refreshToken,
  };
}

function clientCredentials(login: Config['login']): Identity {
  const { thumbprint, privateKey } = login.certificate;
  if (login.secret === undefined && thumbprint === undefined && privateKey === undefined) {
    throw refused(
      'Client credentials need a client secret (parameter credentials) or a certificate (creds_certificate); neither is set.',
      'Set one of credentials and creds_certificate.',
    );
  }
  const { clientId } = splitAppId(needed(login.clientId, 'app_id'));
  const application = { tenant: oneTenant(needed(login.tenant, 'tenant_id')), clientId };
  if (login.secret !== undefined && !isWhole(login.certificate))
    return { flow: 'client-secret', ...application, secret: login.secret };
  return {
    flow: 'client-certificate',
    ...application,
    thumbprint: readThumbprint(needed(thumbprint, 'creds_certificate (its identifier, the thumbprint)')),
    privateKey: readPrivateKey(needed(privateKey, 'creds_certificate (its password, the private key)')),
  };
}

/** An application has no home tenant, so it cannot use the names that stand for any tenant. */
function oneTenant(tenant: string): string {
  if (!/^(common|organizations|consumers)$/i.test(tenant)) return tenant;
  throw refused(
    `The parameter tenant_id is ${tenant}, which stands for any tenant; client credentials need a specific tenant.`,
    'Set it to the directory (tenant) ID, or to a verified domain of the tenant.',
  );
}

function needed(value: string | undefined, parameter: string): string {
  if (value !== undefined) return value;
  throw refused(
    `The parameter ${parameter} is required for this sign-in method and is not set.`,
    'Set it in the configuration of the integration instance.',
  );
}

function refused(message: string, hint: string): PluginError {
  return new PluginError('CONFIG_INVALID', message, { hint });
}
