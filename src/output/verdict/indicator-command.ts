import type { PluginError } from '../../base/errors';
import { isRecord } from '../../base/json';
import type { Route } from '../../graph/route';
import type { IndicatorType } from '../../xsoar/dbot-score';
import type { Relationship } from '../../xsoar/relationship';
import type { IndicatorResults } from '../lookups';
import type { Columns } from '../table';
import { inContext } from '../to-context';
import type { GraphPart, GraphParts, Standard } from './standard';

/** The requests for each indicator of a list, and the form of the result. */
export interface IndicatorCommand {
  /** The argument that lists the indicators, and what the platform calls their sort. */
  readonly indicator: IndicatorType;
  /** Plural noun for the indicators. */
  readonly many: string;
  /** The requests about one indicator, sent together: the last part of the context path of the result, and its route. */
  readonly reads: Readonly<Partial<Record<GraphPart, Route>>>;
  readonly standard: Standard;
  readonly columns: Columns<GraphParts>;
  /** The relationships of the indicator that the responses state. */
  readonly relates?: (indicator: string, known: GraphParts) => readonly Relationship[];
}

/** The results of the requests about one indicator. */
export interface IndicatorResult {
  readonly indicator: string;
  readonly known: GraphParts;
  /** Graph's own objects, untouched. */
  readonly raw: Readonly<Partial<Record<GraphPart, unknown>>>;
  readonly failed: readonly { readonly part: GraphPart; readonly error: PluginError }[];
  /** Times of the requests whose responses were reused, in milliseconds since the epoch. */
  readonly reused: readonly number[];
  /** Number of requests sent; 0 if the text is not such an indicator. */
  readonly requests: number;
}

export function indicatorResult({ indicator, results }: IndicatorResults): IndicatorResult {
  const found = results.flatMap(({ part, result }) =>
    result.kind === 'entity' && isRecord(result.value)
      ? [{ part, value: result.value, parent: result.request.parent }]
      : [],
  );
  return {
    indicator,
    known: Object.fromEntries(found.map(({ part, value, parent }) => [part, inContext(value, parent)])),
    raw: Object.fromEntries(found.map(({ part, value }) => [part, value])),
    failed: results.flatMap(({ part, result }) =>
      result.kind === 'failed' ? [{ part: part as GraphPart, error: result.error }] : [],
    ),
    reused: results.flatMap(({ result }) => result.requestedAt ?? []),
    requests: results.filter(({ result }) => 'path' in result.request).length,
  };
}

/** Nothing was found about the indicator, possibly because a lookup failed. */
export function isFailure({ known, failed }: IndicatorResult): boolean {
  return Object.keys(known).length === 0 && failed.length > 0;
}
