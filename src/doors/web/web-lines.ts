import { isRecord } from '../../base/json';
import { sanitizeMultiline } from '../../base/sanitize';
import { ENTRY_TYPE, type Entry } from '../../xsoar/entry';
import type { InvestigationEntry } from '../war-room/investigation';
import type { Mask } from './mask-values';
import type { WebEntry, WebLine, WebView } from './shared/protocol';

/** Lines that a page contains; earlier ones are in the export and the report. */
export const MAX_LINES = 300;

/** Characters of an entry's markdown; a table of 1,000 rows fits. */
const MAX_MARKDOWN = 400_000;

/** Nodes that a view mentions. */
const MAX_VIEW = 5_000;

export function webLine({ id, at, line, door, entries }: InvestigationEntry, mask: Mask): WebLine {
  return {
    id,
    at,
    line: sanitizeMultiline(line),
    ...(door === undefined ? {} : { door }),
    entries: entries.map((entry) => webEntry(entry, mask)),
  };
}

function webEntry(entry: Entry, mask: Mask): WebEntry {
  const read = entry.HumanReadable ?? (typeof entry.Contents === 'string' ? entry.Contents : '');
  // Results are Graph's data; only errors quote what was configured.
  const text = sanitizeMultiline(kindOf(entry) === 'result' ? read : mask(read));
  const rows =
    Array.isArray(entry.Contents) && isRecord(entry.Contents[0]) ? entry.Contents.length : undefined;
  return {
    kind: kindOf(entry),
    markdown: text.slice(0, MAX_MARKDOWN),
    ...(text.length > MAX_MARKDOWN ? { cut: MAX_MARKDOWN } : {}),
    ...(rows === undefined ? {} : { rows }),
  };
}

function kindOf({ Type }: Entry): WebEntry['kind'] {
  if (Type === ENTRY_TYPE.error) return 'error';
  return Type === ENTRY_TYPE.warning ? 'warning' : 'result';
}

/** Reads a stored or received view; parts of another form are left out. */
export function asView(value: unknown): WebView {
  if (!isRecord(value)) return {};
  const { positions, pinned, hidden, opened } = value;
  const pairs = Object.entries(isRecord(positions) ? positions : {}).slice(0, MAX_VIEW);
  const counts = Object.entries(isRecord(opened) ? opened : {}).slice(0, MAX_VIEW);
  return {
    positions: Object.fromEntries(
      pairs.filter((pair): pair is [string, [number, number]] => isPoint(pair[1]) && isId(pair[0])),
    ),
    pinned: idsIn(pinned),
    hidden: idsIn(hidden),
    opened: Object.fromEntries(
      counts.filter((pair): pair is [string, number] => Number.isSafeInteger(pair[1]) && isId(pair[0])),
    ),
  };
}

function idsIn(value: unknown): string[] {
  return (Array.isArray(value) ? value : []).filter(isId).slice(0, MAX_VIEW);
}

function isPoint(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every((part) => Number.isFinite(part));
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 3_000;
}
