import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { PluginError } from '../../../base/errors';
import { quoted, shownPath } from '../../../base/sanitize';
import { withTurns } from '../../../base/turns';
import { inputRows } from '../../../enrich/input-rows';
import { decode } from '../../../enrich/read-input';
import { isSystemError, whyUnreadable } from '../../../state/files';

/** The file that the words of a call name; undefined for stdin, which is `-` or no word. */
export function inputFile([file = '-']: readonly string[]): string | undefined {
  return file === '-' ? undefined : file;
}

/** Opens what `mdti enrich` reads: one text per observable. @param words the words of the call */
export async function openSource(words: readonly string[], column: string | undefined, signal: AbortSignal) {
  const file = inputFile(words);
  const input = await openInput(file);
  const chunks = decode(readable(addAbortSignal(signal, input.stream), file));
  const { rows, ...found } = await inputRows(chunks, column);
  return { input, ...found, rows: withTurns(rows, signal) };
}

/** @throws PluginError ARGUMENT_INVALID if the system refuses to read the input: it may be a folder, or another user's */
async function* readable(chunks: AsyncIterable<Buffer>, file = 'stdin'): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    unreadable(file, whyUnreadable(cause), cause);
  }
}

/** @throws PluginError ARGUMENT_INVALID for `-`, and if the rows would be written over the input, by a link as well */
export async function rejectInputAsOutput(words: readonly string[], out: string | undefined): Promise<void> {
  if (out === '-')
    throw new PluginError('ARGUMENT_INVALID', '--out: "-" is not a file.', {
      hint: 'Name a file, or leave out --out to write to stdout.',
    });
  const [input, output] = await Promise.all([inputFile(words), out].map(placeOf));
  if (!input || input !== output) return;
  throw new PluginError('ARGUMENT_INVALID', `--out: ${quoted(String(out))} is the input.`, {
    hint: 'Name another file for the rows.',
  });
}

/** Identifies a file on this machine, whatever links lead to it; undefined if there is none. */
async function placeOf(file: string | undefined): Promise<string | undefined> {
  return (
    file &&
    stat(file).then(
      ({ dev, ino }) => `${dev} ${ino}`,
      () => undefined,
    )
  );
}

/** Counts rows while they are read: progress is the share of the rows read that are written. */
export function countedSource(source: AsyncIterable<string>, share: () => number | undefined) {
  let read = 0;
  async function* rows(): AsyncGenerator<string> {
    for await (const row of source) {
      read += 1;
      yield row;
    }
  }
  return {
    rows: rows(),
    share(done: number): number | undefined {
      const input = share();
      return input === undefined || read === 0 ? undefined : (input * Math.min(done, read)) / read;
    },
  };
}

interface Input {
  readonly stream: typeof process.stdin | ReturnType<typeof createReadStream>;
  /** Returns the share of the input read so far, 0 to 1; undefined if its length is unknown. */
  share(): number | undefined;
}

async function openInput(file: string | undefined): Promise<Input> {
  if (file === undefined) {
    if (process.stdin.isTTY) process.stderr.write('Type one observable per line; Ctrl-D ends the list.\n');
    return { stream: process.stdin, share: () => undefined };
  }
  const { size } = await stat(file).catch(async (cause: unknown) =>
    unreadable(file, whyUnreadable(cause), cause, (await import('../lookup-command')).lookupCall(file)),
  );
  const stream = createReadStream(file);
  return { stream, share: () => (size === 0 ? 1 : Math.min(1, stream.bytesRead / size)) };
}

function unreadable(file: string, what: string, cause?: unknown, call?: string): never {
  throw new PluginError('ARGUMENT_INVALID', `${shownPath(file)} ${what}.`, {
    hint: `Name a file with one observable per line, or pipe them in.${call === undefined ? '' : ` To look up one, run \`mdti ${call}\`.`}`,
    cause,
  });
}
