import { isErrorEntry } from '../platform/entry';
import { createPlugin } from '../plugin';
import { formatOf, write } from './formats';
import { interruptible } from './interruptible';
import { ownPorts, type Source } from './ports';
import { screenOf } from './terminal';
import { perform } from './war-room/perform';

export interface LineOptions extends Source {
  /** The word behind `-o`. */
  readonly format?: string | undefined;
}

/** `mdti '!command …'`: one command; what it found goes to stdout, errors to stderr. */
export async function runLine(text: string, options: LineOptions): Promise<number> {
  const format = formatOf(options.format);
  const plugin = createPlugin(ownPorts(options));
  return interruptible(async (signal) => {
    const performed = await perform(text, plugin, { signal });
    const failed = performed.entries.filter(isErrorEntry);
    for (const entry of failed) process.stderr.write(`${String(entry.Contents)}\n`);
    if (failed.length < performed.entries.length) {
      process.stdout.write(write(performed, format, screenOf(process.stdout)));
    }
    return failed.length > 0 ? 1 : 0;
  });
}
