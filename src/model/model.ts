import generated from './generated/graph-model.json';
import type { Member, ModelType } from './walk';
import * as walk from './walk';

export type { Member, ModelType } from './walk';

const model: walk.TypeModel = generated;

/** The type of `/security/threatIntelligence`. */
export const ROOT = model.root;

/**
 * The type of what a path below the service returns (`/security/threatIntelligence/hosts/{host_id}/whois`), with ids or with
 * placeholders; undefined if the model has no such path.
 */
export function typeAt(path: string): string | undefined {
  return walk.followPath(model, segmentsOf(path))?.type;
}

/** Returns a path with an asterisk for each id, such as `hosts/*`; undefined if the model has no such path. */
export function patternAt(path: string): string | undefined {
  return walk.pathPattern(model, segmentsOf(path));
}

function segmentsOf(path: string): string[] {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .slice(2);
}

/** The type with that short name; undefined for primitives such as `Edm.String`. */
export function typeNamed(name: string): ModelType | undefined {
  return Object.hasOwn(model.types, name) ? model.types[name] : undefined;
}

/** All properties of a type, those of its base types first. */
export const propertiesOf = membersOnce('properties');

/** All navigations of a type, those of its base types first. */
export const navigationOf = membersOnce('navigation');

/** Collects the members of a type once: they are looked up for each object of a list. */
function membersOnce(kind: 'properties' | 'navigation') {
  const byType = new Map<string, Readonly<Record<string, Member>>>();
  return (name: string): Readonly<Record<string, Member>> => {
    const members = byType.get(name) ?? walk.membersOf(model, name, kind);
    if (typeNamed(name) !== undefined) byType.set(name, members);
    return members;
  };
}

/** The types that derive from a type. */
export function descendantsOf(name: string): string[] {
  return walk.descendants(model, name);
}

/** Whether a type is another type or derives from it. */
export function derives(name: string, from: string): boolean {
  return walk.derivesFrom(model, name, from);
}

/**
 * A property or navigation by name. Those of derived types count as well: a collection of hosts is filtered by
 * `registrar`, which only host names have.
 */
export function memberOf(name: string, member: string): Member | undefined {
  for (const type of [name, ...walk.descendants(model, name)]) {
    const members = { ...propertiesOf(type), ...navigationOf(type) };
    if (Object.hasOwn(members, member)) return members[member];
  }
  return undefined;
}

/** The name that Graph's sentences and `@odata.type` use. */
export function qualified(name: string): string {
  if (name.startsWith('Edm.')) return name;
  const common = name === 'entity' || name === 'physicalAddress';
  return common ? `microsoft.graph.${name}` : `microsoft.graph.security.${name}`;
}
