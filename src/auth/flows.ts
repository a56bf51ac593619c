import type { Clock } from '../base/clock';
import type { TokenFlow } from './flow';
import type { Identity } from './identity';
import type { TargetFor } from './msal/issue-token';
import { refreshFlow } from './refresh-flow';

/** The flow of an identity. What it needs is loaded when it is asked: with a cached token that is never. */
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
