import generated from './generated/graph-model.json';

/** A property or navigation of a type: `type` is a short name of the model, or `Edm.String` and its like. */
export interface Member {
  readonly type: string;
  readonly collection?: boolean;
  readonly nullable?: boolean;
}

export interface ModelType {
  readonly kind: string;
  readonly base?: string;
  readonly abstract?: boolean;
  readonly members?: readonly string[];
  readonly properties?: Readonly<Record<string, Member>>;
  readonly navigation?: Readonly<Record<string, Member>>;
}

interface Model {
  readonly root: string;
  readonly types: Readonly<Record<string, ModelType>>;
}

type Members = Readonly<Record<string, Member>>;

const model: Model = generated;

/** The type behind `/security/threatIntelligence`. */
export const ROOT = model.root;

/** Where a path ends: its form with an asterisk for each id, the type there, and whether it is a collection. */
export interface ResolvedPath {
  readonly pattern: string;
  readonly type: string;
  readonly collection: boolean;
}

/** Follows a path below the service (`/security/threatIntelligence/…`) through the model; undefined where it leaves the model. */
export function resolvePath(path: string): ResolvedPath | undefined {
  const [, , ...segments] = path.split('/').filter((segment) => segment !== '');
  let place: ResolvedPath = { pattern: '', type: model.root, collection: false };
  for (const segment of segments) {
    const members = place.collection ? undefined : navigationOf(place.type);
    const member = place.collection
      ? { type: place.type }
      : members !== undefined && Object.hasOwn(members, segment)
        ? members[segment]
        : undefined;
    if (member === undefined) return undefined;
    const step = place.collection ? '*' : segment;
    const pattern = place.pattern === '' ? step : `${place.pattern}/${step}`;
    place = { pattern, type: member.type, collection: 'collection' in member && member.collection === true };
  }
  return place;
}

/** The type of that short name, undefined for `Edm.String` and its like. */
export function typeNamed(name: string): ModelType | undefined {
  return Object.hasOwn(model.types, name) ? model.types[name] : undefined;
}

function inherited(name: string, pick: (type: ModelType) => Members | undefined): Members {
  const type = typeNamed(name);
  if (!type) return {};
  return { ...(type.base ? inherited(type.base, pick) : {}), ...pick(type) };
}

/** All properties of a type, those of its base types first. */
export function propertiesOf(name: string): Members {
  return inherited(name, (type) => type.properties);
}

/** All navigations of a type, those of its base types first. */
export function navigationOf(name: string): Members {
  return inherited(name, (type) => type.navigation);
}

/** Whether a type is another type or derives from it. */
export function derives(name: string, from: string): boolean {
  if (name === from) return true;
  const base = typeNamed(name)?.base;
  return base !== undefined && derives(base, from);
}

/**
 * A property or navigation by name. Those of derived types count as well: a collection of hosts is filtered by
 * `registrar`, which only host names have.
 */
export function memberOf(name: string, member: string): Member | undefined {
  const related = Object.keys(model.types).filter((other) => derives(other, name));
  for (const type of [name, ...related]) {
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
