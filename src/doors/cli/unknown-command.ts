import { didYouMean } from '../../base/did-you-mean';
import { PluginError } from '../../base/errors';
import { quoted } from '../../base/sanitize';
import { commandNames } from '../../manifest/short-names';
import { lookupCall } from './lookup-command';

/** An error for a word that is neither a verb nor a command, with the nearest of both, or the call that looks the word up. */
export function unknownCommand(name: string, verbs: readonly string[]): PluginError {
  const typed = name.replace(/^!/, '');
  return new PluginError('COMMAND_UNKNOWN', `There is no command ${quoted(typed)}.`, {
    hint: meantInstead(typed, verbs) ?? 'Run `mdti help` for the list.',
  });
}

function meantInstead(typed: string, verbs: readonly string[]): string | undefined {
  const call = lookupCall(typed);
  if (call !== undefined) return `To look it up, run \`mdti ${call}\`.`;
  const meant = didYouMean(typed, [...verbs, ...commandNames()]);
  return meant && `Did you mean \`mdti ${meant}\`?`;
}
