/** The flows that use MSAL, loaded by one lazy import so that the bundle contains MSAL once. */
export { acquireByClientCredentials } from './client-credentials';
export { finishDeviceCode, startDeviceCode } from './device-code';
export { acquireByManagedIdentity } from './managed-identity';
export { acquireByRefreshToken } from './user-token';
