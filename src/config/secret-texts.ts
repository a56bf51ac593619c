import { isRecord } from '../base/json';
import type { ParameterName } from '../manifest/generated/types';
import { splitAppId } from './app-id';
import type { RawParams } from './read';

/** Parameters of type 9. The third is a client ID, but a secret may have been typed there. */
const CREDENTIALS: readonly string[] = [
  'credentials',
  'creds_certificate',
  'managed_identities_client_id',
] satisfies ParameterName[];

/** Whether a parameter is a field of credentials, whose value is never shown. */
export function isCredential(parameter: string): boolean {
  return CREDENTIALS.includes(parameter);
}

/** Returns every text in the parameters that may be a secret, even if the field has the wrong type. */
export function secretTexts(params: RawParams): string[] {
  const { credentials, creds_certificate: certificate, app_id: appId } = params;
  return [...textsOf(credentials), ...textsOf(certificate), splitAppId(appId).refreshToken ?? ''];
}

/** The identifier of a certificate is its thumbprint, which errors may name. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value.trim()];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => (name === 'identifier' ? [] : textsOf(part)));
}
