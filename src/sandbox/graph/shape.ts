import { derives, memberOf, navigationOf, propertiesOf, qualified } from '../../model/model';
import { isThing, resourceTypeOf, type Thing, type World } from '../world';
import { badRequest } from './errors';
import { follow } from './property';

/** The shape of the entities in a response: the selected properties, and the references that are expanded. */
export interface Shape {
  /** Null selects everything. */
  readonly select: readonly (readonly string[])[] | null;
  readonly expand: readonly string[];
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

/** @throws GraphError 400 for a name that the type does not have, or a collection to expand. */
export function readShape(options: ReadonlyMap<string, string>, type: string): Shape {
  const failed = 'Parsing OData Select and Expand failed';
  const select = listOf(options.get('$select'));
  for (const path of select) if (path !== '*') follow(type, path.split('/'), failed);
  const expand = listOf(options.get('$expand'));
  for (const name of expand) {
    const member = memberOf(type, name);
    if (!member || !isNavigation(type, name))
      throw badRequest(
        `${failed}: Property '${name}' on type '${qualified(type)}' is not a navigation property or complex property. Only navigation properties can be expanded.`,
      );
    if (member.collection)
      throw badRequest(`${failed}: The property '${name}' cannot be used in the $expand query option.`);
  }
  const everything = select.length === 0 || select.includes('*');
  return { select: everything ? null : select.map((path) => path.split('/')), expand };
}

function isNavigation(type: string, name: string): boolean {
  return !Object.hasOwn(propertiesOf(type), name);
}

/** An entity as Graph sends it. */
export function presentResource(world: World, entity: Thing, declared: string, shape: Shape): Thing {
  const type = resourceTypeOf(entity, declared);
  const whole: Record<string, unknown> = { ...bare(entity, type) };
  for (const name of shape.expand) {
    const member = memberOf(type, name);
    const below = entity[name];
    if (member && isThing(below)) {
      const target = world.resolve(member.type, below);
      whole[name] = bare(target, resourceTypeOf(target, member.type));
    }
  }
  return shape.select ? pick(whole, [...shape.select, ...shape.expand.map((name) => [name])]) : whole;
}

/**
 * Leaves out what needs a separate request: collections, and what hangs on a host. An artifact (a host, a
 * certificate, a component) is named inline wherever another object refers to it.
 */
function bare(thing: Thing, type: string): Thing {
  const properties = propertiesOf(type);
  const navigation = navigationOf(type);
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(thing)) {
    const link = navigation[name];
    if (link && (link.collection || !derives(link.type, 'artifact'))) continue;
    const member = link ?? properties[name];
    kept[name] = member ? bareValue(value, member.type) : value;
  }
  return kept;
}

function bareValue(value: unknown, declared: string): unknown {
  if (Array.isArray(value)) return value.map((item) => bareValue(item, declared));
  return isThing(value) ? bare(value, resourceTypeOf(value, declared)) : value;
}

/** Keeps annotations and what the paths name, in the entity's own order. */
function pick(thing: Thing, paths: readonly (readonly string[])[]): Thing {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(thing)) {
    const below = paths.filter((path) => path[0] === name).map((path) => path.slice(1));
    if (name.startsWith('@odata.')) kept[name] = value;
    else if (below.some((path) => path.length === 0)) kept[name] = value;
    else if (below.length > 0) kept[name] = isThing(value) ? pick(value, below) : value;
  }
  return kept;
}
