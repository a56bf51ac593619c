import { PluginError } from '../../base/errors';
import { commands } from '../../manifest/generated/commands';
import type { CommandLine } from '../../xsoar/command-line';

/**
 * The line's arguments by name: a value without one belongs to the command's default argument.
 * @throws PluginError ARGUMENT_UNKNOWN where the command has no place for it.
 */
export function namedArguments({ command, args, unnamed }: CommandLine): Readonly<Record<string, string>> {
  if (unnamed === undefined || !Object.hasOwn(commands, command)) return args;
  const specs = commands[command as keyof typeof commands].arguments;
  const owner = Object.keys(specs).find((name) => specs[name]?.isDefault);
  if (owner !== undefined && !Object.hasOwn(args, owner)) return { ...args, [owner]: unnamed };
  throw new PluginError(
    'ARGUMENT_UNKNOWN',
    `${command} cannot place the value ${JSON.stringify(unnamed)}: it has no name.`,
    { hint: `Write name=value; ${command} takes ${Object.keys(specs).join(', ') || 'no arguments'}.` },
  );
}
