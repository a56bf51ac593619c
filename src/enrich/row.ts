import { isIP } from 'node:net';
import { BOUNDS } from '../base/bounds';
import { type ErrorCode, PluginError, toPluginError } from '../base/errors';
import { isRecord } from '../base/json';
import { formatCount, quoted } from '../base/sanitize';
import type { GraphRequest, GraphResult } from '../graph/request';
import { entity, routeRequest } from '../graph/route';
import { isTransportError } from '../http/transport';
import type { HostReputation, Vulnerability } from '../model/generated/graph';
import { normalizeHost } from '../observables/host';
import { normalizeCve } from '../observables/identifiers';

/** A row of the output: one for each observable of the input, in its order. */
export type EnrichedRow = {
  readonly input: string;
  /** Time of the request for a cached response from before this run; ISO 8601. */
  readonly requestedAt?: string;
} & (
  | (Observable & { readonly outcome: 'found'; readonly known: Partial<HostReputation & Vulnerability> })
  | (Observable & { readonly outcome: 'unknown' })
  | (Observable & { readonly outcome: 'failed'; readonly reason: string })
  | { readonly outcome: 'refused'; readonly reason: string }
);

/** Whether a value that was stored as JSON is a row. */
export function isEnrichedRow(value: unknown): value is EnrichedRow {
  if (!isRecord(value) || typeof value.input !== 'string') return false;
  const { outcome, type, value: name, known, reason } = value;
  if (outcome === 'refused') return typeof reason === 'string';
  if (typeof type !== 'string' || typeof name !== 'string') return false;
  if (outcome === 'found') return isRecord(known);
  return outcome === 'failed' ? typeof reason === 'string' : outcome === 'unknown';
}

/** A row of the input with its observable, or the reason why it has no observable. */
type InputRow =
  | { readonly input: string; readonly observable: Observable }
  | { readonly input: string; readonly reason: string };

/**
 * Errors that are about one observable. Any other would fail every row, so it stops the run. Those of the service reach a row only
 * if other rows succeeded in the meantime (see `LongWork`).
 */
const OF_ONE_ROW: ReadonlySet<ErrorCode> = new Set([
  'GRAPH_BAD_REQUEST',
  'GRAPH_NOT_FOUND',
  'GRAPH_UNEXPECTED',
  'GRAPH_UNAVAILABLE',
  'TIMED_OUT',
]);

/** Transport faults that may concern one response only. */
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
 * Joins a row with Graph's result; a row without an observable has no result.
 * @param started start of the run, ISO 8601
 * @throws PluginError for an error that would fail every row.
 */
export function enrichedRow(row: InputRow, result: GraphResult | undefined, started = ''): EnrichedRow {
  const { input } = row;
  if ('reason' in row) return { input, outcome: 'refused', reason: row.reason };
  if (result?.kind === 'failed') {
    if (!isOfOneRow(result.error)) throw result.error;
    return { input, ...row.observable, outcome: 'failed', reason: result.error.message };
  }
  const age = requestTime(result?.requestedAt, started);
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

/** The format of enriched rows: a head, a text for each row, a foot. */
export interface EnrichFormat {
  readonly head: string;
  row(row: EnrichedRow): string;
  /** @param digest of all rows, where what they repeat is written once; else empty */
  foot(digest: string | undefined): string;
  /** Whether what rows repeat is written once: the objects of a bundle, one on a line. */
  readonly once?: true;
}

/** Omitted for responses of this run, so a resumed run writes the same rows. */
function requestTime(time: number | undefined, started: string): { requestedAt?: string } {
  if (time === undefined) return {};
  const requestedAt = new Date(time).toISOString();
  return requestedAt < started ? { requestedAt } : {};
}

type ObservableType = 'domain' | 'ipv4' | 'ipv6' | 'cve';

/** A host name, an address or a CVE ID. */
export interface Observable {
  readonly type: ObservableType;
  /** Normalized: `contoso.com` for `hxxps://Contoso[.]com/x`. */
  readonly value: string;
}

/**
 * Returns the observable in a string, normalized; it may be defanged or a URL.
 * @throws PluginError ARGUMENT_INVALID for text that is neither a host name nor an address nor a CVE id.
 */
function observableOf(text: string): Observable {
  if (text.length > BOUNDS.observable)
    throw refused(`${text.slice(0, 60)}…`, `is longer than ${formatCount(BOUNDS.observable)} characters`);
  const trimmed = text.trim();
  if (text.includes('\uFFFD'))
    throw refused(trimmed, 'is not UTF-8 (perhaps Latin-1); save the input as UTF-8');
  if (observablesIn(trimmed) > 1) throw refused(trimmed, 'contains several observables; write one per line');
  if (/^cve\W/i.test(trimmed)) return { type: 'cve', value: normalizeCve(text) };
  const value = normalizeHost(text);
  const version = isIP(value);
  if (version === 0 && !value.includes('.'))
    throw refused(trimmed, 'is a single label, not a public host name');
  return { type: version === 0 ? 'domain' : version === 4 ? 'ipv4' : 'ipv6', value };
}

/** Whether a string is an observable. */
export function isObservable(text: string): boolean {
  return 'observable' in readRow(text);
}

/** Returns the number of words in a string that are observables; a URL may contain commas. */
function observablesIn(text: string): number {
  const words = text.split(text.includes('/') ? /\s/ : /[\s,;|]/);
  return words.length < 2 ? 0 : words.filter(isObservable).length;
}

function refused(text: string, reason: string): PluginError {
  return new PluginError('ARGUMENT_INVALID', `${quoted(text)} ${reason}.`);
}

/** The routes of the lookups: of a host its reputation, of a CVE its record. */
export const HOST_LOOKUP = entity('GET /security/threatIntelligence/hosts/{host_id}/reputation');
export const CVE_LOOKUP = entity('GET /security/threatIntelligence/vulnerabilities/{vulnerability_id}');

/** Returns the request for one observable. */
export function requestFor({ type, value }: Observable): GraphRequest {
  const request =
    type === 'cve'
      ? routeRequest(CVE_LOOKUP, { vulnerability_id: value })
      : routeRequest(HOST_LOOKUP, { host_id: value });
  return { ...request, subject: { argument: 'observable', id: value, observable: true } };
}
