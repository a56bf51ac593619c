import type { Clock } from '../base/clock';
import type { Config } from '../config/config';
import type { TokenSource } from '../http/token-source';
import type { Transport } from '../http/transport';
import { type CachePorts, cachedTokenSource } from './cached-token-source';
import { type DeviceLogin, deviceLogin } from './device-login';
import type { TokenFlow } from './flow';
import { credentialOf, type Identity, identityKey, identityOf } from './identity';
import type { TargetFor } from './msal/issue-token';
import { refreshFlow } from './refresh-flow';

interface LoginPorts extends CachePorts {
  readonly transport: Transport;
}

/** The sign-in of one configuration: its identity and the source of its tokens. */
export interface Login {
  readonly identity: Identity;
  readonly tokens: TokenSource;
  /** Starts and completes the sign-in of a user; undefined if no user has to sign in. */
  readonly device: DeviceLogin | undefined;
}

/** @throws PluginError CONFIG_INVALID if the parameters do not define a sign-in. */
export function openLogin(config: Config, ports: LoginPorts): Login {
  const identity = identityOf(config.login);
  const key = identityKey(identity, config);
  const targetFor: TargetFor = (signal, claims) => ({
    claims,
    authority: config.authority,
    resource: isMachine(identity) ? config.machineResource : config.graph,
    line: {
      transport: ports.transport,
      timeout: config.limits.requestTimeout,
      signal,
      now: ports.clock.now,
    },
  });
  const flow = flowOf(identity, key, targetFor, ports.clock);
  return {
    identity,
    tokens: cachedTokenSource(key, flow, ports, credentialOf(identity)),
    device: identity.flow === 'device-code' ? deviceLogin(identity, key, targetFor, ports) : undefined,
  };
}

/** Whether tokens come from the machine itself, without a secret of the instance. */
function isMachine({ flow }: Identity): boolean {
  return flow === 'managed-identity' || flow === 'ambient';
}

/** Returns the flow of an identity. Its modules are loaded on first use, so never while a cached token is valid. */
export function flowOf(identity: Identity, key: string, targetFor: TargetFor, clock: Clock): TokenFlow {
  switch (identity.flow) {
    case 'client-secret':
    case 'client-certificate':
      return async (state, signal, claims) => {
        const { acquireByClientCredentials } = await import('./msal/acquire');
        return { token: await acquireByClientCredentials(identity, targetFor(signal, claims)), state };
      };
    case 'device-code':
      return refreshFlow(identity, key, targetFor, clock.now);
    case 'managed-identity':
      return async (state, signal, claims) => {
        const { acquireByManagedIdentity } = await import('./msal/acquire');
        return { token: await acquireByManagedIdentity(identity, targetFor(signal, claims)), state };
      };
    case 'ambient':
      return async (state, signal, claims) => {
        const { acquireByAmbientIdentity } = await import('./ambient/acquire');
        return { token: await acquireByAmbientIdentity(identity, targetFor(signal, claims)), state };
      };
  }
}
