import type { GraphRequest, RequestSubject } from '../graph/request';
import type { Route } from '../graph/route';
import { isRejected, type PlanStep } from './plan';
import { type RequestPath, requestPaths } from './request-paths';

/** The requests about one indicator, each with the part of the result that it is for, such as `HostReputation`. */
export interface IndicatorRequests {
  /** Normalized; the text as given if it is not an indicator. */
  readonly indicator: string;
  readonly steps: readonly { readonly part: string; readonly step: PlanStep }[];
}

/** Plans the requests for each distinct indicator among the arguments, in their order. @param reads the route of each part */
export function planIndicators(
  reads: Readonly<Partial<Record<string, Route>>>,
  args: Readonly<Record<string, unknown>>,
): IndicatorRequests[] {
  const byIndicator = new Map<string, { part: string; step: PlanStep }[]>();
  for (const [part, route] of Object.entries(reads)) {
    if (route === undefined) continue;
    for (const path of requestPaths(route, args)) {
      const step = isRejected(path) ? path : requestOf(route, path);
      const { subject } = isRejected(step) ? step.request : step;
      const indicator = (subject as RequestSubject).id;
      byIndicator.set(indicator, [...(byIndicator.get(indicator) ?? []), { part, step }]);
    }
  }
  return [...byIndicator].map(([indicator, steps]) => ({ indicator, steps }));
}

function requestOf({ returns }: Route, path: RequestPath): GraphRequest {
  return { method: 'GET', returns, query: [], rows: { most: 1, by: 'limit' }, ...path };
}
