import { openEngine } from '../../engine/engine';
import { type Entry, isErrorEntry } from '../../xsoar/entry';
import { withSignals } from '../io/signals';
import { writeStdout } from '../io/stdout';
import { executeLine } from '../war-room/execute-line';
import { formatOf, formatResult, ndjson } from './formats';
import { localServices, type ParamSource } from './local-services';
import { screenOf } from './terminal';

export interface LineOptions extends ParamSource {
  /** The word behind `-o`. */
  readonly format?: string | undefined;
}

/** `mdti '!command …'`: one command; what it found goes to stdout, errors to stderr. As NDJSON a list goes out page by page. */
export async function runLine(text: string, options: LineOptions): Promise<number> {
  const format = formatOf(options.format);
  const plugin = openEngine(localServices(options));
  return withSignals(async (signal) => {
    let taken = false;
    async function takeRows(rows: readonly unknown[]): Promise<void> {
      taken = true;
      await writeStdout(ndjson(rows), signal);
    }
    const onRows = format === 'ndjson' ? takeRows : undefined;
    const performed = await executeLine(text, plugin, { signal, onRows });
    const failed = performed.entries.filter(isErrorEntry);
    for (const entry of failed) process.stderr.write(`${String(entry.Contents)}\n`);
    if (taken) tell(performed.entries);
    else if (failed.length < performed.entries.length) {
      await writeStdout(formatResult(performed, format, screenOf(process.stdout)), signal);
    }
    return failed.length > 0 ? 1 : 0;
  });
}

/** What the text under a table says, such as that there are more: of rows that were taken, an entry holds only that. */
function tell(entries: readonly Entry[]): void {
  const said = entries.filter((entry) => !isErrorEntry(entry)).map(({ HumanReadable }) => HumanReadable);
  for (const text of said) if (text) process.stderr.write(`${text}\n`);
}
