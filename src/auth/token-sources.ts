import type { Clock } from '../clock';
import type { Config } from '../config/config';
import { PluginError } from '../errors';
import type { Transport } from '../http/transport';
import type { Log } from '../log';
import type { Store } from '../state/store';
import { type Acquire, cachedTokenSource } from './cached-token-source';
import type { Identity } from './identity';
import type { TokenSource } from './token-source';

export interface LoginPorts {
  readonly transport: Transport;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

/** The token source of an identity. What a flow needs is loaded when no cached token is good. */
export function tokenSource(identity: Identity, config: Config, ports: LoginPorts): TokenSource {
  return cachedTokenSource(
    keyOf(identity, config),
    flowOf(identity, config, ports),
    ports.store,
    ports.clock,
    ports.log,
  );
}

/** Changed parameters never meet another identity's token. */
function keyOf(identity: Identity, config: Config): string {
  const tenant = 'tenant' in identity ? identity.tenant : undefined;
  const clientId = 'clientId' in identity ? identity.clientId : undefined;
  return [config.authority, config.graph, tenant ?? '', clientId ?? '', identity.flow].join(' ');
}

function flowOf(identity: Identity, config: Config, ports: LoginPorts): Acquire {
  if (identity.flow !== 'client-secret') {
    throw new PluginError('CONFIG_INVALID', `The flow ${identity.flow} is not available in this version.`, {
      hint: 'Use client credentials with a secret.',
    });
  }
  const { tenant, clientId, secret } = identity;
  const credentials = { authority: config.authority, resource: config.graph, tenant, clientId, secret };
  return async (signal) => {
    const { acquireByClientCredentials } = await import('./client-credentials');
    return acquireByClientCredentials(credentials, ports.transport, config.limits.requestTimeout, signal);
  };
}
