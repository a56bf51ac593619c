import { isPluginError, PluginError } from '../base/errors';
import { networkError } from '../http/network-error';
import { isTransportError } from '../http/transport';
import { isUnavailable, type OAuthError, UNAVAILABLE } from './oauth-error';

const CONFIGURATION =
  'Check the tenant, the application and its credential in the configuration of the integration instance.';

const ENDPOINT =
  'Check that the parameter azure_ad_endpoint names a Microsoft login service, and that no proxy responds in its place.';

/** Hints for errors that administrators meet (https://learn.microsoft.com/entra/identity-platform/reference-error-codes). */
const HINTS: Readonly<Record<string, string>> = {
  AADSTS50059: 'Set tenant_id to the tenant in which the application is registered.',
  AADSTS50173: 'Sign in again: run !msg-defender-threat-intel-auth-start.',
  AADSTS65001: 'Ask an administrator to grant consent for ThreatIntelligence.Read.All to this application.',
  AADSTS70000: 'Sign in again: run !msg-defender-threat-intel-auth-start.',
  AADSTS70008: 'Sign in again: run !msg-defender-threat-intel-auth-start.',
  AADSTS90002: 'Check tenant_id, and that azure_ad_endpoint is the cloud of that tenant.',
  AADSTS700016: 'Check app_id, and that tenant_id is the tenant in which it is registered.',
  AADSTS700027: 'Register the certificate with the application, or use one that is registered.',
  AADSTS700082: 'Sign in again: run !msg-defender-threat-intel-auth-start.',
  AADSTS7000215: "Give the secret's value in credentials, not its id.",
  AADSTS7000218: 'Turn on *Allow public client flows* (App registrations, Authentication).',
  AADSTS7000222: 'Create a new secret for the application and enter its value in credentials.',
};

/** Converts the failure of a sign-in to our error; `refusal` is the service's error response, `error` the thrown value. */
export function loginError(authority: string, refusal: OAuthError | undefined, error: unknown): PluginError {
  if (isTransportError(error)) return networkError('the sign-in request', error);
  if (isPluginError(error)) return error;
  const { words = '', status, retryAfter } = refusal ?? {};
  const statusNote = status === undefined ? '' : ` The response had status ${status}.`;
  const message =
    words === ''
      ? `The sign-in at ${authority} returned no token and no readable reason.${statusNote}`
      : `The sign-in at ${authority} was rejected: ${words}`;
  const known = HINTS[/AADSTS\d+/.exec(words)?.[0] ?? ''] ?? (words === '' ? ENDPOINT : CONFIGURATION);
  const hint = refusal !== undefined && isUnavailable(refusal) ? UNAVAILABLE : known;
  return new PluginError('AUTH_FAILED', message, { hint, status, retryAfter, cause: error });
}
