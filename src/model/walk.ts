/** The only code that follows Graph's type model: through base types, navigations and paths. The model itself is data. */

/** A property or navigation of a type: `type` is a short name of the model, or a primitive such as `Edm.String`. */
export interface Member {
  readonly type: string;
  readonly collection?: boolean;
  readonly nullable?: boolean;
}

export interface ModelType<M extends Member = Member> {
  readonly kind: string;
  readonly base?: string;
  readonly abstract?: boolean;
  readonly members?: readonly string[];
  readonly properties?: Readonly<Record<string, M>>;
  readonly navigation?: Readonly<Record<string, M>>;
}

export interface TypeModel<M extends Member = Member> {
  readonly root: string;
  readonly types: Readonly<Record<string, ModelType<M>>>;
}

/** The target of a path: one object of a type, or a collection of them. */
export interface ModelPlace {
  readonly type: string;
  readonly collection: boolean;
}

type MemberKind = 'properties' | 'navigation';

/** Returns the name of a type after the names of its base types, the most general first; empty for `Edm.String` and other primitives. */
export function lineage({ types }: TypeModel, name: string): string[] {
  const type = Object.hasOwn(types, name) ? types[name] : undefined;
  if (type === undefined) return [];
  return [...(type.base === undefined ? [] : lineage({ root: '', types }, type.base)), name];
}

/** Whether a type is another type or derivesFrom from it. */
export function derivesFrom(model: TypeModel, name: string, from: string): boolean {
  return name === from || lineage(model, name).includes(from);
}

/** Returns the types that derive from a type, without the type itself, in the order of the model. */
export function descendants(model: TypeModel, name: string): string[] {
  return Object.keys(model.types).filter((other) => other !== name && derivesFrom(model, other, name));
}

/** Returns all members of a type, those of its base types first. */
export function membersOf<M extends Member>(
  model: TypeModel<M>,
  name: string,
  kind: MemberKind,
): Readonly<Record<string, M>> {
  return Object.assign({}, ...lineage(model, name).map((part) => model.types[part]?.[kind]));
}

/** Returns all members of a type and, if it is abstract, those of its derived types: everything an object declared with it can have. */
export function possibleMembers<M extends Member>(
  model: TypeModel<M>,
  name: string,
  kind: MemberKind,
): Readonly<Record<string, M>> {
  const derived = model.types[name]?.abstract ? descendants(model, name) : [];
  return Object.assign(
    {},
    membersOf(model, name, kind),
    ...derived.map((part) => membersOf(model, part, kind)),
  );
}

/** Follows one segment of a path: an id in a collection, a navigation elsewhere; undefined if it leaves the model. */
export function step(
  model: TypeModel,
  { type, collection }: ModelPlace,
  segment: string,
): ModelPlace | undefined {
  if (collection) return { type, collection: false };
  const members = membersOf(model, type, 'navigation');
  const member = Object.hasOwn(members, segment) ? members[segment] : undefined;
  return member && { type: member.type, collection: member.collection === true };
}

/** Follows the segments of a path from the root; undefined if they leave the model. */
export function followPath(model: TypeModel, segments: readonly string[]): ModelPlace | undefined {
  return segments.reduce<ModelPlace | undefined>((place, segment) => place && step(model, place, segment), {
    type: model.root,
    collection: false,
  });
}

/** The path with an asterisk for each id: `hosts/*` for `hosts/contoso.com`; undefined if it leaves the model. */
export function pathPattern(model: TypeModel, segments: readonly string[]): string | undefined {
  let place: ModelPlace | undefined = { type: model.root, collection: false };
  const pattern: string[] = [];
  for (const segment of segments) {
    pattern.push(place.collection ? '*' : segment);
    place = step(model, place, segment);
    if (place === undefined) return undefined;
  }
  return pattern.join('/');
}
