import { randomUUID } from 'node:crypto';
import { json, type SandboxResponse } from '../http-message';

/** An error of the login service; thrown where the cause is seen, converted to a response in one place. */
export class LoginError extends Error {
  readonly status: number;
  /** The OAuth error: `invalid_client`. */
  readonly error: string;
  /** The number after `AADSTS`. */
  readonly code: number;

  constructor(status: number, error: string, code: number, message: string) {
    super(message);
    this.status = status;
    this.error = error;
    this.code = code;
  }
}

function invalidGrant(code: number, message: string): LoginError {
  return new LoginError(400, 'invalid_grant', code, message);
}

function invalidRequest(code: number, message: string): LoginError {
  return new LoginError(400, 'invalid_request', code, message);
}

function invalidClient(code: number, message: string): LoginError {
  return new LoginError(401, 'invalid_client', code, message);
}

/** Sign-in errors, in the words of Microsoft's identity platform. */
export const errors = {
  unknownTenant: (tenant: string) =>
    invalidRequest(
      90002,
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
    ),
  noTenant: () =>
    invalidRequest(
      50059,
      'No tenant-identifying information found in either the request or implied by any provided credentials.',
    ),
  unknownApplication: (id: string, tenant: string) =>
    new LoginError(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${id}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
    ),
  wrongSecret: (id: string) =>
    invalidClient(
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${id}'.`,
    ),
  noCredential: () =>
    invalidClient(
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    ),
  malformedAssertion: () => invalidClient(50027, 'JWT token is invalid or malformed.'),
  unknownCertificate: (thumbprint: string) =>
    invalidClient(
      700027,
      `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key used by client: '${thumbprint}']`,
    ),
  wrongSignature: (thumbprint: string) =>
    invalidClient(
      700027,
      `Client assertion failed signature validation. [Reason - The key used is not valid for the signature., Thumbprint of key used by client: '${thumbprint}']`,
    ),
  wrongAudience: (audience: string) =>
    invalidClient(
      700023,
      `Client assertion audience claim does not match Realm issuer. Audience: '${audience}'.`,
    ),
  assertionExpired: () => invalidClient(700024, 'Client assertion is not within its valid time range.'),
  noParameter: (name: string) =>
    invalidRequest(900144, `The request body must contain the following parameter: '${name}'.`),
  unknownGrant: (grant: string) =>
    new LoginError(
      400,
      'unsupported_grant_type',
      70003,
      `The app requested an unsupported grant type '${grant}'.`,
    ),
  notDefaultScope: (scope: string) =>
    new LoginError(
      400,
      'invalid_scope',
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    ),
  unknownResource: (resource: string, tenant: string) =>
    new LoginError(
      400,
      'invalid_resource',
      500011,
      `The resource principal named ${resource} was not found in the tenant named ${tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
    ),
  pending: () =>
    new LoginError(
      400,
      'authorization_pending',
      70016,
      'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
    ),
  tooFast: () =>
    new LoginError(400, 'slow_down', 70016, 'OAuth 2.0 device flow error. Polling too often. Slow down.'),
  declined: () =>
    new LoginError(400, 'authorization_declined', 65004, 'User declined to consent to access the app.'),
  deviceCodeExpired: () =>
    new LoginError(
      400,
      'expired_token',
      70020,
      'The provided value for the input parameter device_code is not valid. This device code has expired.',
    ),
  unknownDeviceCode: () =>
    new LoginError(
      400,
      'bad_verification_code',
      70018,
      'The provided value for the input parameter device_code is not valid.',
    ),
  usedDeviceCode: () =>
    invalidGrant(
      54005,
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
    ),
  invalidRefreshToken: () =>
    invalidGrant(70000, 'The provided value for the input parameter refresh_token is not valid.'),
  revoked: () =>
    invalidGrant(
      50173,
      'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
    ),
  transient: (status: number) =>
    new LoginError(
      status,
      'temporarily_unavailable',
      90033,
      'A transient error has occurred. Please try again.',
    ),
};

/** The body that every error of the login service has; `now` in milliseconds. */
export function errorResponse(
  error: LoginError,
  now: number,
  headers: Readonly<Record<string, string>> = {},
): SandboxResponse {
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const [trace, correlation] = [randomUUID(), randomUUID()];
  return json(
    error.status,
    {
      error: error.error,
      error_description: `AADSTS${error.code}: ${error.message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [error.code],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${error.code}`,
    },
    headers,
  );
}
