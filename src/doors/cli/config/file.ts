import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { PluginError } from '../../../base/errors';
import { isRecord, type JsonObject, parseJson } from '../../../base/json';
import { isMissing } from '../../../state/files';

export const DEFAULT_PROFILE = 'default';

/** The file of profiles: MDTI_CONFIG, else `mdti/config.json` in the folder that the system keeps for settings. */
export function configFile(
  environment: NodeJS.ProcessEnv,
  home = homedir(),
  platform = process.platform,
): string {
  const folder =
    platform === 'win32'
      ? environment.APPDATA || join(home, 'AppData', 'Roaming')
      : environment.XDG_CONFIG_HOME || join(home, '.config');
  return environment.MDTI_CONFIG || join(folder, 'mdti', 'config.json');
}

/**
 * The parameters of a profile. Nobody has to have a file, or the profile `default` in it; another profile must be there.
 * @throws PluginError CONFIG_INVALID for a file that is none, and for a profile that is not in it.
 */
export function readProfile(file: string, wish: string | undefined): JsonObject {
  const { profiles } = readConfigFile(file);
  const name = wish ?? DEFAULT_PROFILE;
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (isRecord(profile)) return profile;
  if (profile === undefined && wish === undefined) return {};
  throw new PluginError('CONFIG_INVALID', `${file} has no profile ${JSON.stringify(name)}.`, {
    hint: `It has: ${Object.keys(profiles).join(', ') || 'none'}.`,
  });
}

function readConfigFile(file: string): { readonly profiles: JsonObject } {
  const text = contentOf(file);
  const content = text === undefined ? { profiles: {} } : parseJson(text);
  if (isRecord(content) && isRecord(content.profiles)) return { profiles: content.profiles };
  throw new PluginError('CONFIG_INVALID', `${file} does not hold profiles.`, {
    hint: 'Write {"profiles": {"default": {"app_id": "…", "tenant_id": "…"}}}, or begin with mdti config init.',
  });
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw new PluginError('CONFIG_INVALID', `${file} cannot be read.`, {
      hint: 'Check its permissions.',
      cause,
    });
  }
}
