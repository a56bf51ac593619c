import { BOUNDS } from '../base/bounds';
import { type ErrorCode, PluginError } from '../base/errors';
import { counted, formatCount } from '../base/sanitize';

export interface Failure {
  /** The observable or record id of a request, if it has one. */
  readonly id: string | undefined;
  readonly error: PluginError;
}

/** Reasons that an error lists, and observables that it names for each: 50,000 observables may all fail, for one reason or many. */
const LISTED = 20;
const NAMED = 3;

/** Characters of one reason in the list, and those left of the message for its first and last sentence. */
const LONGEST = 600;
const FRAME = 200;

/** Returns the error of a command that found nothing: its only failure, or a list of the reasons with the code of the first. */
export function allFailed(
  failures: readonly [Failure, ...Failure[]],
  requested: number,
  many: string,
): PluginError {
  const [{ error: first }] = failures;
  if (requested === 1) return first;
  const reasons = [...idsByReason(failures)];
  const lines = listed(
    reasons.slice(0, LISTED).map(([reason, ids]) => `${namesOf(ids)}: ${cut(reason, LONGEST)}`),
  );
  const rest = reasons.slice(lines.length).reduce((total, [, ids]) => total + ids.length, 0);
  if (rest > 0) lines.push(`${counted(rest, 'more failure')}.`);
  const what = `None of the ${formatCount(requested)} ${many} ${outcomeOf(failures, requested)}.`;
  return new PluginError(first.code, [what, ...lines].join('\n'), first);
}

function idsByReason(failures: readonly Failure[]): Map<string, (string | undefined)[]> {
  const found = new Map<string, (string | undefined)[]>();
  for (const { id, error } of failures) {
    const ids = found.get(error.message);
    if (ids === undefined) found.set(error.message, [id]);
    else ids.push(id);
  }
  return found;
}

/** The first lines that a message has room for, so that it can say how many are left out. */
function listed(lines: readonly string[]): string[] {
  let room = BOUNDS.message - FRAME;
  const end = lines.findIndex((line) => {
    room -= line.length + 1;
    return room < 0;
  });
  return lines.slice(0, end < 0 ? undefined : end);
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function namesOf(ids: readonly (string | undefined)[]): string {
  const rest = ids.length - NAMED;
  const named = ids
    .slice(0, NAMED)
    .map((id = '') => cut(id, BOUNDS.quoted))
    .join(', ');
  return rest > 0 ? `${named} and ${formatCount(rest)} more` : named;
}

/** What a user learns about all of them: "found" would be wrong for what was not sent, or has no result of Graph. */
function outcomeOf(failures: readonly Failure[], requested: number): string {
  const areAll = (code: ErrorCode) => failures.every(({ error }) => error.code === code);
  if (failures.length < requested || areAll('GRAPH_NOT_FOUND')) return 'were found';
  return areAll('ARGUMENT_INVALID') ? 'are valid, so nothing was sent' : 'could be looked up';
}
