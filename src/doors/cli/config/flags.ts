import { PluginError } from '../../../base/errors';
import type { JsonObject } from '../../../base/json';
import { quoted } from '../../../base/sanitize';
import { splitAppId } from '../../../config/app-id';
import { nearestParameter } from '../../../config/nearest-parameter';
import { PARAMETER_NAMES } from '../../../manifest/generated/commands';
import manifest from '../../../manifest/generated/manifest.json';

/** Types of parameters with a secret, which every user of the machine could read from a command line. */
const SECRET_TYPES: readonly number[] = [4, 9];

/**
 * Reads `--param name=value` options.
 * @throws PluginError CONFIG_INVALID for an unknown parameter, and for one with a secret.
 */
export function flagParams(flags: readonly string[]): JsonObject {
  return Object.fromEntries(flags.map(readFlag));
}

function readFlag(flag: string): [string, string] {
  const [, name = flag, value] = /^(\w+)=(.*)$/s.exec(flag) ?? [];
  const parameter = manifest.configuration.find((declared) => declared.name === name);
  if (parameter === undefined || value === undefined) throw unknown(name, value);
  if (name === 'app_id') refuseRefreshToken('--param app_id', value);
  if (!isSecret(name)) return [name, value];
  const how = howToSet(name);
  throw new PluginError(
    'CONFIG_INVALID',
    `--param ${name}: a parameter with a secret cannot be given on the command line.`,
    { hint: `${how.charAt(0).toUpperCase()}${how.slice(1)}` },
  );
}

/** @throws PluginError CONFIG_INVALID for an app_id with a refresh token: every user of the machine can read a command line */
export function refuseRefreshToken(option: string, appId: string | undefined): void {
  if (splitAppId(appId).refreshToken === undefined) return;
  throw new PluginError('CONFIG_INVALID', `${option} contains a refresh token, which is a secret.`, {
    hint: 'Put it into a profile, into MDTI_APP_ID, or sign in with `mdti login`.',
  });
}

function unknown(name: string, value: string | undefined): PluginError {
  if (value === undefined)
    return new PluginError('CONFIG_INVALID', `--param: ${quoted(name)} has no "=".`, {
      hint: 'Write --param name=value.',
    });
  const meant = nearestParameter(name);
  return new PluginError('CONFIG_INVALID', `--param: there is no parameter ${quoted(name)}.`, {
    hint: meant === undefined ? `The parameters are ${PARAMETER_NAMES.join(', ')}.` : meantText(meant),
  });
}

/** Returns the sentence about how a parameter is set on a command line, or in place of it. */
export function howToSet(name: string): string {
  return isSecret(name)
    ? `run \`mdti login\`, or set MDTI_${name.toUpperCase()}_PASSWORD.`
    : `write --param ${name}=VALUE.`;
}

function meantText(name: string): string {
  return isSecret(name)
    ? `The parameter is ${name}, and its secret is not for the command line: ${howToSet(name)}`
    : `Did you mean ${name}?`;
}

function isSecret(name: string): boolean {
  return manifest.configuration.some(
    (declared) => declared.name === name && SECRET_TYPES.includes(declared.type),
  );
}
