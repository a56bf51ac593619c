import { didYouMean } from '../../../base/did-you-mean';
import { PluginError } from '../../../base/errors';
import type { JsonObject } from '../../../base/json';
import manifest from '../../../manifest/generated/manifest.json';

/** Parameters that hold a secret: everybody on the machine could read it from the command line. */
const SECRET_TYPES: readonly number[] = [4, 9];

/**
 * Parameters from `--param name=value`.
 * @throws PluginError CONFIG_INVALID for one that there is not, and for one that holds a secret.
 */
export function flagParams(flags: readonly string[]): JsonObject {
  return Object.fromEntries(flags.map(readFlag));
}

function readFlag(flag: string): [string, string] {
  const [, name = flag, value] = /^(\w+)=(.*)$/s.exec(flag) ?? [];
  const parameter = manifest.configuration.find((declared) => declared.name === name);
  if (parameter === undefined || value === undefined) throw unknown(name, value);
  if (name === 'app_id' && value.includes('@'))
    throw new PluginError('CONFIG_INVALID', '--param app_id contains a refresh token, which is a secret.', {
      hint: 'Put it into a profile, into MDTI_APP_ID, or sign in with `mdti login`.',
    });
  if (!SECRET_TYPES.includes(parameter.type)) return [name, value];
  throw new PluginError(
    'CONFIG_INVALID',
    `The parameter ${name} cannot be given by --param: it can hold a secret.`,
    {
      hint: `Put it into a profile, or into MDTI_${name.toUpperCase()}_PASSWORD.`,
    },
  );
}

function unknown(name: string, value: string | undefined): PluginError {
  if (value === undefined)
    return new PluginError('CONFIG_INVALID', `--param cannot be ${JSON.stringify(name)}.`, {
      hint: 'Write --param name=value.',
    });
  const names = manifest.configuration.map((declared) => declared.name);
  const meant = didYouMean(name, names);
  return new PluginError('CONFIG_INVALID', `There is no parameter ${JSON.stringify(name)}.`, {
    hint: meant === undefined ? `There are: ${names.join(', ')}.` : `Did you mean ${meant}?`,
  });
}
