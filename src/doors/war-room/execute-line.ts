import { type Clock, systemClock } from '../../base/clock';
import { PluginError } from '../../base/errors';
import type { JsonObject } from '../../base/json';
import type { AbortSignalLike } from '../../base/plain-abort';
import { quoted } from '../../base/sanitize';
import { SERVER_COMMANDS } from '../../engine/dispatcher';
import type { Engine } from '../../engine/engine';
import { errorRecord, type Invocation, type Outcome } from '../../engine/invocation';
import type { OnRows } from '../../graph/request';
import { argumentList } from '../../manifest/check-arguments';
import { argumentsOf, commandNamed, mainArgument } from '../../manifest/short-names';
import { type CommandLine, parseCommandLine } from '../../xsoar/command-line';
import { type Context, mergeAll, putAtKey } from '../../xsoar/context/merge';
import { readPath } from '../../xsoar/context/read';
import { type Entry, errorEntry, isErrorEntry } from '../../xsoar/entry';
import { substitute } from '../../xsoar/substitute';
import { type SystemArguments, splitArguments } from '../../xsoar/system-arguments';
import { withRetries, withTimeout } from './retry-timeout';

/** The outcome of a War Room line. */
export interface ExecutedLine extends Outcome {
  readonly args: JsonObject;
  readonly system: SystemArguments;
  /** The investigation's context after it. */
  readonly context: Context;
}

interface ExecuteLineOptions {
  readonly context?: Context;
  readonly signal?: AbortSignalLike;
  readonly clock?: Clock;
  /** Receives the rows of a list page by page; they are then neither in the entry nor in context. */
  readonly onRows?: OnRows | undefined;
}

interface LineOptions extends ExecuteLineOptions {
  /** Where the user finds the commands; the hint if a word resembles none. */
  readonly commandList?: string;
}

/**
 * Runs one line like the War Room: replaces `${…}` from context, takes out the platform's own arguments, and merges the
 * outputs into context.
 * @throws PluginError for a line that cannot be parsed; later failures are error entries.
 */
export async function executeLine(
  text: string,
  plugin: Engine,
  { commandList, ...options }: LineOptions = {},
): Promise<ExecutedLine> {
  const { context = {} } = options;
  const { system, ...invocation } = readLine(text, context);
  if (!isCommand(invocation.command)) {
    const error = await unknownIn(invocation.command, commandList);
    return { entries: [errorEntry(error)], errors: [errorRecord(error)], args: {}, system, context };
  }
  return executeCommand(invocation, system, plugin, options);
}

/**
 * Reads a line: the command's full name, its arguments with `${…}` replaced, and the platform's own arguments.
 * @throws PluginError for a line that cannot be read.
 */
export function readLine(text: string, context: Context): Invocation & { readonly system: SystemArguments } {
  const line = parseCommandLine(text);
  const command = commandNamed(line.command) ?? line.command;
  const { system, args } = splitArguments(namedArguments({ ...line, command }));
  return { command, args: resolve(args, context), system };
}

async function unknownIn(word: string, commandList: string | undefined): Promise<PluginError> {
  const [{ unknownShortName }, { lookupCall }] = await Promise.all([
    import('../../engine/unknown-command'),
    import('../cli/lookup-command'),
  ]);
  const call = lookupCall(word);
  return unknownShortName(word, call === undefined ? commandList : `To look it up, type ${call}`);
}

function isCommand(name: string): boolean {
  return commandNamed(name) !== undefined || Object.hasOwn(SERVER_COMMANDS, name);
}

/** Runs one command and merges what it found into context. */
export async function executeCommand(
  { command, args }: Invocation,
  system: SystemArguments,
  plugin: Engine,
  options: ExecuteLineOptions = {},
): Promise<ExecutedLine> {
  const { context = {}, signal, clock = systemClock, onRows } = options;
  let taken = false;
  const taking: OnRows | undefined =
    onRows &&
    ((rows, request) => {
      taken = true;
      return onRows(rows, request);
    });
  const work = (limit?: AbortSignalLike) => plugin.execute(command, args, limit, taking);
  const attempt = () => withTimeout(command, system, clock, signal, work);
  const outcome = await withRetries(system, clock, signal, attempt, () => taken);
  let merged: Context | undefined;
  return {
    ...outcome,
    args,
    system,
    // Most callers print entries and never read it.
    get context() {
      merged ??= mergeEntries(context, outcome.entries, system);
      return merged;
    },
  };
}

function resolve(args: Readonly<Record<string, string>>, context: Context): JsonObject {
  const values = Object.entries(args).map(([name, text]) => [name, substitute(text, context)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** Merges the outputs of all entries into the context, as set by the platform's own arguments of the line; each list is indexed once. */
export function mergeEntries(
  context: Context,
  entries: readonly Entry[],
  { ignoreOutputs, extendContext }: SystemArguments,
): Context {
  const results = entries.filter((entry) => !isErrorEntry(entry));
  const merged = ignoreOutputs
    ? context
    : mergeAll(
        context,
        results.map(({ EntryContext }) => EntryContext),
      );
  return results.reduce(
    (known, { Contents }) =>
      extendContext.reduce((extended, { key, path }) => {
        const value = readPath(Contents, path);
        return value === undefined ? extended : putAtKey(extended, key, value);
      }, known),
    merged,
  );
}

/**
 * The line's arguments by name: a value without a name belongs to the command's main argument.
 * @throws PluginError ARGUMENT_UNKNOWN if the command takes no arguments, or was given that one by name too.
 */
function namedArguments({ command, args, unnamed }: CommandLine): Readonly<Record<string, string>> {
  const known = commandNamed(command);
  if (unnamed === undefined || known === undefined) return args;
  const owner = mainArgument(known);
  if (owner !== undefined && !Object.hasOwn(args, owner)) return { ...args, [owner]: unnamed };
  throw new PluginError(
    'ARGUMENT_UNKNOWN',
    `${command}: the value ${quoted(unnamed)} has no argument name.`,
    { hint: `Write name=value. ${argumentList(argumentsOf(known))}` },
  );
}
