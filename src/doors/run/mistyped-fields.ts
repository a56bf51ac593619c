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

/** Returns the error for a field such as `arg` in a document without `args`. Other fields are the business of the caller. */
export function mistypedField(names: readonly string[]): PluginError | undefined {
  for (const name of names) {
    if (FIELDS.includes(name)) continue;
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
  for (const name of names) {
    if ((PARAMETER_NAMES as readonly string[]).includes(name)) continue;
    const meant = nearestParameter(name);
    if (meant === undefined || names.includes(meant)) continue;
    warnOnce(log, 'a parameter that does not exist is ignored', { parameter: sanitize(name), meant });
  }
}
