import { PluginError } from '../base/errors';
import type { QueryOption } from '../graph/odata';
import type { GraphRequest, RowCondition } from '../graph/request';
import { pathPart, placeholders, queryPart, type Route } from '../graph/route';
import { queryOf } from './query';
import { type RejectedObservable, type RequestPath, requestPaths } from './request-paths';

/** The request of a command: its routes, and the query options for its own arguments. */
export interface RouteChoice<Args> {
  /** The route is taken whose placeholders are exactly the ones given among the arguments. */
  readonly routes: readonly Route[];
  /** Returns values for omitted arguments that follow from the others. */
  defaults?(args: Args): Partial<Args>;
  query?(args: Args): readonly QueryOption[];
  /** Which rows of a list the arguments want. */
  where?(args: Args): RowCondition | undefined;
}

/** Checked arguments, whatever their command. */
export type LooseArgs = Readonly<Record<string, unknown>>;

/** A request, or the result for an observable that was rejected before anything was sent. */
export type PlanStep = GraphRequest | RejectedObservable;

/** The requests of a command. */
export interface Plan {
  readonly returns: Route['returns'];
  /** One subject for each distinct observable, in their order; one if the route takes a single subject or no subject. */
  readonly steps: readonly PlanStep[];
}

/**
 * Plans the requests for checked arguments.
 * @throws PluginError ARGUMENT_MISSING or ARGUMENT_INVALID for arguments that fit no route or cannot be combined.
 */
export function plan<Args extends LooseArgs>(
  choice: RouteChoice<Args>,
  given: Args,
  maxResults: number,
): Plan {
  const args = { ...choice.defaults?.(given), ...given };
  const route = chooseRoute(choice.routes, args);
  const own = { query: choice.query?.(args) ?? [], where: choice.where?.(args) };
  const query = queryOf(route, queryArguments(route, args), own, maxResults);
  const steps = requestPaths(route, args).map(
    (step): PlanStep =>
      isRejected(step)
        ? step
        : { method: 'GET', returns: route.returns, route: pathPart(route.line), ...query, ...step },
  );
  return { returns: route.returns, steps };
}

/** Arguments that set query options of any list. */
const QUERY_ARGUMENTS = ['odata', 'search', 'limit', 'all_results'];

function queryArguments(route: Route, args: LooseArgs): LooseArgs {
  const names = [...QUERY_ARGUMENTS, ...placeholders(queryPart(route.line))];
  return Object.fromEntries(names.map((name) => [name, args[name]]));
}

/** Whether an observable was rejected before anything was sent. */
export function isRejected(step: RequestPath | RejectedObservable): step is RejectedObservable {
  return 'kind' in step;
}

/** Values planned in one turn; long international names take 100 milliseconds of processor time. */
export const VALUES_PER_PART = 1_000;

/** Whether the value of an argument is a list that is planned in several turns. */
export function isLongList(value: unknown): boolean {
  return Array.isArray(value) && value.length > VALUES_PER_PART;
}

/** Returns the same key for steps about equal observables. */
export function stepKey(step: PlanStep): string {
  return isRejected(step) ? `refused ${step.request.subject?.id}` : step.path;
}

/** Returns the requests among the steps. */
export function requestsIn(steps: readonly PlanStep[]): GraphRequest[] {
  return steps.filter((step): step is GraphRequest => !isRejected(step));
}

/**
 * Returns the route whose placeholders are exactly the ones given among the arguments; of several such routes, the first whose
 * `when` matches, else the first without one.
 * @throws PluginError ARGUMENT_MISSING without an argument that every route needs, ARGUMENT_INVALID with arguments that
 * cannot be combined or need another argument.
 */
function chooseRoute(routes: readonly Route[], args: Readonly<Record<string, unknown>>): Route {
  const names = new Set(routes.flatMap((route) => placeholders(route.line)));
  const given = [...names].filter((name) => args[name] !== undefined);
  const fitting = routes.filter((route) => sameMembers(placeholders(route.line), given));
  const route =
    fitting.find(({ when }) => when !== undefined && matches(when, args)) ??
    fitting.find(({ when }) => when === undefined);
  if (route !== undefined) return route;
  const choices = new Set(routes.map(({ line }) => placeholders(line).join(' with ')));
  const hint = `Give exactly one of: ${[...choices].join(', ')}.`;
  if (given.length === 0) {
    throw new PluginError('ARGUMENT_MISSING', 'No argument selects what to read.', {
      hint,
    });
  }
  throw new PluginError(
    'ARGUMENT_INVALID',
    given.length === 1
      ? `${given.join()} cannot be used alone.`
      : `${given.join(' and ')} cannot be combined.`,
    { hint },
  );
}

function matches(when: Readonly<Record<string, string>>, args: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(when).every(([name, value]) => args[name] === value);
}

function sameMembers(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((member) => other.includes(member));
}
