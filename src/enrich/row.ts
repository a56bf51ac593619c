import { type ErrorCode, type PluginError, toPluginError } from '../base/errors';
import type { GraphResult } from '../graph/request';
import { isTransportError } from '../http/transport';
import type { HostReputation, Vulnerability } from '../model/generated/graph';
import { type Observable, observableOf } from './observable';

/** A row of the output: one for each observable of the input, in its order. */
export type EnrichedRow = {
  readonly input: string;
  /** When Graph was asked, for an answer from before this run was started; ISO 8601. */
  readonly asked?: string;
} & (
  | (Observable & { readonly outcome: 'found'; readonly known: Partial<HostReputation & Vulnerability> })
  | (Observable & { readonly outcome: 'unknown' })
  | (Observable & { readonly outcome: 'failed'; readonly reason: string })
  | { readonly outcome: 'refused'; readonly reason: string }
);

/** A row of the input, and what can be asked about it. */
export type InputRow =
  | { readonly input: string; readonly observable: Observable }
  | { readonly input: string; readonly reason: string };

/**
 * Errors that are about one observable. Any other would meet the next one too, and ends the work. Those of the service reach a row only
 * where other rows succeeded meanwhile (see `LongWork`).
 */
const OF_ONE_ROW: ReadonlySet<ErrorCode> = new Set([
  'GRAPH_BAD_REQUEST',
  'GRAPH_NOT_FOUND',
  'GRAPH_UNEXPECTED',
  'GRAPH_UNAVAILABLE',
  'TIMED_OUT',
]);

/** Faults of an exchange that a single answer may cause. */
const FAULTS_OF_ONE_ROW: ReadonlySet<string> = new Set(['reset', 'timeout', 'too-large']);

/** Characters of a refused text that its row repeats. */
const LONGEST_INPUT = 1_000;

export function readRow(input: string): InputRow {
  try {
    return { input, observable: observableOf(input) };
  } catch (error) {
    return { input: input.slice(0, LONGEST_INPUT), reason: toPluginError(error).message };
  }
}

/**
 * Joins a row with Graph's result; a row without an observable has none.
 * @param started when the run was started, ISO 8601
 * @throws PluginError where the result is an error that other rows would meet as well.
 */
export function enrichedRow(row: InputRow, result: GraphResult | undefined, started = ''): EnrichedRow {
  const { input } = row;
  if ('reason' in row) return { input, outcome: 'refused', reason: row.reason };
  if (result?.kind === 'failed') {
    if (!isOfOneRow(result.error)) throw result.error;
    return { input, ...row.observable, outcome: 'failed', reason: result.error.message };
  }
  const age = askedBefore(result?.askedAt, started);
  if (result?.kind !== 'entity') return { input, ...row.observable, outcome: 'unknown', ...age };
  return {
    input,
    ...row.observable,
    outcome: 'found',
    ...age,
    known: result.value as Partial<HostReputation>,
  };
}

function isOfOneRow({ code, cause }: PluginError): boolean {
  return OF_ONE_ROW.has(code) || (isTransportError(cause) && FAULTS_OF_ONE_ROW.has(cause.fault));
}

/** How enriched rows are written: a head, one row after the other, a foot. */
export interface EnrichFormat {
  readonly head: string;
  row(row: EnrichedRow): string;
  /** @param digest of all rows, where what they repeat is written once; else empty */
  foot(digest: string): string;
  /** Whether what rows repeat is written once: the objects of a bundle, one on a line. */
  readonly once?: true;
}

/** Answers of this run, also of an earlier part of it, say nothing: a resumed run writes what an undisturbed one writes. */
function askedBefore(askedAt: number | undefined, started: string): { asked?: string } {
  if (askedAt === undefined) return {};
  const asked = new Date(askedAt).toISOString();
  return asked < started ? { asked } : {};
}
