import { PluginError } from '../../../base/errors';
import { isRecord, type JsonObject } from '../../../base/json';
import { readJsonFile } from './json-file';

export const DEFAULT_PROFILE = 'default';

/**
 * Returns the parameters of a profile; empty if no profile was requested and the file or the profile `default` is missing.
 * @throws PluginError CONFIG_INVALID for a file that cannot be used, and for a profile that it does not contain.
 */
export function readProfile(file: string, name: string | undefined): JsonObject {
  const profiles = readProfiles(file);
  const wanted = name ?? DEFAULT_PROFILE;
  const profile = Object.hasOwn(profiles, wanted) ? profiles[wanted] : undefined;
  if (isRecord(profile)) return profile;
  if (profile === undefined && name === undefined) return {};
  throw new PluginError('CONFIG_INVALID', `${file} has no profile ${JSON.stringify(wanted)}.`, {
    hint: `It has: ${Object.keys(profiles).join(', ') || 'none'}.`,
  });
}

/**
 * Returns every profile of the file; empty if there is no file.
 * @throws PluginError CONFIG_INVALID for a file that cannot be used.
 */
export function readProfiles(file: string): JsonObject {
  const content = readJsonFile(file) ?? { profiles: {} };
  if (isRecord(content) && isRecord(content.profiles)) return content.profiles;
  throw new PluginError('CONFIG_INVALID', `${file} contains no "profiles".`, {
    hint: 'Write {"profiles": {"default": {"app_id": "…", "tenant_id": "…"}}}, or run `mdti login`.',
  });
}
