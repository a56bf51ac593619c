import type { DeviceCodeRequest, NetworkRequestOptions } from '@azure/msal-node';
import { PluginError } from '../../base/errors';
import { type DeviceCodeError, deviceCodeError } from '../device-code-error';
import type { PendingLogin } from '../login-state';
import { issueToken, type LoginTarget } from './issue-token';
import { type MsalNetwork, msalNetwork } from './network';
import {
  publicApplication,
  refreshTokenOf,
  scopesFor,
  type UserIdentity,
  type UserToken,
} from './user-token';

/*
 * MSAL means one process to show the code and to wait until a user has typed it. We live for one command, so its one
 * call is cut in two: the first half stops as soon as the code is there, the second starts with the saved code in place of
 * the response of the service, and stops at the first response about it.
 */

/**
 * Requests a code that a user can type (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code).
 * @throws PluginError as every flow.
 */
export async function startDeviceCode(identity: UserIdentity, target: LoginTarget): Promise<PendingLogin> {
  const network = msalNetwork(target.line);
  let pending: PendingLogin | undefined;
  const request: DeviceCodeRequest = {
    scopes: scopesFor(target),
    deviceCodeCallback({ deviceCode, userCode, verificationUri, expiresIn }) {
      if (deviceCode && userCode && verificationUri && expiresIn > 0)
        pending = { deviceCode, userCode, verificationUri, expiresAt: target.line.now() + expiresIn * 1000 };
      request.cancel = true;
    },
  };
  const application = publicApplication(identity, target, network);
  await issueToken(target, network, () => application.acquireTokenByDeviceCode(request)).catch((error) => {
    if (network.failure() !== undefined || network.refusal() !== undefined) throw error;
  });
  if (pending !== undefined) return pending;
  throw new PluginError('AUTH_FAILED', `The sign-in at ${target.authority} returned no code.`, {
    hint: 'Check that the parameter azure_ad_endpoint names a Microsoft login service.',
  });
}

/**
 * Asks once whether the code was typed.
 * @throws PluginError for failures that are not about the code, as in every flow.
 */
export async function finishDeviceCode(
  identity: UserIdentity,
  pending: PendingLogin,
  target: LoginTarget,
): Promise<UserToken | DeviceCodeError> {
  const network = resumed(msalNetwork(target.line), pending, target.line.now());
  const application = publicApplication(identity, target, network);
  try {
    const token = await issueToken(target, network, () =>
      application.acquireTokenByDeviceCode({ scopes: scopesFor(target), deviceCodeCallback() {} }),
    );
    return { token, refreshToken: refreshTokenOf(application) };
  } catch (error) {
    const refusal = network.refusal();
    const failure = refusal === undefined ? undefined : deviceCodeError(refusal, pending, target.line.now());
    if (failure === undefined) throw error;
    return failure;
  }
}

/** A network module that replays the response with the code, and stops the polling of MSAL at the first error. */
function resumed(network: MsalNetwork, pending: PendingLogin, now: number): MsalNetwork {
  const body = {
    device_code: pending.deviceCode,
    expires_in: Math.ceil((pending.expiresAt - now) / 1000),
  };
  return {
    ...network,
    async sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions) {
      if (url.split('?')[0]?.endsWith('/devicecode')) return { status: 200, headers: {}, body: body as T };
      const response = await network.sendPostRequestAsync<T>(url, options);
      if (network.refusal() !== undefined) throw new Error('refused: MSAL would wait and retry');
      return response;
    },
  };
}
