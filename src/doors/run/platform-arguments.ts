import type { JsonObject } from '../../base/json';
import { similarArgument } from '../../manifest/check-arguments';
import { commands } from '../../manifest/generated/commands';
import { ENTRY_TYPE, type Entry, isErrorEntry } from '../../xsoar/entry';
import { SYSTEM_ARGUMENTS } from '../../xsoar/system-arguments';

/** Names that the platform's own scripts use for an argument of a generic command. */
const ALIASES: Readonly<Record<string, Readonly<Record<string, string>>>> = { cve: { cve_id: 'cve' } };

interface PlatformArguments {
  readonly args: JsonObject;
  /** Names that the command does not have, without the platform's own such as `using`. */
  readonly ignored: readonly string[];
}

/** Leaves out the arguments that a command does not have, as the platform's own integrations do; scripts count on it. */
export function platformArguments(command: string, args: JsonObject): PlatformArguments {
  if (!Object.hasOwn(commands, command)) return { args, ignored: [] };
  const known = commands[command as keyof typeof commands].arguments;
  const aliases = (Object.hasOwn(ALIASES, command) ? ALIASES[command] : undefined) ?? {};
  const renamed = Object.entries(args).map(([name, value]) => {
    const alias = aliases[name];
    return [
      !Object.hasOwn(aliases, name) || alias === undefined || Object.hasOwn(args, alias) ? name : alias,
      value,
    ] as const;
  });
  const isKnown = ([name]: readonly [string, unknown]) => Object.hasOwn(known, name);
  return {
    args: Object.fromEntries(renamed.filter(isKnown)),
    ignored: renamed
      .map(([name]) => name)
      .filter((name) => !Object.hasOwn(known, name) && !SYSTEM_ARGUMENTS.includes(name)),
  };
}

/** Adds a sentence about ignored arguments below the last result; without a result to the error, which one of them may explain. */
export function withWarning(
  entries: readonly Entry[],
  command: string,
  ignored: readonly string[],
): readonly Entry[] {
  if (ignored.length === 0) return entries;
  const names = ignored.map((name) => JSON.stringify(name)).join(', ');
  const warning = `Ignored ${ignored.length === 1 ? 'an argument' : 'arguments'} that ${command} does not have: ${names}.`;
  const last = entries.findLastIndex(({ Type }) => Type === ENTRY_TYPE.note);
  const place = last < 0 ? entries.length - 1 : last;
  return entries.map((entry, index) => {
    if (index !== place) return entry;
    return isErrorEntry(entry)
      ? { ...entry, Contents: `${entry.Contents}\n${warning}${suggestions(command, ignored)}` }
      : { ...entry, HumanReadable: [entry.HumanReadable, warning].filter(Boolean).join('\n\n') };
  });
}

function suggestions(command: string, ignored: readonly string[]): string {
  const known = commands[command as keyof typeof commands].arguments;
  const meant = ignored.map((name) => similarArgument(name, known)).filter((name) => name !== undefined);
  return meant.length === 0 ? '' : ` Did you mean ${meant.join(', ')}?`;
}
