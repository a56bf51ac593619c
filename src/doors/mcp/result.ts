import type { JsonObject } from '../../base/json';
import type { Outcome } from '../../engine/invocation';
import { cutTexts } from '../../output/to-context';
import { isErrorEntry } from '../../xsoar/entry';
import type { CursorStore } from './cursor-store';
import type { ToolRows } from './rows';
import { inToolWords } from './tool-names';
import { untrusted, visible } from './untrusted';

/** Rows, and characters of JSON, in one result: an agent reads every character. */
const MOST_ROWS = 25;
const MOST_CHARACTERS = 40_000;

/** Characters of an error text. */
const LONGEST_ERROR = 4_000;

/** The response to `tools/call`. */
export interface ToolResult {
  [key: string]: unknown;
  readonly content: { readonly type: 'text'; readonly text: string }[];
  readonly structuredContent?: Record<string, unknown>;
  readonly isError?: boolean;
}

/** One page of rows; the cursor leads to the next one. Notes are on the first page only. */
export function page(found: ToolRows, from: number, cursors: CursorStore<ToolRows>): ToolResult {
  const room = MOST_CHARACTERS - 500 - (from === 0 ? found.notes.length : 0);
  const rows: JsonObject[] = [];
  const records: unknown[] = [];
  let characters = 0;
  for (let index = from; index < found.rows.length && rows.length < MOST_ROWS; index++) {
    const row = found.rows[index] ?? {};
    const pair = fitting([row, found.record?.(index)], room - characters);
    if (pair === undefined) break;
    characters += JSON.stringify(pair).length;
    rows.push(pair[0] as JsonObject);
    records.push(pair[1]);
  }
  const next = from + rows.length;
  const left = next < found.rows.length;
  return structured({
    rows,
    ...(found.record === undefined ? {} : { records }),
    total: found.total,
    more: left || found.unread,
    ...(from === 0 && found.notes !== '' ? { notes: found.notes } : {}),
    ...(left ? { cursor: cursors.keep(found, next, found.characters) } : {}),
  });
}

/** Returns a pair that fits, unchanged; the first pair of a page with its strings cut to fit, so that paging always advances. */
function fitting(pair: readonly unknown[], room: number): readonly unknown[] | undefined {
  const length = JSON.stringify(pair).length;
  if (length <= room) return pair;
  if (room < MOST_CHARACTERS / 2) return undefined;
  for (const most of [2_000, 400, 80, 20]) {
    const cut = cutTexts(pair, most) as readonly unknown[];
    if (JSON.stringify(cut).length <= room) return cut;
  }
  return [{}, {}];
}

export function structured(content: JsonObject): ToolResult {
  return {
    content: [{ type: 'text', text: JSON.stringify(content) }],
    structuredContent: { ...content },
  };
}

/** The error of a command, in the words of the tools; text of a service is marked as such. */
export function commandError(
  { entries, errors }: Outcome,
  renamed: Readonly<Record<string, string>>,
): ToolResult | undefined {
  const failed = entries.filter(isErrorEntry);
  if (failed.length === 0) return undefined;
  const texts = failed.map(({ Contents }, index) => {
    const [message, ...hint] = String(Contents).split('\n') as [string, ...string[]];
    const isOurs = !/^(?:GRAPH|AUTH|NETWORK)_/.test(String(errors[index]?.code));
    const said = inToolWords(message);
    return [isOurs ? visible(said) : untrusted(said), inToolWords(visible(hint.join('\n')))]
      .filter(Boolean)
      .join('\n');
  });
  const text = Object.entries(renamed).reduce(
    (all, [own, argument]) => all.replace(new RegExp(`\\b${argument}\\b`, 'g'), own),
    texts.join('\n'),
  );
  return toolError(text);
}

export function toolError(text: string): ToolResult {
  const cut = text.length > LONGEST_ERROR ? `${text.slice(0, LONGEST_ERROR - 1)}…` : text;
  return { content: [{ type: 'text', text: cut }], isError: true };
}
