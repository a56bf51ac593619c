import { didYouMean } from '../base/did-you-mean';
import { PluginError } from '../base/errors';
import { quoted } from '../base/sanitize';
import { catalog } from '../commands/generated/catalog';
import { commandNamed, commandNames } from '../manifest/short-names';

/** Returns the error for a program: the full name of the nearest command, also for a short name; all commands if none is near. */
export function unknownFullName(name: string): PluginError {
  const meant = commandNamed(name) ?? commandNamed(didYouMean(name, commandNames()) ?? '');
  const all = () => `The commands are: ${Object.keys(catalog).join(', ')}.`;
  return commandUnknown(name, meant === undefined ? all() : `Did you mean ${meant}?`);
}

/**
 * Returns the error for a user: the nearest command instead of all.
 * @param list the hint if none is near: where the commands are listed
 */
export function unknownShortName(word: string, list: string | undefined): PluginError {
  const meant = didYouMean(word, commandNames());
  return commandUnknown(word, meant === undefined ? list : `Did you mean ${meant}?`);
}

function commandUnknown(name: string, hint: string | undefined): PluginError {
  return new PluginError('COMMAND_UNKNOWN', `There is no command ${quoted(name)}.`, { hint });
}
