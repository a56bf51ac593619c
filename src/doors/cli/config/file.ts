import { didYouMean } from '../../../base/did-you-mean';
import { PluginError } from '../../../base/errors';
import { isRecord, type JsonObject } from '../../../base/json';
import { quoted } from '../../../base/sanitize';
import { readJsonFile } from './json-file';

export const DEFAULT_PROFILE = 'default';

/** The option or variable that names a profile. */
type ProfileOrigin = '--profile' | 'MDTI_PROFILE';

/**
 * Returns the parameters of a profile; empty if no profile was requested and the file or the profile `default` is missing.
 * @throws PluginError CONFIG_INVALID for a file that cannot be used, and for a profile that it does not contain.
 */
export function readProfile(file: string, name: string | undefined, from: ProfileOrigin): JsonObject {
  const profiles = readProfiles(file);
  const wanted = name ?? DEFAULT_PROFILE;
  const profile = Object.hasOwn(profiles, wanted) ? profiles[wanted] : undefined;
  if (isRecord(profile)) return profile;
  if (profile === undefined && name === undefined) return {};
  throw missingProfile(file, wanted, Object.keys(profiles), from);
}

function missingProfile(
  file: string,
  wanted: string,
  names: readonly string[],
  from: ProfileOrigin,
): PluginError {
  const meant = didYouMean(wanted, names);
  const hints = [
    ...(meant === undefined ? [] : [`Did you mean ${meant}?`]),
    names.length === 0 ? 'It has no profiles.' : `Its profiles are ${names.join(', ')}.`,
    `To create this one, run \`mdti login --profile ${/^[\w.-]+$/.test(wanted) ? wanted : quoted(wanted)}\`.`,
  ];
  return new PluginError('CONFIG_INVALID', `${from}: ${file} has no profile ${quoted(wanted)}.`, {
    hint: hints.join(' '),
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
