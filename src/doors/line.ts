import { type Entry, isErrorEntry } from '../platform/entry';
import { createPlugin } from '../plugin';
import { formatOf, ndjson, write } from './formats';
import { interruptible } from './interruptible';
import { ownPorts, type Source } from './ports';
import { put } from './stdout';
import { screenOf } from './terminal';
import { perform } from './war-room/perform';

export interface LineOptions extends Source {
  /** The word behind `-o`. */
  readonly format?: string | undefined;
}

/** `mdti '!command …'`: one command; what it found goes to stdout, errors to stderr. As NDJSON a list goes out page by page. */
export async function runLine(text: string, options: LineOptions): Promise<number> {
  const format = formatOf(options.format);
  const plugin = createPlugin(ownPorts(options));
  return interruptible(async (signal) => {
    let taken = false;
    async function takeRows(rows: readonly unknown[]): Promise<void> {
      taken = true;
      await put(ndjson(rows), signal);
    }
    const take = format === 'ndjson' ? takeRows : undefined;
    const performed = await perform(text, plugin, { signal, take });
    const failed = performed.entries.filter(isErrorEntry);
    for (const entry of failed) process.stderr.write(`${String(entry.Contents)}\n`);
    if (taken) tell(performed.entries);
    else if (failed.length < performed.entries.length) {
      await put(write(performed, format, screenOf(process.stdout)), signal);
    }
    return failed.length > 0 ? 1 : 0;
  });
}

/** What the text under a table says, such as that there are more: of rows that were taken, an entry holds only that. */
function tell(entries: readonly Entry[]): void {
  const said = entries.filter((entry) => !isErrorEntry(entry)).map(({ HumanReadable }) => HumanReadable);
  for (const text of said) if (text) process.stderr.write(`${text}\n`);
}
