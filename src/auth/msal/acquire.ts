/** The flows over MSAL, behind one lazy import: the bundle carries MSAL once. */
export { acquireByClientCredentials } from './client-credentials';
export { finishDeviceCode, startDeviceCode } from './device-code';
export { acquireByManagedIdentity } from './managed-identity';
export { acquireByRefreshToken } from './user-token';
