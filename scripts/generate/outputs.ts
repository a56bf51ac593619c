import { API, pathPart, type Route } from '../../src/graph/route';
import { followPath } from '../../src/model/walk';
import { CONTEXT_ROOT, carriesParent } from '../../src/xsoar/context-keys';
import type { Output } from '../manifest/shape';
import { leavesOf } from './leaves';
import type { Model } from './model';
import { idSentence, nounOf, say } from './sentence';

/** What a declaration says about one kind of object among its responses. */
export interface DeclaredResponse {
  readonly routes: readonly Route[];
  readonly context: string;
  /** `object` where one observable gives one object; a list otherwise. */
  readonly value?: 'object' | 'list';
}

const PLATFORM_TYPE: Readonly<Record<string, string>> = {
  'Edm.Boolean': 'Boolean',
  'Edm.DateTimeOffset': 'Date',
  'Edm.Double': 'Number',
  'Edm.Int32': 'Number',
};

/** What a command is responded with; one about the sign-in with nothing. */
export function declaredResponses(command: object): DeclaredResponse[] {
  if ('routes' in command) return [command as DeclaredResponse];
  if ('parts' in command) return Object.values(command.parts as Readonly<Record<string, DeclaredResponse>>);
  const { reads = {} } = command as { reads?: Readonly<Record<string, Route>> };
  return Object.entries(reads).map(([context, route]) => ({ context, routes: [route] }));
}

/** The `outputs` for one kind of object: all of it down to the leaf, and the ids of the parents that it is read through. */
export function outputsOf(model: Model, responses: DeclaredResponse): Output[] {
  const { context } = responses;
  const [id, ...rest] = leavesOf(model, responseType(model, responses));
  const parents = parentsOf(model, responses).map((parent) => parentLeaf(model, parent));
  return [id, ...parents, ...rest]
    .filter((leaf) => leaf !== undefined)
    .map(({ path, type, text }) => ({
      contextPath: `${CONTEXT_ROOT}.${context}.${path}`,
      description: text,
      type: PLATFORM_TYPE[type] ?? 'String',
    }));
}

/** The type of the model that a command responds with, the same behind all of its routes. */
export function responseType(model: Model, { routes, context }: DeclaredResponse): string {
  const [type] = new Set(routes.map((route) => typeBehind(model, route)));
  if (type === undefined) throw new Error(`${context} has no route`);
  return type;
}

/** The names under which an object carries the ids of the parents that it is read through. */
export function parentNames(model: Model, responses: DeclaredResponse): string[] {
  return parentsOf(model, responses).map(parentName);
}

function parentsOf(model: Model, { routes, context }: DeclaredResponse): string[] {
  if (!carriesParent(context)) return [];
  const parents = routes.map((route) => parentType(model, route)).filter((parent) => parent !== undefined);
  return [...new Set(parents)];
}

function parentName(parent: string): string {
  return `${parent}Id`;
}

function parentLeaf(model: Model, parent: string) {
  const text = idSentence(model, parent, say(model.parent, nounOf(model, parent)));
  return { path: parentName(parent), type: 'Edm.String', text };
}

/** The type behind a route, from the model that is being written. */
function typeBehind(model: Model, route: Route): string {
  const place = followPath(model, segments(route));
  if (place === undefined) throw new Error(`${route.line} leaves the model`);
  return place.type;
}

/** `hosts/{host_id}/whois` has the parent `host`; a route that ends with the id itself has none. */
function parentType(model: Model, route: Route): string | undefined {
  const [set = '', , child] = segments(route);
  return child === undefined ? undefined : followPath(model, [set])?.type;
}

function segments(route: Route): string[] {
  return pathPart(route.line).slice(`${API}/`.length).split('/');
}
