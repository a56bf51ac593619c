import { PluginError } from '../base/errors';
import { quoted } from '../base/sanitize';
import { referenceEnds } from './substitute';

/** A command line of the War Room. */
export interface CommandLine {
  readonly command: string;
  readonly args: Readonly<Record<string, string>>;
  /** A value without a name: it goes to the command's default argument. */
  readonly unnamed?: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '`': '`',
  '\\': '\\',
};

/**
 * Reads `!command name=value name="two words" name=\`anything\``.
 * @throws PluginError INVOCATION_UNREADABLE for an open quote, a value without a place, an argument given twice.
 */
export function parseCommandLine(line: string): CommandLine {
  const [first, ...rest] = words(line.trim().replace(/^!/, ''));
  if (first === undefined || first.name !== undefined)
    throw unreadable(line, 'it does not start with a command', 'Write !command name=value.');
  const args: Record<string, string> = {};
  let unnamed: string | undefined;
  for (const { name, value } of rest) {
    if (name === undefined && unnamed !== undefined)
      throw unreadable(
        line,
        `${quoted(value)} and ${quoted(unnamed)} have no argument name`,
        'Put a value with spaces in double quotes.',
      );
    if (name !== undefined && Object.hasOwn(args, name))
      throw unreadable(line, `${name} is given twice`, 'Give each argument once.');
    if (name === undefined) unnamed = value;
    else Object.defineProperty(args, name, { value, enumerable: true });
  }
  return { command: first.value, args, ...(unnamed === undefined ? {} : { unnamed }) };
}

interface Word {
  readonly name?: string;
  readonly value: string;
}

function* words(line: string): Generator<Word> {
  const references = referenceEnds(line);
  let at = 0;
  while (at < line.length) {
    if (/\s/.test(line[at] ?? '')) {
      at++;
      continue;
    }
    const name = /^[\w.-]+(?==)/.exec(line.slice(at))?.[0];
    const start = name === undefined ? at : at + name.length + 1;
    const { value, end } = valueAt(line, start, references);
    yield name === undefined ? { value } : { name, value };
    at = end;
  }
}

function valueAt(
  line: string,
  start: number,
  references: ReadonlyMap<number, number>,
): { value: string; end: number } {
  const quote = line[start] === '"' || line[start] === '`' ? line[start] : undefined;
  let value = '';
  for (let at = quote === undefined ? start : start + 1; at < line.length; at++) {
    const character = line[at] as string;
    if (character === quote) {
      if (at + 1 < line.length && !/\s/.test(line[at + 1] ?? ''))
        throw unreadable(
          line,
          'a closing quote is followed by a character other than a space',
          'Escape a quote inside a value: \\".',
        );
      return { value, end: at + 1 };
    }
    if (quote === undefined && /\s/.test(character)) return { value, end: at };
    const reference = quote === undefined ? references.get(at) : undefined;
    if (reference !== undefined) {
      value += line.slice(at, reference + 1);
      at = reference;
      continue;
    }
    const escaped = quote !== '`' && character === '\\' ? ESCAPES[line[at + 1] ?? ''] : undefined;
    value += escaped ?? character;
    if (escaped !== undefined) at++;
  }
  if (quote !== undefined)
    throw unreadable(line, `a ${quote} is not closed`, 'Close it, or escape it if it is part of the value.');
  return { value, end: line.length };
}

function unreadable(line: string, what: string, hint: string): PluginError {
  return new PluginError('INVOCATION_UNREADABLE', `The line ${quoted(line)} cannot be read: ${what}.`, {
    hint,
  });
}

/** Returns the line for a command, with quotes only where they are needed. */
export function formatCommandLine({ command, args, unnamed }: CommandLine): string {
  const named = Object.entries(args).map(([name, value]) => `${name}=${quotedValue(value)}`);
  return [`!${command}`, ...(unnamed === undefined ? [] : [quotedValue(unnamed)]), ...named].join(' ');
}

function quotedValue(value: string): string {
  if (/^[^\s"'`\\=]+$/.test(value)) return value;
  return `"${value.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}"`;
}
