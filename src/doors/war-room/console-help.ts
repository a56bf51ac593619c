import { unknownShortName } from '../../engine/unknown-command';
import { argumentsOf, commandNamed, mainArgument, shortName } from '../../manifest/short-names';
import { argumentLines, commandDescription, sections, titled } from '../cli/help';

/** The hint of the console for a word that resembles no command. */
export const COMMAND_LIST = 'Type /commands for the list.';

/**
 * `/help COMMAND`: the form of the command that the console accepts.
 * @throws PluginError COMMAND_UNKNOWN for a name that no command has
 */
export function consoleHelp(word: string): string {
  const found = commandNamed(word);
  if (found === undefined) throw unknownShortName(word, COMMAND_LIST);
  const description = commandDescription(found);
  const main = mainArgument(found);
  const typed = Object.entries(argumentsOf(found))
    .filter(([name, { required }]) => required || name === main)
    .map(([name, { required }]) => (required ? `${name}=…` : `[${name}=…]`));
  const { arguments: args, outputs = [] } = description;
  return sections([
    [
      [shortName(found), ...typed, ...(args.length > typed.length ? ['[name=value …]'] : [])].join(' '),
      description.description,
    ],
    titled('Arguments', args.length === 0 ? ['  none'] : args.flatMap(argumentLines)),
    titled(
      'Context',
      outputs.map(({ contextPath, description: text }) => `  ${contextPath}  ${text}`),
    ),
  ]);
}
