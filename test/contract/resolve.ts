import { API, pathPart, placeholders, type Route } from '../../src/graph/route';
import generated from '../../src/model/generated/graph-model.json';

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

export interface Model {
  readonly root: string;
  readonly types: Readonly<Record<string, ModelType>>;
}

export const model: Model = generated;

/** What stands at the end of a path: one value or several, of some type. */
interface Place {
  readonly type: string;
  readonly collection: boolean;
}

/** Follows a route through the model; what it leads to, or what is wrong with it. */
export function resolveRoute({ answers, line }: Route, argumentNames: readonly string[]): Place | string {
  if (!line.startsWith(`GET ${API}/`)) return `${line} does not read from ${API}`;
  const stranger = placeholders(line).find((name) => !argumentNames.includes(name));
  if (stranger !== undefined) return `no argument ${stranger}`;
  const start: Place | string = { type: model.root, collection: false };
  const end = pathPart(line)
    .slice(API.length + 1)
    .split('/')
    .reduce<Place | string>(
      (place, segment) => (typeof place === 'string' ? place : step(place, segment)),
      start,
    );
  if (typeof end === 'string') return end;
  return end.collection === (answers === 'collection') ? end : `${line} does not answer with one ${answers}`;
}

function step({ type, collection }: Place, segment: string): Place | string {
  if (/^\{.+\}$/.test(segment)) {
    if (!collection) return `an id leads nowhere from one ${type}`;
    return { type, collection: false };
  }
  const target = collection ? undefined : membersOf(type, 'navigation')[segment];
  return target
    ? { type: target.type, collection: target.collection === true }
    : `${type} leads to no ${segment}`;
}

/** The names by which a child record says whose it is: the type behind the first set of each route that goes on behind an id. */
export function parentIds(routes: readonly Route[], context: string): string[] {
  if (context === 'Host' || context === 'Article') return [];
  return routes.flatMap(({ line }) => {
    const [set = '', , child] = line.split(`${API}/`)[1]?.split('/') ?? [];
    const parent = membersOf(model.root, 'navigation')[set];
    return child !== undefined && parent !== undefined ? [`${parent.type}Id`] : [];
  });
}

/** Follows an output below its object; undefined where it ends at a plain value, else what is wrong with it. */
export function resolveOutput(type: string, path: string): string | undefined {
  const [name = '', ...rest] = path.split('.');
  if (path === 'odataType' && !isPlain(type)) return undefined;
  const property = membersOf(type, 'properties')[name];
  const navigation = membersOf(type, 'navigation')[name];
  const member = property ?? navigation;
  if (member === undefined) return `${type} has no ${name}`;
  if (navigation?.collection) return `Graph never puts the list ${name} into an answer`;
  if (rest.length > 0)
    return isPlain(member.type) ? `${name} is a plain value` : resolveOutput(member.type, rest.join('.'));
  return isPlain(member.type) ? undefined : `${name} is no plain value`;
}

/** Every plain value below the properties of a type, complex ones down to the leaf. */
export function plainPaths(type: string): string[] {
  return Object.entries(membersOf(type, 'properties')).flatMap(([name, member]) =>
    isPlain(member.type) ? [name] : plainPaths(member.type).map((path) => `${name}.${path}`),
  );
}

/** The members of a type: its own, those of its bases and, if it is abstract, those of every type derived from it. */
export function membersOf(type: string, sort: 'properties' | 'navigation'): Record<string, Member> {
  const descendants = Object.keys(model.types).filter((name) => basesOf(name).includes(type));
  const sources = [...basesOf(type), type, ...(model.types[type]?.abstract ? descendants : [])];
  return Object.assign({}, ...sources.map((name) => model.types[name]?.[sort]));
}

function basesOf(type: string): string[] {
  const base = model.types[type]?.base;
  return base === undefined ? [] : [...basesOf(base), base];
}

function isPlain(type: string): boolean {
  return type.startsWith('Edm.') || model.types[type]?.kind === 'enum';
}
