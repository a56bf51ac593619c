import { randomUUID } from 'node:crypto';
import { isRecord, type JsonObject } from '../../base/json';
import type { Context } from '../../xsoar/context/merge';
import type { Entry } from '../../xsoar/entry';
import { type ExecutedLine, mergeEntries } from './execute-line';

/** The place where a line was typed. */
type Door = 'terminal' | 'browser';

/** A line that was typed, and its entries. */
export interface InvestigationEntry {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly line: string;
  readonly entries: readonly Entry[];
  readonly door?: Door;
}

/** Everything that is stored under one name. */
export interface Investigation {
  readonly context: Context;
  readonly happened: readonly InvestigationEntry[];
  /** The layout of the graph in the browser: positions, hidden and opened nodes. */
  readonly view?: JsonObject;
}

export const EMPTY_INVESTIGATION: Investigation = { context: {}, happened: [] };

/** A finished line in the form in which it is recorded. */
export function recordOf(
  line: string,
  { entries }: ExecutedLine,
  at: number,
  door: Door,
): InvestigationEntry {
  return { id: randomUUID(), at: new Date(at).toISOString(), line, entries, door };
}

/** Appends a finished line and merges its entries into the context, which another process may have changed in the meantime. */
export function withLine(
  now: Investigation,
  record: InvestigationEntry,
  { entries, system }: ExecutedLine,
): Investigation {
  return {
    ...now,
    context: mergeEntries(now.context, entries, system),
    happened: [...now.happened, record],
  };
}

/** Reads the stored or exported form of an investigation; undefined for anything else. */
export function asInvestigation(value: unknown): Investigation | undefined {
  if (!isRecord(value) || !isRecord(value.context) || !Array.isArray(value.happened)) return undefined;
  const happened = value.happened.map(asEntry);
  if (happened.includes(undefined)) return undefined;
  return {
    context: value.context,
    happened: happened as InvestigationEntry[],
    ...(isRecord(value.view) ? { view: value.view } : {}),
  };
}

function asEntry(value: unknown, index: number): InvestigationEntry | undefined {
  if (!isRecord(value) || typeof value.at !== 'string' || typeof value.line !== 'string') return undefined;
  const { at, line, entries, id, door } = value;
  if (!Array.isArray(entries) || !entries.every((entry) => isRecord(entry) && typeof entry.Type === 'number'))
    return undefined;
  return {
    // Version 1 stored no ids; the position is as good, since lines are only appended.
    id: typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : `line-${index + 1}`,
    at,
    line,
    entries: entries as Entry[],
    ...(door === 'terminal' || door === 'browser' ? { door } : {}),
  };
}
