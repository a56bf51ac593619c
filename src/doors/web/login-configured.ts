import type { JsonObject } from '../../base/json';

/** Whether the parameters name a sign-in method; whether it works shows at the first command. */
export function isLoginConfigured(params: JsonObject): boolean {
  const isSet = (value: unknown) => typeof value === 'string' && value.trim() !== '';
  const isOn = (value: unknown) => value === true || value === 'true';
  return isSet(params.app_id) || isOn(params.use_managed_identities) || isOn(params.use_ambient_identity);
}
