import type { QueryOption } from '../graph/odata';
import type { GraphRequest, GraphResult } from '../graph/request';
import type { Route } from '../graph/route';
import { chooseRoute } from './choose-route';
import { queryOf } from './query';
import { type RefusedTarget, type RequestTarget, requestTargets } from './targets';

/** What a command asks: its routes, and the query options that its own arguments stand for. */
export interface RouteChoice<Args> {
  /** The route is taken whose placeholders are exactly the ones given among the arguments. */
  readonly routes: readonly Route[];
  /** The values of arguments that were not given, where they follow from the others. */
  defaults?(args: Args): Partial<Args>;
  query?(args: Args): readonly QueryOption[];
}

/** Checked arguments, whatever their command. */
export type LooseArgs = Readonly<Record<string, unknown>>;

/** The requests of a command; what can be told to fail before anything is sent is an answer already. */
export interface Plan {
  readonly answers: Route['answers'];
  readonly requests: readonly GraphRequest[];
  readonly refused: readonly Extract<GraphResult, { kind: 'failed' }>[];
  /** How many distinct observables were asked for; 1 where the route is about one thing or none. */
  readonly asked: number;
}

/**
 * Turns checked arguments into requests.
 * @throws PluginError ARGUMENT_MISSING or ARGUMENT_INVALID where the arguments fit no route, or exclude each other.
 */
export function plan<Args extends LooseArgs>(
  question: RouteChoice<Args>,
  given: Args,
  maxResults: number,
): Plan {
  const args = { ...question.defaults?.(given), ...given };
  const route = chooseRoute(question.routes, args);
  const { query, rows } = queryOf(route, args, question.query?.(args) ?? [], maxResults);
  const targets = requestTargets(route, args);
  return {
    answers: route.answers,
    requests: targets
      .filter(isTarget)
      .map((target) => ({ method: 'GET', answers: route.answers, query, rows, ...target })),
    refused: targets.filter((target): target is RefusedTarget => !isTarget(target)),
    asked: targets.length,
  };
}

function isTarget(target: RequestTarget | RefusedTarget): target is RequestTarget {
  return 'path' in target;
}
