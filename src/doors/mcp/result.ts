import type { JsonObject } from '../../base/json';
import type { Outcome } from '../../engine/invocation';
import { type Entry, isErrorEntry } from '../../xsoar/entry';
import type { CursorStore } from './cursor-store';

/** Rows, and characters of them as JSON, that one answer holds; an agent reads every character. */
const MOST_ROWS = 25;
const MOST_CHARACTERS = 40_000;

/** All that a command found, as rows, with what is said below its table. */
export interface ToolRows {
  readonly rows: readonly unknown[];
  readonly notes: string;
}

/** What `tools/call` answers with. */
export interface ToolResult {
  [key: string]: unknown;
  readonly content: { readonly type: 'text'; readonly text: string }[];
  readonly structuredContent?: Record<string, unknown>;
  readonly isError?: boolean;
}

/** An answer to a command; what went wrong with the service is the tool's error, for the agent to read. */
export function toolResult({ entries }: Outcome, rest: CursorStore<ToolRows>): ToolResult {
  const failed = entries.filter(isErrorEntry);
  if (failed.length > 0) return toolError(failed.map(({ Contents }) => String(Contents)).join('\n'));
  return page(
    { rows: entries.flatMap(rowsOf), notes: entries.map(notesOf).filter(Boolean).join('\n') },
    0,
    rest,
  );
}

/** As many rows as an answer may hold, from one on; the cursor leads to those behind them. */
export function page(found: ToolRows, from: number, rest: CursorStore<ToolRows>): ToolResult {
  const rows = fitting(found.rows.slice(from, from + MOST_ROWS));
  const next = from + rows.length;
  const structuredContent = {
    rows,
    total: found.rows.length,
    ...(found.notes === '' ? {} : { notes: found.notes }),
    ...(next < found.rows.length ? { cursor: rest.keep(found, next) } : {}),
  };
  return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
}

export function toolError(text: string): ToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}

/** At least one row, however long it is: less would be no way on. */
function fitting(rows: readonly unknown[]): readonly unknown[] {
  let characters = 0;
  const end = rows.findIndex((row, index) => {
    characters += JSON.stringify(row).length;
    return characters > MOST_CHARACTERS && index > 0;
  });
  return end < 0 ? rows : rows.slice(0, end);
}

/** The objects of one kind are rows; an entry with several kinds, an indicator with its verdict, is one row. */
function rowsOf({ EntryContext }: Entry): readonly unknown[] {
  const outputs = Object.entries(EntryContext ?? {});
  const [only] = outputs;
  if (outputs.length === 1 && only !== undefined) return [only[1]].flat();
  const row: JsonObject = Object.fromEntries(
    outputs.map(([key, value]) => [key.replace(/\(.*/s, ''), value]),
  );
  return outputs.length === 0 ? [] : [row];
}

function notesOf({ HumanReadable = '' }: Entry): string {
  return HumanReadable.split('\n')
    .filter((line) => line !== '' && !/^[|#]/.test(line))
    .join('\n');
}
