import type { GraphRequest, GraphResult } from '../graph/request';
import type { Route } from '../graph/route';
import { requestTargets } from './targets';

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
  const columns = routes.map((route) =>
    requestTargets(route, args).map((target): GraphRequest | Refused =>
      'path' in target
        ? { method: 'GET', answers: route.answers, query: [], rows: { most: 1, by: 'limit' }, ...target }
        : target,
    ),
  );
  const [first = []] = columns;
  return first.map((step, index) => ({
    indicator: ('path' in step ? step : step.request).subject?.id ?? '',
    steps: columns.flatMap((column) => column[index] ?? []),
  }));
}

/** Sends the requests of all inquiries together, and gives each inquiry its answers in the order of its steps. */
export async function sendIndicatorRequests(
  inquiries: readonly IndicatorRequests[],
  execute: (requests: readonly GraphRequest[]) => Promise<GraphResult[]>,
): Promise<GraphResult[][]> {
  const steps = inquiries.flatMap((inquiry) => inquiry.steps);
  const received = (await execute(steps.filter((step) => 'path' in step))).values();
  return inquiries.map((inquiry) =>
    inquiry.steps.flatMap((step) => ('path' in step ? (received.next().value ?? []) : step)),
  );
}
