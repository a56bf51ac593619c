import { type Clock, systemClock } from '../../clock';
import type { TakeRows } from '../../graph/request';
import type { Outcome } from '../../invocation';
import type { JsonObject } from '../../json';
import { parseCommandLine } from '../../platform/command-line';
import { type Context, merge, put } from '../../platform/context/merge';
import { readPath } from '../../platform/context/read';
import { type Entry, isErrorEntry } from '../../platform/entry';
import { substitute } from '../../platform/substitute';
import { type SystemArguments, splitArguments } from '../../platform/system-arguments';
import type { Plugin } from '../../plugin';
import { limited, retried } from './patience';
import { namedArguments } from './place';

/** What a line of the War Room did. */
export interface Performed extends Outcome {
  readonly system: SystemArguments;
  /** The investigation's context after it. */
  readonly context: Context;
}

export interface PerformOptions {
  readonly context?: Context;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /** Gets the rows of a list as they come; they are then neither in the entry nor in context. */
  readonly take?: TakeRows | undefined;
}

/**
 * Runs one line as the War Room does: `${…}` is replaced from context, the platform's own arguments are taken out, and
 * what the command found is merged into context.
 * @throws PluginError for a line that cannot be read; what goes wrong later is an entry.
 */
export async function perform(
  text: string,
  plugin: Plugin,
  options: PerformOptions = {},
): Promise<Performed> {
  const { context = {}, signal, clock = systemClock, take } = options;
  const line = parseCommandLine(text);
  const { system, args } = splitArguments(namedArguments(line));
  const resolved = resolve(args, context);
  let taken = false;
  const taking: TakeRows | undefined =
    take &&
    ((rows, request) => {
      taken = true;
      return take(rows, request);
    });
  const work = (limit?: AbortSignal) => plugin.execute(line.command, resolved, limit, taking);
  const attempt = () => limited(line.command, system, clock, signal, work);
  const outcome = await retried(system, clock, signal, attempt, () => taken);
  return {
    ...outcome,
    system,
    context: outcome.entries.reduce((known, entry) => kept(known, entry, system), context),
  };
}

function resolve(args: Readonly<Record<string, string>>, context: Context): JsonObject {
  const values = Object.entries(args).map(([name, text]) => [name, substitute(text, context)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

function kept(context: Context, entry: Entry, { ignoreOutputs, extendContext }: SystemArguments): Context {
  if (isErrorEntry(entry)) return context;
  const merged = ignoreOutputs ? context : merge(context, entry.EntryContext);
  return extendContext.reduce((known, { key, path }) => {
    const value = readPath(entry.Contents, path);
    return value === undefined ? known : put(known, key, value);
  }, merged);
}
