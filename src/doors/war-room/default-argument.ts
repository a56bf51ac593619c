import { PluginError } from '../../base/errors';
import { quoted } from '../../base/sanitize';
import { argumentsOf, commandNamed, mainArgument } from '../../manifest/short-names';
import type { CommandLine } from '../../xsoar/command-line';

/**
 * The line's arguments by name: a value without a name belongs to the command's main argument.
 * @throws PluginError ARGUMENT_UNKNOWN if the command takes no arguments, or was given that one by name too.
 */
export function namedArguments({ command, args, unnamed }: CommandLine): Readonly<Record<string, string>> {
  const known = commandNamed(command);
  if (unnamed === undefined || known === undefined) return args;
  const owner = mainArgument(known);
  if (owner !== undefined && !Object.hasOwn(args, owner)) return { ...args, [owner]: unnamed };
  const names = Object.keys(argumentsOf(known)).join(', ') || 'no arguments';
  throw new PluginError(
    'ARGUMENT_UNKNOWN',
    `${command}: the value ${quoted(unnamed)} has no argument name.`,
    { hint: `Write name=value; ${command} takes ${names}.` },
  );
}
