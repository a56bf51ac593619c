import { readFileSync } from 'node:fs';
import { PluginError } from '../../base/errors';
import { type Engine, openEngine } from '../../engine/engine';
import type { OnRows } from '../../graph/request';
import type { CommandName } from '../../manifest/generated/types';
import { argumentsOf, mainArgument } from '../../manifest/short-names';
import { type Entry, isErrorEntry } from '../../xsoar/entry';
import { splitArguments } from '../../xsoar/system-arguments';
import { withSignals } from '../io/signals';
import { readStdin } from '../io/stdin';
import { writeStdout } from '../io/stdout';
import { type ExecutedLine, executeCommand, executeLine } from '../war-room/execute-line';
import { optionOf } from './command-verb';
import { formatOf, formatResult, ndjson } from './formats';
import { localServices, type ParamSource } from './local-services';
import { invocationError, quoted } from './parse-call';
import { screenOf } from './terminal';

export interface CommandOptions extends ParamSource {
  /** The word behind `-o`. */
  readonly format?: string | undefined;
}

/** `mdti '!command …'`: runs one line of the platform. */
export function runLine(text: string, options: CommandOptions): Promise<number> {
  return execute(options, (engine, ports) => executeLine(text, engine, ports));
}

/** `mdti COMMAND …`: runs one command with arguments from words and options. */
export async function runCommand(
  command: CommandName,
  words: readonly string[],
  given: Readonly<Record<string, unknown>>,
  options: CommandOptions,
): Promise<number> {
  const args = await readArguments(command, words, given);
  const { system } = splitArguments({});
  return execute(options, (engine, ports) => executeCommand({ command, args }, system, engine, ports));
}

interface Ports {
  readonly signal: AbortSignal;
  readonly onRows: OnRows | undefined;
}

/** Results go to stdout, errors to stderr. As NDJSON a list goes out page by page. */
async function execute(
  options: CommandOptions,
  work: (engine: Engine, ports: Ports) => Promise<ExecutedLine>,
): Promise<number> {
  const format = formatOf(options.format);
  const engine = openEngine(localServices(options));
  return withSignals(async (signal) => {
    let streamed = false;
    async function writeRows(rows: readonly unknown[]): Promise<void> {
      streamed = true;
      await writeStdout(ndjson(rows), signal);
    }
    const onRows = format === 'ndjson' ? writeRows : undefined;
    const executed = await work(engine, { signal, onRows });
    const failed = executed.entries.filter(isErrorEntry);
    for (const entry of failed) process.stderr.write(`${String(entry.Contents)}\n`);
    if (streamed) printNotes(executed.entries);
    else if (failed.length < executed.entries.length) {
      await writeStdout(formatResult(executed, format, screenOf(process.stdout)), signal);
    }
    return failed.length > 0 ? 1 : 0;
  });
}

/** Prints the text under a table to stderr, such as that there are more rows: the rows themselves are written already. */
function printNotes(entries: readonly Entry[]): void {
  const notes = entries.filter((entry) => !isErrorEntry(entry)).map(({ HumanReadable }) => HumanReadable);
  for (const text of notes) if (text) process.stderr.write(`${text}\n`);
}

/**
 * Collects the arguments of a command: options, `name=value` words, `property=value` of a search, and the rest as the main argument.
 * @throws PluginError INVOCATION_UNREADABLE for a value that has no place, or an argument given twice.
 */
export async function readArguments(
  command: CommandName,
  words: readonly string[],
  given: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const specs = argumentsOf(command);
  const args: Record<string, unknown> = {};
  function put(name: string, value: unknown): void {
    if (Object.hasOwn(args, name)) throw invocationError(`${name} is given twice.`, 'Give it once.');
    args[name] = value;
  }
  for (const [name, { kind }] of Object.entries(specs)) {
    const value = given[optionOf(name)];
    if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) continue;
    put(name, kind === 'list' ? await listOf(value as readonly string[]) : value);
  }
  const rest: string[] = [];
  for (const word of words) {
    const [, name = '', value = ''] = /^([\w/]+)=(.*)$/s.exec(word) ?? [];
    if (Object.hasOwn(specs, name)) put(name, value);
    else if (specs.search_property?.choices?.includes(name)) {
      put('search_property', name);
      put('search_value', value);
    } else rest.push(word);
  }
  const main = mainArgument(command);
  if (rest.length > 0 && main !== undefined) put(main, await mainValue(main, specs[main]?.kind, rest));
  return args;
}

async function mainValue(name: string, kind: string | undefined, words: readonly string[]): Promise<unknown> {
  if (kind === 'list') return listOf(words);
  if (name.startsWith('search')) return words.join(' ');
  const values = words.length === 1 && words[0] === '-' ? linesOf(await readStdin()) : words;
  if (values.length === 1) return values[0];
  throw invocationError(
    `${name} takes one value, not ${values.length}: ${values.slice(0, 3).map(quoted).join(', ')}${values.length > 3 ? ', …' : ''}.`,
    'Run the command once for each.',
  );
}

/** Values from words: `@FILE` stands for the lines of a file, `-` for those of stdin; commas separate. */
async function listOf(words: readonly string[]): Promise<unknown> {
  // The platform's form of a list, which the argument check reads.
  if (words.length === 1 && words[0]?.trimStart().startsWith('[')) return words[0];
  const lists = await Promise.all(
    words.map(async (word) => {
      if (word === '-') return linesOf(await readStdin());
      return word.startsWith('@') ? linesOf(contentOf(word.slice(1))) : word.split(',');
    }),
  );
  return lists.flat().map((value) => value.trim());
}

function linesOf(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new PluginError('ARGUMENT_INVALID', `@${file}: the file cannot be read.`, {
      hint: 'Check its path and its permissions.',
      cause,
    });
  }
}
