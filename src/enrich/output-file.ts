import { open, rm, stat } from 'node:fs/promises';
import { PluginError } from '../base/errors';
import { FORMATS, type FormatName } from './formats/format';
import { beginJournal, continueJournal, type Done, NOTHING, readJournal } from './journal';

/** Where enriched rows go, in their order. */
export interface EnrichOutput {
  /** What was written by an earlier run that did not come to its end. */
  readonly done: Done;
  /** When the work began, that earlier run included; ISO 8601. */
  readonly started: string;
  /** Takes the text of so many rows; ready for more when it resolves. */
  put(text: string, rows: number, print: string): Promise<void>;
  /** @param whole the work is done, and not only over */
  close(whole: boolean): Promise<void>;
}

/**
 * A stream, which nobody can take up again.
 * @param write ready for more when it resolves
 */
export async function streamOutput(
  write: (text: string) => Promise<void>,
  name: FormatName,
  started: string,
): Promise<EnrichOutput> {
  await write(FORMATS[name].head(started));
  return { done: NOTHING, started, put: write, close: (whole) => write(whole ? FORMATS[name].foot : '') };
}

/**
 * A file with a journal beside it (`FILE.journal`) until the work is done: where one is found, the work is taken up behind the
 * last step that it tells of.
 * @throws PluginError ARGUMENT_INVALID for a file that holds something else already, CONFIG_INVALID where it cannot be written
 */
export async function fileOutput(file: string, name: FormatName, now: string): Promise<EnrichOutput> {
  const { head, foot } = FORMATS[name];
  const journalFile = `${file}.journal`;
  const found = await readJournal(journalFile);
  const size = await stat(file).then(
    (found) => found.size,
    () => undefined,
  );
  if (found === undefined ? (size ?? 0) > 0 : found.format !== name || (size ?? 0) < found.done.bytes)
    throw occupied(file, found?.format);
  const started = found?.started ?? now;
  const output = await open(file, size === undefined ? 'w' : 'r+').catch((cause: unknown) => {
    throw new PluginError('CONFIG_INVALID', `The output ${file} cannot be written.`, {
      hint: 'Check its folder and its permissions.',
      cause,
    });
  });
  let done = found?.done ?? NOTHING;
  const journal =
    found === undefined
      ? await beginJournal(journalFile, { format: name, started })
      : await continueJournal(journalFile);
  await output.truncate(done.bytes);

  async function append(text: string): Promise<number> {
    const bytes = Buffer.from(text);
    await output.write(bytes, 0, bytes.length, done.bytes);
    return done.bytes + bytes.length;
  }

  if (done.bytes === 0) done = { ...done, bytes: await append(head(started)) };
  return {
    done,
    started,
    async put(text, rows, print) {
      done = { rows: done.rows + rows, bytes: await append(text), print };
      await journal.note(done);
    },
    async close(whole) {
      if (whole) await append(foot);
      await output.close();
      await journal.close();
      if (whole) await rm(journalFile);
    },
  };
}

function occupied(file: string, format: string | undefined): PluginError {
  return new PluginError(
    'ARGUMENT_INVALID',
    format === undefined
      ? `${file} holds something already.`
      : `${file} does not fit its journal (format ${format}).`,
    { hint: 'Name another file, or delete this one and its journal.' },
  );
}
