import { createReadStream } from 'node:fs';
import { codeOf, isPluginError, PluginError } from '../../base/errors';
import { memoryBudget } from '../../base/memory-budget';
import { shownPath } from '../../base/sanitize';
import { whyUnreadable } from '../../state/files';
import { readStdin } from '../io/stdin';

/** Splits `name=value`; without a name, the value is the whole text. */
export function namedValue(text: string): { readonly name: string; readonly value: string } {
  const name = /^[\w/]+(?==)/.exec(text)?.[0] ?? '';
  return { name, value: text.slice(name === '' ? 0 : name.length + 1) };
}

/** Returns the values of words: `@FILE` is replaced by the lines of a file, `-` by those of stdin; commas separate values. */
export async function readValues(words: readonly string[]): Promise<unknown> {
  // A JSON list, as Cortex XSOAR writes it: the argument check parses it.
  const json = words.find((word) => word.trimStart().startsWith('['));
  if (json !== undefined && words.length === 1) return json;
  const lists = await Promise.all(
    words.map(async (word) => {
      if (word === '-') return valuesIn(await readTyped(), 'stdin');
      return word.startsWith('@') ? valuesIn(await contentOf(word.slice(1)), word) : word.split(',');
    }),
  );
  return lists.flat().map((value) => value.trim());
}

/** Returns the values of a list, one per line or separated by commas. @throws PluginError ARGUMENT_INVALID if it is empty */
function valuesIn(text: string, source: string): string[] {
  const values = linesOf(text).flatMap((line) => line.split(','));
  if (values.length > 0) return values;
  throw new PluginError('ARGUMENT_INVALID', `${source} is empty.`, {
    hint: 'Give one value per line.',
  });
}

/** Returns the lines of stdin, without comments and empty lines. */
export async function typedLines(): Promise<string[]> {
  return linesOf(await readTyped());
}

function readTyped(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('Type one value per line; Ctrl-D ends the list.\n');
  return readStdin();
}

/** Returns the lines without comments. `trim` also removes a byte order mark and the carriage return of a line end. */
function linesOf(text: string): string[] {
  return text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

async function contentOf(file: string): Promise<string> {
  const { decode } = await import('../../enrich/read-input');
  const memory = memoryBudget(`The list ${shownPath(file)}`);
  try {
    const pieces: string[] = [];
    for await (const piece of decode(createReadStream(file))) {
      memory.take(piece.length);
      pieces.push(piece);
    }
    return pieces.join('');
  } catch (cause) {
    if (isPluginError(cause)) throw cause;
    throw new PluginError('ARGUMENT_INVALID', `@${shownPath(file)} ${whyUnreadable(cause)}.`, {
      hint: codeOf(cause) === 'EISDIR' ? 'Name a file in it.' : 'Check its path and its permissions.',
      cause,
    });
  }
}
