import { PluginError } from '../base/errors';
import { escapedPhrase, parseQuery, type QueryOption } from '../graph/odata';
import { queryPart, type Route } from '../graph/route';

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
  throw new PluginError(
    'ARGUMENT_INVALID',
    `${argument}: ${JSON.stringify(text)} contains nothing to search for.`,
    { hint: 'Colons are removed from the value, as Graph requires.' },
  );
}
