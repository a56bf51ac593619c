import { navigationOf, ROOT } from '../../model/model';
import { isThing, resourceTypeOf, type Thing, type World } from '../world';
import { badRequest, notFound, unknownSegment } from './errors';

/** The target of a path: the rows of a collection, their number, or one entity. */
export type PathTarget =
  | {
      readonly kind: 'rows' | 'count';
      readonly type: string;
      readonly rows: readonly Thing[];
      readonly context: string;
      /** Whether it is an entity set, rather than what belongs to one entity. */
      readonly isSet: boolean;
    }
  | {
      readonly kind: 'entity';
      readonly type: string;
      readonly entity: Thing;
      readonly context: string;
      /** Prefix of the `@odata.context` of its navigation properties; unlike its own context, it includes the key. */
      readonly prefix: string;
    };

const SERVICE = ['security', 'threatIntelligence'];

/**
 * Walks the segments below the version along the model.
 * @throws GraphError 400 for a segment that is not in the model, 404 for an entity that is not in the world.
 */
export function walk(world: World, path: string): PathTarget {
  const segments = path.split('/').filter(Boolean).map(decode);
  for (const [index, name] of SERVICE.entries()) {
    const segment = segments[index];
    if (segment?.toLowerCase() !== name.toLowerCase()) throw unknownSegment(segment ?? '');
  }
  const context = SERVICE.join('/');
  let target: PathTarget = { kind: 'entity', type: ROOT, entity: {}, context, prefix: context };
  for (const segment of segments.slice(SERVICE.length)) target = step(world, target, segment);
  return target;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badRequest('The request path holds a malformed percent-encoding.');
  }
}

function step(world: World, from: PathTarget, segment: string): PathTarget {
  if (from.kind === 'entity') return navigate(world, from, segment);
  if (from.kind === 'count') throw unknownSegment(segment);
  if (segment === '$count') return { ...from, kind: 'count' };
  const row = from.isSet
    ? world.find(from.type, segment)
    : from.rows.find((candidate) => candidate.id === segment);
  if (!row) throw notFound(segment);
  const key = segment.replaceAll("'", "''");
  const { context } = from;
  return {
    kind: 'entity',
    type: resourceTypeOf(row, from.type),
    entity: row,
    context,
    prefix: `${context}('${key}')`,
  };
}

function navigate(world: World, from: PathTarget & { kind: 'entity' }, segment: string): PathTarget {
  const members = navigationOf(from.type);
  const known = Object.keys(members).find((one) => one.toLowerCase() === segment.toLowerCase());
  const [name, member] = [known ?? segment, known === undefined ? undefined : members[known]];
  if (!member) throw unknownSegment(segment);
  const context = `${from.prefix}/${name}`;
  const isSet = from.type === ROOT;
  if (member.collection) {
    const rows = isSet ? world.all(member.type) : rowsOf(world, from.entity[name], member.type);
    return { kind: 'rows', type: member.type, rows, context, isSet };
  }
  const below = from.entity[name];
  if (!isThing(below)) throw notFound(name);
  const entity = world.resolve(member.type, below);
  return { kind: 'entity', type: resourceTypeOf(entity, member.type), entity, context, prefix: context };
}

/** The lists of the world with their references resolved: a world never changes, and long lists are requested page by page. */
const RESOLVED = new WeakMap<readonly unknown[], readonly Thing[]>();

function rowsOf(world: World, value: unknown, type: string): readonly Thing[] {
  if (!Array.isArray(value)) return [];
  const rows = RESOLVED.get(value) ?? value.filter(isThing).map((row) => world.resolve(type, row));
  RESOLVED.set(value, rows);
  return rows;
}
