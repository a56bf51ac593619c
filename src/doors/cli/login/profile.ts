import { renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isRecord, type JsonObject } from '../../../base/json';
import { makeFolder } from '../../../base/owned-path';
import { FILE_MODE, FOLDER_MODE, unavailable } from '../../../state/files';
import { readProfiles } from '../config/file';
import { readJsonFile } from '../config/json-file';

/** Parameters that choose a sign-in method or belong to one; a new sign-in replaces them all. */
const SIGN_IN = [
  'app_id',
  'tenant_id',
  'client_credentials',
  'credentials',
  'creds_certificate',
  'use_managed_identities',
  'managed_identities_client_id',
  'use_ambient_identity',
];

/** What a sign-in method needs. */
export type LoginInput =
  | {
      readonly method: 'secret';
      readonly appId: string;
      readonly tenantId: string;
      readonly secret: string;
    }
  | {
      readonly method: 'certificate';
      readonly appId: string;
      readonly tenantId: string;
      readonly thumbprint: string;
      readonly privateKey: string;
    }
  | { readonly method: 'device-code'; readonly appId: string; readonly tenantId?: string }
  | { readonly method: 'managed-identity'; readonly appId?: string }
  | { readonly method: 'ambient' };

export function parametersOf(input: LoginInput): JsonObject {
  switch (input.method) {
    case 'secret':
      return {
        app_id: input.appId,
        tenant_id: input.tenantId,
        client_credentials: true,
        credentials: { password: input.secret },
      };
    case 'certificate':
      return {
        app_id: input.appId,
        tenant_id: input.tenantId,
        client_credentials: true,
        creds_certificate: { identifier: input.thumbprint, password: input.privateKey },
      };
    case 'device-code':
      return {
        app_id: input.appId,
        ...(input.tenantId === undefined ? {} : { tenant_id: input.tenantId }),
      };
    case 'managed-identity':
      return {
        use_managed_identities: true,
        ...(input.appId === undefined ? {} : { managed_identities_client_id: { password: input.appId } }),
      };
    case 'ambient':
      return { use_ambient_identity: true };
  }
}

/** Returns a profile with new sign-in parameters; everything else is unchanged. */
export function withSignIn(file: string, name: string, params: JsonObject): JsonObject {
  const existing = (readProfiles(file)[name] ?? {}) as JsonObject;
  const others = Object.entries(existing).filter(([parameter]) => !SIGN_IN.includes(parameter));
  return { ...Object.fromEntries(others), ...params };
}

/** Writes a profile; the others stay. */
export function saveProfile(file: string, name: string, profile: JsonObject): void {
  writeProfiles(file, { ...readProfiles(file), [name]: profile });
}

/** Removes a profile; false if it does not exist. */
export function removeProfile(file: string, name: string): boolean {
  const { [name]: removed, ...others } = readProfiles(file);
  if (removed === undefined) return false;
  writeProfiles(file, others);
  return true;
}

/** Replaces the file as a whole, so that an interruption leaves the old one; only its owner can read it. */
function writeProfiles(file: string, profiles: JsonObject): void {
  const scratch = `${file}.${process.pid}`;
  const content = readJsonFile(file);
  const whole = { ...(isRecord(content) ? content : {}), profiles };
  try {
    makeFolder(dirname(file), FOLDER_MODE);
    writeFileSync(scratch, `${JSON.stringify(whole, null, 2)}\n`, { mode: FILE_MODE });
    renameSync(scratch, file);
  } catch (error) {
    throw unavailable(`${file} cannot be written`, error, 'name another file in MDTI_CONFIG');
  }
}
