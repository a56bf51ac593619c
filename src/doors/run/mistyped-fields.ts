import { didYouMean } from '../../base/did-you-mean';
import { PluginError } from '../../base/errors';
import { type Log, warnOnce } from '../../base/log';
import { quoted, sanitize } from '../../base/sanitize';
import { nearestParameter } from '../../config/nearest-parameter';
import { PARAMETER_NAMES } from '../../manifest/generated/commands';

const FIELDS: readonly string[] = ['command', 'args', 'params', 'integrationContext', 'lastRun'];

/** Names that other programs use for a field. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['arguments', 'args'],
  ['parameters', 'params'],
]);

/** Names of a document that are compared with ours: comparing takes a tenth of a millisecond each, and nothing bounds their number. */
const COMPARED = 32;

function unknownNames(names: readonly string[], known: readonly string[]): readonly string[] {
  return names.filter((name) => !known.includes(name)).slice(0, COMPARED);
}

/** Returns the error for a field such as `arg` in a document without `args`. Other fields are the business of the caller. */
export function mistypedField(names: readonly string[]): PluginError | undefined {
  for (const name of unknownNames(names, FIELDS)) {
    const meant = SYNONYMS.get(name) ?? didYouMean(name, FIELDS);
    if (meant === undefined || names.includes(meant)) continue;
    return new PluginError('INVOCATION_UNREADABLE', `The document has no field ${quoted(name)}.`, {
      hint: `Did you mean ${quoted(meant)}?`,
    });
  }
  return undefined;
}

/** Logs a parameter such as `tenantid` where `tenant_id` is not set: it is ignored, as every parameter that is not ours. */
export function warnOfMistyped(names: readonly string[], log: Log): void {
  for (const name of unknownNames(names, PARAMETER_NAMES)) {
    const meant = nearestParameter(name);
    if (meant === undefined || names.includes(meant)) continue;
    warnOnce(log, 'a parameter that does not exist is ignored', { parameter: sanitize(name), meant });
  }
}
