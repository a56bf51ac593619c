import { capabilityOf } from '../../model/capabilities';
import type { Quirks } from '../faults';
import type { Thing, World } from '../world';
import { badRequest } from './errors';
import { type QueryOptions, readQueryOptions, refuseCollectionOptions, wholeNumber } from './options';
import { cutPage } from './page';
import { type PathTarget, walk } from './path';
import { selectProperties } from './select';
import { presentResource, readShape } from './shape';

/** The services and settings that the links and contexts of a response are made from. */
interface ResourcePlace {
  readonly world: World;
  readonly origin: string;
  /** Maximum number of rows on a page. */
  readonly cap: number;
  /** Called once for a single entity; returns whether the entity is wrapped in `value`. */
  readonly wrap: () => boolean;
  readonly quirks: Quirks;
}

/**
 * The body of a GET response: an object, or a number as text for `/$count`.
 * @throws GraphError 400 for a path or option that Graph does not support, 404 for a missing entity.
 */
export function readResource(place: ResourcePlace, path: string, query: string): Thing | string {
  const target = walk(place.world, path);
  const options = honored(readQueryOptions(query), path, place.quirks);
  return target.kind === 'entity'
    ? readEntity(place, target, options)
    : readCollection(place, target, options, path);
}

function contextOf(place: ResourcePlace, context: string, options: QueryOptions): string {
  const select = options.get('$select');
  return `${place.origin}/v1.0/$metadata#${context}${select ? `(${select})` : ''}`;
}

function readEntity(
  place: ResourcePlace,
  target: PathTarget & { kind: 'entity' },
  options: QueryOptions,
): Thing {
  refuseCollectionOptions(options);
  const entity = presentResource(place.world, target.entity, target.type, readShape(options, target.type));
  const context = { '@odata.context': `${contextOf(place, target.context, options)}/$entity` };
  return place.wrap() ? { ...context, value: entity } : { ...context, ...entity };
}

function readCollection(
  place: ResourcePlace,
  target: Exclude<PathTarget, { kind: 'entity' }>,
  options: QueryOptions,
  path: string,
): Thing | string {
  const rows = selectProperties(target, options);
  if (target.kind === 'count') return String(rows.length);
  const shape = readShape(options, target.type);
  const { topIsTotal, lowerCaseLinks } = place.quirks;
  const isTotal = topIsTotal && options.has('$top');
  const page = cutPage(rows, options, isTotal ? rows.length : place.cap);
  const hasNext = page.next !== undefined && !isTotal;
  const link = lowerCaseLinks ? path.replace(/^\/\w+\/\w+\/\w+/, (prefix) => prefix.toLowerCase()) : path;
  return {
    '@odata.context': contextOf(place, target.context, options),
    ...(page.total === undefined ? {} : { '@odata.count': page.total }),
    ...(hasNext ? { '@odata.nextLink': `${place.origin}/v1.0${link}?${page.next}` } : {}),
    value: page.rows.map((row) => presentResource(place.world, row, target.type, shape)),
  };
}

/** The options as this Graph honors them. @throws GraphError 400 for what its mood rejects. */
function honored(options: QueryOptions, path: string, quirks: Quirks): QueryOptions {
  checkTop(options, quirks.maxTop);
  if (quirks.mood === 'documented') return options;
  const excluded: readonly string[] = capabilityOf(path)?.excluded ?? [];
  const met = [...options.keys()].filter((name) => excluded.includes(name));
  const [first] = met;
  if (quirks.mood === 'annotated' && first !== undefined)
    throw badRequest(`The query specified in the URI is not valid. Query option '${first}' is not allowed.`);
  return new Map([...options].filter(([name]) => !met.includes(name)));
}

function checkTop(options: QueryOptions, most: number | null): void {
  const top = wholeNumber(options, '$top');
  if (most !== null && top !== undefined && top > most)
    throw badRequest(
      `The query specified in the URI is not valid. The limit of '${most}' for Top query has been exceeded. The value from the incoming request is '${top}'.`,
    );
}
