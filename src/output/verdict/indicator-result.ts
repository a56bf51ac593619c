import type { PluginError } from '../../base/errors';
import { isRecord } from '../../base/json';
import type { GraphResult } from '../../graph/request';
import { inContext } from '../to-context';
import type { GraphPart, GraphParts } from './graph-parts';

/** What came of the requests about one indicator. */
export interface IndicatorResult {
  readonly indicator: string;
  readonly known: GraphParts;
  /** Graph's own objects, untouched. */
  readonly raw: Readonly<Partial<Record<GraphPart, unknown>>>;
  readonly failed: readonly { readonly part: GraphPart; readonly error: PluginError }[];
  /** When the requests were sent whose answers were reused, milliseconds since the epoch. */
  readonly reused: readonly number[];
  /** How many requests were sent; none where the text is no such indicator. */
  readonly requests: number;
}

/** @param answers one for each part, in their order */
export function indicatorResult(
  indicator: string,
  parts: readonly GraphPart[],
  answers: readonly GraphResult[],
): IndicatorResult {
  const named = answers.flatMap((answer, index) => {
    const part = parts[index];
    return part === undefined ? [] : [{ part, answer }];
  });
  const found = named.flatMap(({ part, answer }) =>
    answer.kind === 'entity' && isRecord(answer.value)
      ? [{ part, value: answer.value, parent: answer.request.parent }]
      : [],
  );
  return {
    indicator,
    known: Object.fromEntries(found.map(({ part, value, parent }) => [part, inContext(value, parent)])),
    raw: Object.fromEntries(found.map(({ part, value }) => [part, value])),
    failed: named.flatMap(({ part, answer }) =>
      answer.kind === 'failed' ? [{ part, error: answer.error }] : [],
    ),
    reused: answers.flatMap(({ askedAt }) => askedAt ?? []),
    requests: answers.filter(({ request }) => 'path' in request).length,
  };
}

/** Nothing was found about the indicator, possibly because a lookup failed. */
export function isFailure({ known, failed }: IndicatorResult): boolean {
  return Object.keys(known).length === 0 && failed.length > 0;
}
