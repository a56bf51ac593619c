import { PluginError } from '../base/errors';

export interface Failure {
  /** The observable or record id of a request, if it has one. */
  readonly id: string | undefined;
  readonly error: PluginError;
}

/** The error of a command that found nothing and had failures: the only failure, or all of them under the first one's code. */
export function allFailed(
  [first, ...others]: readonly [Failure, ...Failure[]],
  asked: number,
  many: string,
): PluginError {
  if (asked === 1) return first.error;
  const reasons = [first, ...others].map(({ id, error }) => `${id}: ${error.message}`);
  return new PluginError(
    first.error.code,
    `None of the ${asked} ${many} were found.\n${reasons.join('\n')}`,
    first.error,
  );
}
