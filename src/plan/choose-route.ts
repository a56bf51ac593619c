import { PluginError } from '../base/errors';
import { quoted } from '../base/sanitize';
import { escapedPhrase, parseQuery, type QueryOption } from '../graph/odata';
import { placeholders, queryPart, type Route } from '../graph/route';

/**
 * The route whose placeholders are exactly the ones given among the arguments; of several such routes, the first whose
 * `when` holds, else the first without one.
 * @throws PluginError ARGUMENT_MISSING without an argument that every route needs, ARGUMENT_INVALID with arguments that
 * cannot be combined or need another argument.
 */
export function chooseRoute(routes: readonly Route[], args: Readonly<Record<string, unknown>>): Route {
  const names = new Set(routes.flatMap((route) => placeholders(route.line)));
  const given = [...names].filter((name) => args[name] !== undefined);
  const fitting = routes.filter((route) => sameMembers(placeholders(route.line), given));
  const route =
    fitting.find(({ when }) => when !== undefined && holds(when, args)) ??
    fitting.find(({ when }) => when === undefined);
  if (route !== undefined) return route;
  const choices = new Set(routes.map(({ line }) => placeholders(line).join(' with ')));
  const hint = `Give exactly one of: ${[...choices].join(', ')}.`;
  if (given.length === 0) {
    throw new PluginError('ARGUMENT_MISSING', 'No argument selects what to read.', {
      hint,
    });
  }
  throw new PluginError(
    'ARGUMENT_INVALID',
    given.length === 1
      ? `${given.join()} cannot be used alone.`
      : `${given.join(' and ')} cannot be combined.`,
    { hint },
  );
}

function holds(when: Readonly<Record<string, string>>, args: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(when).every(([name, value]) => args[name] === value);
}

function sameMembers(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((member) => other.includes(member));
}

/**
 * The query options in a route's request line, with the arguments in the places of their names.
 * @throws PluginError ARGUMENT_INVALID for a value of which a search would have nothing left.
 */
export function routeOptions(route: Route, args: Readonly<Record<string, unknown>>): QueryOption[] {
  return parseQuery(queryPart(route.line)).map(({ name, value }) => ({
    name,
    value: value.replace(/\{(\w+)\}/g, (_, argument: string) => searched(argument, String(args[argument]))),
  }));
}

/** Graph cuts `property:value` at the colon, so a value can hold none: fingerprints and IPv6 addresses lose theirs. */
function searched(argument: string, text: string): string {
  const value = text.replaceAll(':', '').trim();
  if (value !== '') return escapedPhrase(value);
  throw new PluginError('ARGUMENT_INVALID', `${argument}: ${quoted(text)} contains nothing to search for.`, {
    hint: 'Colons are removed from the value, as Graph requires.',
  });
}
