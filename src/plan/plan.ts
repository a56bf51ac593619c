import type { QueryOption } from '../graph/odata';
import type { GraphRequest, GraphResult, RowCondition } from '../graph/request';
import { pathPart, type Route } from '../graph/route';
import { chooseRoute } from './choose-route';
import { queryOf } from './query';
import { type RejectedObservable, type RequestPath, requestPaths } from './request-paths';

/** What a command requests: its routes, and the query options that its own arguments stand for. */
export interface RouteChoice<Args> {
  /** The route is taken whose placeholders are exactly the ones given among the arguments. */
  readonly routes: readonly Route[];
  /** The values of arguments that were not given, where they follow from the others. */
  defaults?(args: Args): Partial<Args>;
  query?(args: Args): readonly QueryOption[];
  /** Which rows of a list the arguments want. */
  where?(args: Args): RowCondition | undefined;
}

/** Checked arguments, whatever their command. */
export type LooseArgs = Readonly<Record<string, unknown>>;

/** The requests of a command; an observable that is none is a result already. */
export interface Plan {
  readonly returns: Route['returns'];
  readonly requests: readonly GraphRequest[];
  /** Puts the results of the requests in the order in which the observables were given, with the refused ones between. */
  inOrder(received: readonly GraphResult[]): GraphResult[];
  /** How many distinct observables were requested; 1 where the route is about one thing or none. */
  readonly observableCount: number;
}

/**
 * Turns checked arguments into requests.
 * @throws PluginError ARGUMENT_MISSING or ARGUMENT_INVALID where the arguments fit no route, or cannot be combined.
 */
export function plan<Args extends LooseArgs>(
  choice: RouteChoice<Args>,
  given: Args,
  maxResults: number,
): Plan {
  const args = { ...choice.defaults?.(given), ...given };
  const route = chooseRoute(choice.routes, args);
  const own = { query: choice.query?.(args) ?? [], where: choice.where?.(args) };
  const query = queryOf(route, args, own, maxResults);
  const targets = requestPaths(route, args);
  return {
    returns: route.returns,
    requests: targets.filter(isTarget).map((target) => ({
      method: 'GET',
      returns: route.returns,
      route: pathPart(route.line),
      ...query,
      ...target,
    })),
    inOrder(received) {
      const next = received.values();
      return targets.flatMap((target) => (isTarget(target) ? (next.next().value ?? []) : target));
    },
    observableCount: targets.length,
  };
}

function isTarget(target: RequestPath | RejectedObservable): target is RequestPath {
  return 'path' in target;
}
