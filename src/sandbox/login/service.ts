import type { InjectedFault } from '../faults';
import { type Incoming, json, type SandboxResponse } from '../http-message';
import { APPLICATION, type DeviceCodeTimes } from '../options';
import type { DeviceCodes } from './device';
import { instanceDiscovery, openidConfiguration } from './discovery';
import { errorResponse, errors, LoginError } from './errors';
import { checkApplication, grantToken, type LoginContext } from './token';

export interface LoginService {
  respond(incoming: Incoming): SandboxResponse;
  /** An error that a fault requested, in the words of the login service. */
  refuse(refused: InjectedFault): SandboxResponse;
}

/** Tenants that accept a sign-in: the sandbox tenant by id or domain, and the names for any tenant. */
const TENANTS: readonly string[] = [APPLICATION.tenant, APPLICATION.domain, 'organizations', 'common'];

export function makeLoginService(context: LoginContext, times: DeviceCodeTimes): LoginService {
  return {
    respond(incoming) {
      try {
        return route(context, times, incoming);
      } catch (error) {
        if (!(error instanceof LoginError)) throw error;
        return errorResponse(error, context.clock());
      }
    },
    refuse: ({ status, retryAfter }) =>
      errorResponse(
        errors.transient(status),
        context.clock(),
        retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
      ),
  };
}

function route(context: LoginContext, times: DeviceCodeTimes, incoming: Incoming): SandboxResponse {
  const [, tenant = '', ...rest] = incoming.path.split('/').map(decode);
  const request = `${incoming.method} /${rest.join('/')}`;
  if (request === 'GET /discovery/instance')
    return json(200, instanceDiscovery(context.origin, APPLICATION.tenant));
  if (request === 'GET /' && tenant === 'device') return devicePage(context.devices, incoming.query);
  if (request === 'GET /v2.0/.well-known/openid-configuration')
    return json(200, openidConfiguration(context.origin, checkTenant(tenant), issuerTenant(tenant)));
  const form = new URLSearchParams(incoming.body);
  if (request === 'POST /oauth2/v2.0/token')
    return json(200, grantToken(context, { tenant: checkTenant(tenant), form }), {
      'cache-control': 'no-store',
    });
  if (request === 'POST /oauth2/v2.0/devicecode') {
    checkApplication({ tenant: checkTenant(tenant), form });
    return json(200, startDevice(context, times));
  }
  return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found.' };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function checkTenant(tenant: string): string {
  if (!TENANTS.includes(tenant.toLowerCase())) throw errors.unknownTenant(tenant);
  return tenant;
}

/** Microsoft names no tenant in the issuer until the tenant is known. */
function issuerTenant(tenant: string): string {
  return tenant === 'common' || tenant === 'organizations' ? '{tenantid}' : APPLICATION.tenant;
}

function startDevice(context: LoginContext, times: DeviceCodeTimes): object {
  const { deviceCode, userCode } = context.devices.start();
  const page = `${context.origin}/device`;
  return {
    user_code: userCode,
    device_code: deviceCode,
    verification_uri: page,
    expires_in: times.lifetime,
    interval: times.interval,
    message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
  };
}

/**
 * The page for a device code that a user opens: `/device?code=…&approve` and `/device?code=…&decline` decide, anything else
 * shows the form that leads there.
 */
function devicePage(devices: DeviceCodes, query: string): SandboxResponse {
  const fields = new URLSearchParams(query);
  const code = (fields.get('code') ?? '').trim().toUpperCase();
  const decision = fields.has('approve') ? 'approved' : fields.has('decline') ? 'declined' : undefined;
  if (!decision) return page(200, form(escaped(code)));
  if (!devices.decide(code, decision)) return page(404, '<p>No sign-in waits for this code.</p>');
  return page(200, `<p>The sign-in was ${decision}. You can close this page.</p>`);
}

function form(code: string): string {
  return `<form><p><label>Code <input name="code" value="${code}"></label></p>
<p><button name="approve">Approve</button> <button name="decline">Decline</button></p></form>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function page(status: number, content: string): SandboxResponse {
  const body = `<!doctype html><html lang="en"><title>Sandbox sign-in</title><h1>Sandbox sign-in</h1>${content}</html>\n`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}
