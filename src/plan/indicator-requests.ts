import type { GraphRequest, GraphResult } from '../graph/request';
import type { Route } from '../graph/route';
import { type RequestPath, requestPaths } from './request-paths';

/** The requests for one indicator, one per route, or the reason why the text is not an indicator. */
export interface IndicatorRequests {
  /** The indicator, normalised; unchanged if it is not one. */
  readonly indicator: string;
  readonly steps: readonly (GraphRequest | Refused)[];
}

type Refused = Extract<GraphResult, { kind: 'failed' }>;

/**
 * One inquiry for each distinct indicator among the arguments, in their order.
 */
export function planIndicators(
  routes: readonly Route[],
  args: Readonly<Record<string, unknown>>,
): IndicatorRequests[] {
  const byIndicator = new Map<string, (GraphRequest | Refused)[]>();
  for (const route of routes)
    for (const target of requestPaths(route, args)) {
      const step = 'path' in target ? requestOf(route, target) : target;
      const indicator = ('path' in step ? step : step.request).subject?.id ?? '';
      byIndicator.set(indicator, [...(byIndicator.get(indicator) ?? []), step]);
    }
  return [...byIndicator].map(([indicator, steps]) => ({ indicator, steps }));
}

function requestOf({ returns }: Route, target: RequestPath): GraphRequest {
  return { method: 'GET', returns, query: [], rows: { most: 1, by: 'limit' }, ...target };
}

/** Sends the requests of all inquiries together, and gives each indicator its results in the order of its steps. */
export async function sendIndicatorRequests(
  indicatorRequests: readonly IndicatorRequests[],
  execute: (requests: readonly GraphRequest[]) => Promise<GraphResult[]>,
): Promise<GraphResult[][]> {
  const requests = indicatorRequests.flatMap(({ steps }) => steps.filter((step) => 'path' in step));
  const results = await execute(requests);
  const resultOf = new Map(requests.map((request, index) => [request, results[index]]));
  return indicatorRequests.map(({ steps }) =>
    steps.flatMap((step) => ('path' in step ? (resultOf.get(step) ?? []) : step)),
  );
}
