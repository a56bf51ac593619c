import { PluginError } from '../errors';
import { placeholders, type Route } from '../graph/route';

/**
 * The route whose placeholders are exactly the ids among the arguments.
 * @throws PluginError ARGUMENT_MISSING without an id that every route needs, ARGUMENT_INVALID with ids that exclude each other.
 */
export function chooseRoute(routes: readonly Route[], args: Readonly<Record<string, unknown>>): Route {
  const ids = new Set(routes.flatMap((route) => placeholders(route.line)));
  const given = [...ids].filter((id) => args[id] !== undefined);
  const route = routes.find((candidate) => sameMembers(placeholders(candidate.line), given));
  if (route !== undefined) return route;
  const choices = routes.map((candidate) => placeholders(candidate.line).join(' with ')).join(', ');
  if (given.length === 0) {
    throw new PluginError('ARGUMENT_MISSING', 'None of the ids that this command needs was given.', {
      hint: `Give exactly one of: ${choices}.`,
    });
  }
  throw new PluginError('ARGUMENT_INVALID', `The arguments ${given.join(' and ')} cannot be used so.`, {
    hint: `Give exactly one of: ${choices}.`,
  });
}

function sameMembers(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((member) => other.includes(member));
}
