import { PluginError, toPluginError } from '../base/errors';
import type { GraphRequest, GraphResult, RequestSubject } from '../graph/request';
import { pathPart, placeholders, type Route } from '../graph/route';
import { parentOf } from '../model/parents';
import { recordId } from '../observables/identifiers';
import { OBSERVABLE_ARGUMENTS } from '../observables/observable-arguments';

/** The target of a request: its path, and the id in it. */
export type RequestPath = Pick<GraphRequest, 'path' | 'subject' | 'parent'>;
export type RejectedObservable = Extract<GraphResult, { kind: 'failed' }>;

/**
 * One target for each distinct observable in the arguments, in their order; one target where there is no list. What cannot be an
 * observable is rejected alone.
 * @throws PluginError ARGUMENT_INVALID for what cannot be the id of a record.
 */
export function requestPaths(
  route: Route,
  args: Readonly<Record<string, unknown>>,
): (RequestPath | RejectedObservable)[] {
  const names = placeholders(pathPart(route.line));
  const listed = names.find((name) => Array.isArray(args[name]));
  const only = listed ?? names.find((name) => Object.hasOwn(OBSERVABLE_ARGUMENTS, name));
  if (only === undefined) return [target(route, args, names)];
  const values: unknown = args[only];
  const texts = [...new Set((Array.isArray(values) ? values : [values]).map(String))];
  const targets = texts.map((text): readonly [string, RequestPath | RejectedObservable] => {
    const observable = observableOf(only, text);
    if (!(observable instanceof PluginError)) {
      const one = target(route, args, names, observable);
      return [one.path, one];
    }
    const subject = { argument: only, id: text, observable: true };
    // One of several is named in its row; a single one by its argument.
    const error = texts.length === 1 ? named(only, observable) : observable;
    return [`refused ${text}`, { kind: 'failed', request: { subject }, error }];
  });
  return [...new Map(targets).values()];
}

/** @param observable takes the place of the argument with its name */
function target(
  route: Route,
  args: Readonly<Record<string, unknown>>,
  names: readonly string[],
  observable?: RequestSubject,
): RequestPath {
  const ids = names.map((name) =>
    name === observable?.argument ? observable : subjectOf(name, String(args[name])),
  );
  let path = pathPart(route.line);
  for (const { argument, id } of ids) path = path.replace(`{${argument}}`, () => encodeURIComponent(id));
  const parent = parentOf(route.line);
  const [parentId] = ids.flatMap(({ argument, id }) =>
    argument === parent?.argument ? [{ name: parent.name, id }] : [],
  );
  return { path, subject: ids.at(-1), parent: parentId };
}

function subjectOf(argument: string, text: string): RequestSubject {
  const observable = OBSERVABLE_ARGUMENTS[argument];
  return observable === undefined
    ? { argument, id: recordId(text, argument), observable: false }
    : { argument, id: observable.normalize(text), observable: true };
}

function named(argument: string, { code, message, hint }: PluginError): PluginError {
  return new PluginError(code, `${argument}: ${message}`, { hint });
}

/** Returns the observable, or the reason why the text is none. */
function observableOf(argument: string, text: string): RequestSubject | PluginError {
  try {
    return subjectOf(argument, text);
  } catch (error) {
    return toPluginError(error);
  }
}
