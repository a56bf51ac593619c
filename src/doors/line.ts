import type { JsonObject } from '../json';
import { jsonLog, logLevel } from '../log';
import { isErrorEntry } from '../platform/entry';
import { createPlugin } from '../plugin';
import { fileStore } from '../state/file-store';
import { placeOf } from '../state/place';
import { memoryStore } from '../state/store';
import { formatOf, write } from './formats';
import { interruptible } from './interruptible';
import { readParams } from './params';
import { screenOf } from './terminal';
import { perform } from './war-room/perform';

/** Parameters that stand above all others, and a certificate to trust: how `--sandbox` gets in. */
export interface Overlay {
  readonly params: JsonObject;
  readonly ca: string;
}

export interface LineOptions {
  readonly paramsFile?: string | undefined;
  /** The word behind `-o`. */
  readonly format?: string | undefined;
}

/** `mdti '!command …'`: one command; what it found goes to stdout, errors to stderr. */
export async function runLine(
  text: string,
  options: LineOptions,
  overlay: Overlay | undefined,
): Promise<number> {
  const format = formatOf(options.format);
  const params = { ...readParams(options.paramsFile, process.env), ...overlay?.params };
  const log = jsonLog(logLevel(process.env.MDTI_LOG), (event) => process.stderr.write(event));
  // What a sandbox of one command hands out is of no use to the next one.
  const store = overlay === undefined ? fileStore(placeOf(process.env), { log }) : memoryStore();
  const plugin = createPlugin({ params, store, log, ca: overlay?.ca });
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
