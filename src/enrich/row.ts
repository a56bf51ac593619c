import { type ErrorCode, type PluginError, toPluginError } from '../base/errors';
import type { GraphResult } from '../graph/request';
import type { HostReputation, Vulnerability } from '../model/generated/graph';
import { type Observable, observableOf } from './observable';

/** A row of the output: one for each observable of the input, in its order. */
export type EnrichedRow = { readonly input: string } & (
  | (Observable & { readonly outcome: 'found'; readonly known: Partial<HostReputation & Vulnerability> })
  | (Observable & { readonly outcome: 'unknown' })
  | (Observable & { readonly outcome: 'failed'; readonly reason: string })
  | { readonly outcome: 'refused'; readonly reason: string }
);

/** A row of the input, and what can be asked about it. */
export type InputRow =
  | { readonly input: string; readonly observable: Observable }
  | { readonly input: string; readonly reason: string };

/** Errors that are about one observable. Any other would meet the next one too, and ends the work. */
const OWN: ReadonlySet<ErrorCode> = new Set(['GRAPH_BAD_REQUEST', 'GRAPH_NOT_FOUND', 'GRAPH_UNEXPECTED']);

export function readRow(input: string): InputRow {
  try {
    return { input, observable: observableOf(input) };
  } catch (error) {
    return { input, reason: toPluginError(error).message };
  }
}

/**
 * A row with what Graph answered; nothing was asked where it is no observable.
 * @throws PluginError where the answer is an error that has nothing to do with this row.
 */
export function enrichedRow(row: InputRow, answer: GraphResult | undefined): EnrichedRow {
  const { input } = row;
  if ('reason' in row) return { input, outcome: 'refused', reason: row.reason };
  if (answer?.kind === 'failed') {
    if (!isOwn(answer.error)) throw answer.error;
    return { input, ...row.observable, outcome: 'failed', reason: answer.error.message };
  }
  if (answer?.kind !== 'entity') return { input, ...row.observable, outcome: 'unknown' };
  return { input, ...row.observable, outcome: 'found', known: answer.value as Partial<HostReputation> };
}

/** A 500 that stays is one that this request provokes; other 5xx tell of the service. */
function isOwn({ code, status }: PluginError): boolean {
  return OWN.has(code) || status === 500;
}
