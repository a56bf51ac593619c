import { API, pathPart, placeholders, type Route } from '../../src/graph/route';
import generated from '../../src/model/generated/graph-model.json';
import {
  followPath,
  type ModelPlace,
  pathPattern,
  possibleMembers,
  type TypeModel,
} from '../../src/model/walk';

export const model: TypeModel = generated;

/** Follows a route through the model; what it leads to, or what is wrong with it. */
export function resolveRoute(
  { returns: responses, line }: Route,
  argumentNames: readonly string[],
): ModelPlace | string {
  if (!line.startsWith(`GET ${API}/`)) return `${line} does not read from ${API}`;
  const stranger = placeholders(line).find((name) => !argumentNames.includes(name));
  if (stranger !== undefined) return `no argument ${stranger}`;
  const segments = pathPart(line)
    .slice(API.length + 1)
    .split('/');
  const end = followPath(model, segments);
  if (end === undefined) return `${line} leaves the model`;
  if (pathPattern(model, segments) !== segments.join('/').replace(/\{\w+\}/g, '*'))
    return `${line} has an id in the wrong place`;
  return end.collection === (responses === 'collection') ? end : `${line} does not return one ${responses}`;
}

/** The names by which a child record refers to its parent: the type behind the first set of each route that continues after an id. */
export function parentIds(routes: readonly Route[], context: string): string[] {
  if (context === 'Host' || context === 'Article') return [];
  return routes.flatMap(({ line }) => {
    const [set = '', , child] = line.split(`${API}/`)[1]?.split('/') ?? [];
    const parent = possibleMembers(model, model.root, 'navigation')[set];
    return child !== undefined && parent !== undefined ? [`${parent.type}Id`] : [];
  });
}

/** Follows an output below its object; undefined where it ends at a plain value, else what is wrong with it. */
export function resolveOutput(type: string, path: string): string | undefined {
  const [name = '', ...rest] = path.split('.');
  if (path === 'odataType' && !isPlain(type)) return undefined;
  const property = possibleMembers(model, type, 'properties')[name];
  const navigation = possibleMembers(model, type, 'navigation')[name];
  const member = property ?? navigation;
  if (member === undefined) return `${type} has no ${name}`;
  if (navigation?.collection) return `Graph never puts the list ${name} into a response`;
  if (rest.length > 0)
    return isPlain(member.type) ? `${name} is a plain value` : resolveOutput(member.type, rest.join('.'));
  return isPlain(member.type) ? undefined : `${name} is not a plain value`;
}

/** Every plain value below the properties of a type, complex ones down to the leaf. */
export function plainPaths(type: string): string[] {
  return Object.entries(possibleMembers(model, type, 'properties')).flatMap(([name, member]) =>
    isPlain(member.type) ? [name] : plainPaths(member.type).map((path) => `${name}.${path}`),
  );
}

function isPlain(type: string): boolean {
  return type.startsWith('Edm.') || model.types[type]?.kind === 'enum';
}
