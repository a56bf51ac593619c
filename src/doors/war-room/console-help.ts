import { didYouMean } from '../../base/did-you-mean';
import { PluginError } from '../../base/errors';
import { quoted } from '../../base/sanitize';
import { argumentsOf, commandNamed, commandNames, mainArgument, shortName } from '../../manifest/short-names';
import { argumentLines, commandDescription, sections, titled } from '../cli/help';

/**
 * `/help COMMAND`: the form of the command that the console accepts.
 * @throws PluginError COMMAND_UNKNOWN for a name that no command has
 */
export function consoleHelp(word: string): string {
  const found = commandNamed(word);
  const description = found && commandDescription(found);
  if (found === undefined || description === undefined) throw noSuchCommand(word);
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

/** The error for a word that is not a command, with the nearest one instead of all. */
export function noSuchCommand(word: string): PluginError {
  const meant = didYouMean(word, commandNames());
  return new PluginError('COMMAND_UNKNOWN', `There is no command ${quoted(word)}.`, {
    hint: meant === undefined ? 'Type /commands for the list.' : `Did you mean ${meant}?`,
  });
}
