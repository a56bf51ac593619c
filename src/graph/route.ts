import { memoize } from '../base/memoize';
import type { GraphRequest } from './request';

/** The version of Microsoft Graph that every URL starts with. */
export const VERSION_PATH = '/v1.0';

/** Every request to Microsoft Graph is below this path. */
export const API = '/security/threatIntelligence';

/**
 * One request line, `GET /security/threatIntelligence/hosts/{host_id}`; a name in braces is an argument's name. Query
 * options that belong to the route are in it too: `…/sslCertificates?$search="{search_property}:{search_value}"`.
 */
type RouteLine = `GET ${typeof API}/${string}`;

/** The argument names that a request line contains in braces. */
export type PlaceholderOf<Line extends string> = Line extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholderOf<Rest>
  : never;

/**
 * A route: a request line, and whether Graph returns a collection (`{"value": […]}`, in pages) or one entity.
 */
export interface Route<Line extends RouteLine = RouteLine> {
  readonly returns: 'collection' | 'entity';
  readonly line: Line;
  /** Values of arguments for which this route stands before the others with the same placeholders. */
  readonly when?: Readonly<Record<string, string>>;
  /** The property that sorts the newest rows first, if Graph documents `$orderby` for the route. */
  readonly newestBy?: string;
}

/** A route that returns a collection. */
export function collection<const Line extends RouteLine>(
  line: Line,
  details: Pick<Route, 'when' | 'newestBy'> = {},
): Route<Line> {
  return { returns: 'collection', line, ...details };
}

/** A route that returns one entity. */
export function entity<const Line extends RouteLine>(line: Line): Route<Line> {
  return { returns: 'entity', line };
}

/** The path of a request line, without its verb and its query options. */
export const pathPart = memoize((line) => line.replace(/^GET |\?.*/g, ''));

/** The query options in a request line, placeholders and all. */
export function queryPart(line: string): string {
  return line.includes('?') ? line.slice(line.indexOf('?') + 1) : '';
}

/** The argument names in a request line, or in a part of one, in their order. */
export const placeholders = memoize<readonly string[]>((line) =>
  [...line.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string),
);

/**
 * Returns the request of a route for an entity, or for the first row of its list, with each id as one encoded segment.
 * @param ids the values of the placeholders, by argument name.
 */
export function routeRequest(
  { line, returns }: Route,
  ids: Readonly<Record<string, string>> = {},
): Pick<GraphRequest, 'method' | 'path' | 'route' | 'query' | 'returns' | 'rows'> {
  const route = pathPart(line);
  const path = route.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? ''));
  return { method: 'GET', path, route, query: [], returns, rows: { most: 1, by: 'limit' } };
}
