import { isRecord, type JsonObject } from '../../base/json';
import { formatCount } from '../../base/sanitize';
import type { Outcome } from '../../engine/invocation';
import type { Lookup } from '../../output/lookups';
import { toContext } from '../../output/to-context';
import { SCORE_LABELS } from '../../output/verdict/score';
import { DBOT_SCORE_KEY } from '../../xsoar/dbot-score';
import type { Entry } from '../../xsoar/entry';
import { compact } from './compact';
import { type RowCommand, rowTypeOf, typesOf } from './result-types';
import { inToolWords } from './tool-names';
import { markUntrusted } from './untrusted';

/** Characters of all notes together. */
const LONGEST_NOTES = 2_000;

/** All that a command found, before it is cut into pages. */
export interface ToolRows {
  /** Compact rows, safe to read. */
  readonly rows: readonly JsonObject[];
  /** Returns the whole object of a row, if the caller requested it. */
  readonly record: ((index: number) => unknown) | undefined;
  /** Rows in all, as far as Graph counted them; at least those that were found. */
  readonly total: number;
  /** Whether Graph has rows that were not read. */
  readonly unread: boolean;
  readonly notes: string;
  readonly characters: number;
}

export function toolRows(command: RowCommand, outcome: Outcome, full: boolean): ToolRows {
  const { lookups = [], entries } = outcome;
  const found =
    'reads' in command
      ? indicatorRows(lookups, entries, typesOf(command))
      : listRows(lookups, rowTypeOf(command));
  const rows = found.map(({ row }) => markUntrusted(row) as JsonObject);
  const totals = lookups.map(({ total, rows: own }) => Math.max(total ?? 0, own.length));
  return {
    rows,
    record: full ? (index) => markUntrusted(toContext(found[index]?.object)) : undefined,
    total: 'reads' in command ? rows.length : totals.reduce((sum, one) => sum + one, 0),
    unread: lookups.some(({ more }) => more),
    notes: notesOf(lookups),
    characters: rows.reduce((sum, row) => sum + JSON.stringify(row).length, 0),
  };
}

interface Found {
  readonly row: JsonObject;
  readonly object: unknown;
}

function listRows(lookups: readonly Lookup[], type: string): Found[] {
  return lookups.flatMap(({ rows, subject, isParent }) => {
    const parent = isParent && subject !== undefined ? { [subject.name]: subject.id } : {};
    return rows.filter(isRecord).map((object) => ({ row: { ...parent, ...compact(type, object) }, object }));
  });
}

/** One row an indicator: the score that the platform knows, the verdict in a word, and each part. */
function indicatorRows(
  lookups: readonly Lookup[],
  entries: readonly Entry[],
  types: Readonly<Record<string, string>>,
): Found[] {
  const single = Object.keys(types).length === 1;
  return lookups.flatMap(({ subject, rows: [object] }, index) => {
    const rating = entries[index]?.EntryContext?.[DBOT_SCORE_KEY];
    const { Score: score, Message: message } = isRecord(rating) ? rating : {};
    const whole = isRecord(object)
      ? single
        ? Object.fromEntries(Object.keys(types).map((part) => [part, object]))
        : object
      : {};
    const parts = Object.entries(types).flatMap(([part, type]) => {
      const value = (whole as JsonObject)[part];
      return isRecord(value) ? [[camel(part), compact(type, value)]] : [];
    });
    const row = {
      indicator: subject?.id ?? '',
      score: typeof score === 'number' ? score : 0,
      verdict: SCORE_LABELS[(typeof score === 'number' ? score : 0) as 0],
      ...(typeof message === 'string' ? { message } : {}),
      ...Object.fromEntries(parts),
    };
    return [{ row, object: whole }];
  });
}

export function camel(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

/** Returns notes about observables that were not found or failed; no more than an agent needs to continue. */
function notesOf(lookups: readonly Lookup[]): string {
  const missing = lookups.flatMap(({ notFound, subject }) => (notFound ? [subject?.id ?? 'the record'] : []));
  const failed = lookups.flatMap(({ error, subject }) =>
    error === undefined ? [] : [`${subject?.id ?? 'A request'}: ${error.message}`],
  );
  const lines = [
    ...(missing.length === 0 ? [] : [`Not found: ${listed(missing)}.`]),
    ...(failed.length === 0 ? [] : [`Failed: ${markUntrusted(inToolWords(listed(failed)))}`]),
  ];
  const text = lines.join('\n');
  return text.length > LONGEST_NOTES ? `${text.slice(0, LONGEST_NOTES - 1)}…` : text;
}

function listed(all: readonly string[]): string {
  const shown = all.slice(0, 20).join(', ');
  return all.length > 20 ? `${shown} and ${formatCount(all.length - 20)} more` : shown;
}
