import { randomBytes } from 'node:crypto';
import { APPLICATION } from '../options';
import { checkAssertion } from './assertion';
import type { DeviceCodes } from './device';
import { errors } from './errors';
import { shapeJwt } from './jwt';
import type { TokenStore } from './tokens';

export interface LoginContext {
  readonly origin: string;
  readonly tokens: TokenStore;
  readonly devices: DeviceCodes;
  readonly certificates: readonly string[];
  readonly clock: () => number;
}

/** A post to the login service: the tenant of its path, and its form. */
interface LoginPost {
  readonly tenant: string;
  readonly form: URLSearchParams;
}

type GrantType = (context: LoginContext, post: LoginPost) => object;

const GRANTS: Readonly<Record<string, GrantType>> = {
  client_credentials: clientCredentials,
  refresh_token: refreshToken,
  device_code: deviceCode,
  'urn:ietf:params:oauth:grant-type:device_code': deviceCode,
};

const OPENID_SCOPES = ['openid', 'profile', 'email', 'offline_access'];

/** The body of a token response. @throws LoginError */
export function grantToken(context: LoginContext, post: LoginPost): object {
  const type = required(post.form, 'grant_type');
  const grant = Object.hasOwn(GRANTS, type) ? GRANTS[type] : undefined;
  if (!grant) throw errors.unknownGrant(type);
  checkApplication(post);
  return grant(context, post);
}

/** A form field. @throws LoginError if it is missing or empty. */
export function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw errors.noParameter(name);
  return value;
}

/** @throws LoginError if the form names another application than the registered one. */
export function checkApplication({ form, tenant }: LoginPost): void {
  const id = required(form, 'client_id');
  if (id !== APPLICATION.id) throw errors.unknownApplication(id, tenant);
}

function clientCredentials(context: LoginContext, post: LoginPost): object {
  if (post.tenant === 'common' || post.tenant === 'organizations') throw errors.noTenant();
  checkCredential(context, post);
  const scope = required(post.form, 'scope');
  if (!scope.endsWith('/.default')) throw errors.notDefaultScope(scope);
  return accessToken(context, 'application', resourceOf(context, post), claimsOf(post));
}

function checkCredential(context: LoginContext, { form, tenant }: LoginPost): void {
  const assertion = form.get('client_assertion');
  const secret = form.get('client_secret');
  if (assertion) {
    const endpoint = `${context.origin}/${tenant}/oauth2/v2.0/token`;
    checkAssertion(assertion, context.certificates, endpoint, context.clock());
  } else if (!secret) throw errors.noCredential();
  else if (secret !== APPLICATION.secret) throw errors.wrongSecret(APPLICATION.id);
}

function deviceCode(context: LoginContext, post: LoginPost): object {
  context.devices.redeem(required(post.form, 'device_code'));
  return userToken(context, post);
}

function refreshToken(context: LoginContext, post: LoginPost): object {
  const resource = resourceOf(context, post);
  context.tokens.redeemRefreshToken(required(post.form, 'refresh_token'));
  return userToken(context, post, resource);
}

/** The audience of the scopes; Graph if they contain none. The sandbox's own origin counts as Graph. */
function resourceOf(context: LoginContext, { form, tenant }: LoginPost): string {
  const graph = 'https://graph.microsoft.com';
  const scopes = (form.get('scope') ?? '')
    .split(' ')
    .filter((scope) => scope && !OPENID_SCOPES.includes(scope));
  const resources = scopes
    .filter((scope) => scope.includes('://'))
    .map((scope) => scope.slice(0, scope.lastIndexOf('/')));
  for (const resource of resources)
    if (resource !== graph && resource !== context.origin) throw errors.unknownResource(resource, tenant);
  return resources[0] ?? graph;
}

/** The access-token claims of a request, as a claims challenge states them. */
function claimsOf({ form }: LoginPost): string | undefined {
  return form.get('claims') ?? undefined;
}

function accessToken(
  context: LoginContext,
  subject: 'application' | 'user',
  resource: string,
  claims: string | undefined,
): object {
  const { token, expiresIn } = context.tokens.issue(subject, resource, claims);
  return { token_type: 'Bearer', expires_in: expiresIn, ext_expires_in: expiresIn, access_token: token };
}

function userToken(context: LoginContext, post: LoginPost, resource = resourceOf(context, post)): object {
  const { user, tenant } = APPLICATION;
  const clientInfo = Buffer.from(JSON.stringify({ uid: user.id, utid: tenant })).toString('base64url');
  return {
    ...accessToken(context, 'user', resource, claimsOf(post)),
    scope: post.form.get('scope') ?? '',
    refresh_token: context.tokens.issueRefreshToken(),
    id_token: idToken(context),
    client_info: clientInfo,
  };
}

function idToken({ origin, clock }: LoginContext): string {
  const now = Math.floor(clock() / 1000);
  const { id, tenant, user } = APPLICATION;
  const claims = {
    aud: id,
    iss: `${origin}/${tenant}/v2.0`,
    iat: now,
    nbf: now,
    exp: now + 3600,
    name: 'Alex',
    preferred_username: user.name,
    oid: user.id,
    sub: user.id,
    tid: tenant,
    ver: '2.0',
  };
  return shapeJwt(claims, randomBytes(32));
}
