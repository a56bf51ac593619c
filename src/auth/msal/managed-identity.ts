import { AsyncLocalStorage } from 'node:async_hooks';
import { type INetworkModule, ManagedIdentityApplication } from '@azure/msal-node';
import { PluginError } from '../../base/errors';
import { isTransportError, TransportError, type TransportFault } from '../../http/transport';
import type { Identity } from '../identity';
import type { IssuedToken } from '../login-state';
import { isUnavailable, UNAVAILABLE } from '../oauth-error';
import { claimsOf, issueToken, type LoginTarget } from './issue-token';
import { type MsalNetwork, msalNetwork } from './network';

type MachineIdentity = Extract<Identity, { flow: 'managed-identity' }>;

/** Milliseconds: the endpoint is next door, or it is not there. */
const PROBE_TIMEOUT = 5_000;

/** Connection failures that mean there is no such endpoint. */
const ABSENT: readonly TransportFault[] = ['refused', 'unreachable', 'unresolved', 'timeout'];

const SYSTEM_ASSIGNED =
  'Enable the system-assigned identity of this machine, or set managed_identities_client_id to one that is assigned to it.';
const USER_ASSIGNED =
  'Check managed_identities_client_id, and that this identity is assigned to this machine.';

/**
 * MSAL keeps the first source that it finds, and with it the first network module, for the life of the process. So there is
 * one module, which finds the acquisition it works for by the calls that led to it.
 */
const current = new AsyncLocalStorage<MsalNetwork>();
const networkClient: INetworkModule = {
  sendGetRequestAsync: (url, options) => inCall().sendGetRequestAsync(url, options),
  sendPostRequestAsync: (url, options) => inCall().sendPostRequestAsync(url, options),
};

function inCall(): MsalNetwork {
  const network = current.getStore();
  if (network === undefined) throw new Error('MSAL requested outside of an acquisition');
  return network;
}

/**
 * The identity of this machine, from the endpoint that Azure's variables name or the one at 169.254.169.254
 * (https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token).
 * @throws PluginError AUTH_FAILED with the endpoint's own text, or if none responds; TIMED_OUT or CANCELLED.
 */
export async function acquireByManagedIdentity(
  { clientId }: MachineIdentity,
  target: LoginTarget,
): Promise<IssuedToken> {
  const timeout = Math.min(PROBE_TIMEOUT, target.line.timeout);
  const network = msalNetwork({ ...target.line, timeout, direct: true });
  const application = new ManagedIdentityApplication({
    ...(clientId === undefined ? {} : { managedIdentityIdParams: { userAssignedClientId: clientId } }),
    system: { networkClient, disableInternalRetries: true },
  });
  const acquire = () =>
    application.acquireToken({ resource: target.resource, forceRefresh: true, ...claimsOf(target) });
  try {
    return await current.run(network, () => issueToken(target, network, acquire));
  } catch (error) {
    throw machineError(error, network, clientId);
  }
}

/**
 * An endpoint that is being updated responds so, and 410 is over within 70 seconds; 404 may also come from something else that
 * listens there. (See above, the guidance for retries.)
 */
const UPDATING: Readonly<Record<number, TransportFault>> = { 404: 'unreachable', 410: 'reset' };

function machineError(error: unknown, network: MsalNetwork, clientId: string | undefined): unknown {
  const failure = network.failure();
  if (isTransportError(failure)) return ABSENT.includes(failure.fault) ? absent(failure) : error;
  const refusal = network.refusal();
  if (refusal === undefined) return error;
  const { words, status, retryAfter } = refusal;
  const which = clientId === undefined ? 'system-assigned identity' : `identity ${clientId}`;
  const fault = UPDATING[status];
  return new PluginError(
    'AUTH_FAILED',
    `The managed identity endpoint returned no token for the ${which}: ${words || `status ${status}`}`,
    {
      hint: isUnavailable(refusal) ? UNAVAILABLE : clientId === undefined ? SYSTEM_ASSIGNED : USER_ASSIGNED,
      status,
      retryAfter,
      cause: fault && new TransportError(fault, 'managed identity', 'the endpoint is being updated'),
    },
  );
}

/** Without its cause: a missing endpoint is not retried. */
function absent({ origin, reason }: TransportError): PluginError {
  return new PluginError('AUTH_FAILED', `No managed identity endpoint responds at ${origin}: ${reason}.`, {
    hint: 'Managed identities exist on machines in Azure, and on others that Azure Arc manages. Elsewhere, clear use_managed_identities and use client_credentials.',
  });
}
