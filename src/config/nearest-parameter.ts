import { didYouMean } from '../base/did-you-mean';
import { PARAMETER_NAMES } from '../manifest/generated/commands';
import type { ParameterName } from '../manifest/generated/types';

/** Names that other tools have for a parameter. */
const OTHER_NAMES: readonly (readonly [RegExp, ParameterName])[] = [
  [/^(?:client|app|application)_?(?:secret|password)$|^(?:secret|password)$/, 'credentials'],
  [/^(?:client|application)(?:_?id)?$/, 'app_id'],
  [/^tenant$|^directory(?:_?id)?$/, 'tenant_id'],
  [/^(?:client_?)?(?:cert|certificate)$|^thumbprint$|^(?:private_?)?key$/, 'creds_certificate'],
];

/** Returns the parameter that a user means by a name; undefined if none is close. */
export function nearestParameter(typed: string): ParameterName | undefined {
  const name = typed.toLowerCase();
  return OTHER_NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? didYouMean(name, PARAMETER_NAMES);
}
