import { type ErrorCode, PluginError } from '../base/errors';
import { counted, formatCount } from '../base/sanitize';

export interface Failure {
  /** The observable or record id of a request, if it has one. */
  readonly id: string | undefined;
  readonly error: PluginError;
}

/** Maximum number of failures that an error lists: 50,000 observables may all fail for one reason. */
const LISTED = 20;

/** Returns the error of a command that found nothing: its only failure, or a list of the first failures with the code of the first. */
export function allFailed(
  [first, ...others]: readonly [Failure, ...Failure[]],
  requested: number,
  many: string,
): PluginError {
  if (requested === 1) return first.error;
  const reasons = [first, ...others.slice(0, LISTED - 1)].map(({ id, error }) => `${id}: ${error.message}`);
  const rest = others.length + 1 - reasons.length;
  if (rest > 0) reasons.push(`${counted(rest, 'more failure', 'more failures')}.`);
  return new PluginError(
    first.error.code,
    `None of the ${formatCount(requested)} ${many} ${outcomeOf([first, ...others], requested)}.\n${reasons.join('\n')}`,
    first.error,
  );
}

/** What a user learns about all of them: "found" would be wrong for what was not sent, or has no result of Graph. */
function outcomeOf(failures: readonly Failure[], requested: number): string {
  const areAll = (code: ErrorCode) => failures.every(({ error }) => error.code === code);
  if (failures.length < requested || areAll('GRAPH_NOT_FOUND')) return 'were found';
  return areAll('ARGUMENT_INVALID') ? 'are valid, so nothing was sent' : 'could be looked up';
}
