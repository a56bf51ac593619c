import { PluginError } from '../../base/errors';
import { toContext } from '../../output/to-context';
import { isErrorEntry } from '../../xsoar/entry';
import type { ExecutedLine } from '../war-room/execute-line';
import { csv } from './csv';
import { render, type Screen } from './terminal';

/** `-o`: how what was found is written to stdout. */
const WRITERS = {
  table: tables,
  json: (performed) => `${JSON.stringify(contents(performed), null, 2)}\n`,
  ndjson: (performed) => ndjson(rows(performed)),
  csv: (performed) => csv(rows(performed).map(toContext)),
  context: (performed) => `${JSON.stringify(performed.context, null, 2)}\n`,
} satisfies Record<string, (performed: ExecutedLine, screen: Screen) => string>;

export type OutputFormat = keyof typeof WRITERS;

/** @throws PluginError INVOCATION_UNREADABLE for a format that there is not. */
export function formatOf(wish: string | undefined): OutputFormat {
  const format = wish ?? 'table';
  if (Object.hasOwn(WRITERS, format)) return format as OutputFormat;
  throw new PluginError('INVOCATION_UNREADABLE', `-o cannot be ${JSON.stringify(format)}.`, {
    hint: `It takes one of ${Object.keys(WRITERS).join(', ')}.`,
  });
}

/** What a command found, as text; errors among the entries are left to stderr. */
export function formatResult(performed: ExecutedLine, format: OutputFormat, screen: Screen): string {
  return WRITERS[format](performed, screen);
}

/** An object a line. */
export function ndjson(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

function tables(performed: ExecutedLine, screen: Screen): string {
  if (performed.system.rawResponse) return WRITERS.json(performed);
  return found(performed)
    .map((entry) => render(entry.HumanReadable ?? String(entry.Contents), screen))
    .join('\n');
}

/** What a script reads as `Contents`: of the one entry, or a list of them where there are several. */
function contents(performed: ExecutedLine): unknown {
  const all = found(performed).map((entry) => entry.Contents);
  return all.length === 1 ? all[0] : all;
}

function rows(performed: ExecutedLine): unknown[] {
  return found(performed)
    .flatMap((entry) => entry.Contents)
    .filter((row) => row !== null);
}

function found({ entries }: ExecutedLine) {
  return entries.filter((entry) => !isErrorEntry(entry));
}
