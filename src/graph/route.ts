/** Everything the product asks of Microsoft Graph lies below this path. */
export const API = '/security/threatIntelligence';

/** One request line, `GET /security/threatIntelligence/hosts/{host_id}`; what stands in braces is an argument's name. */
export type RouteLine = `GET ${typeof API}/${string}`;

/** The argument names that a request line holds in braces. */
export type PlaceholderOf<Line extends string> = Line extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholderOf<Rest>
  : never;

/**
 * A route: a request line, and whether Graph answers it with a collection (`{"value": […]}`, in pages) or with one entity.
 */
export interface Route<Line extends RouteLine = RouteLine> {
  readonly answers: 'collection' | 'entity';
  readonly line: Line;
}

/** A route that Graph answers with a collection. */
export function collection<const Line extends RouteLine>(line: Line): Route<Line> {
  return { answers: 'collection', line };
}

/** A route that Graph answers with one entity. */
export function entity<const Line extends RouteLine>(line: Line): Route<Line> {
  return { answers: 'entity', line };
}

/** The argument names in a request line, in their order. */
export function placeholders(line: string): string[] {
  return [...line.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
}
