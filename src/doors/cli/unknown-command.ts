import { BOUNDS } from '../../base/bounds';
import { didYouMean } from '../../base/did-you-mean';
import { PluginError } from '../../base/errors';
import { quoted } from '../../base/sanitize';
import { commandNames } from '../../manifest/short-names';
import { lookupCall } from './lookup-command';

/**
 * An error for a word that is neither a verb nor a command, with the nearest of both, or the call that looks the word up.
 * @param argv what was typed: the hint repeats it with the word replaced
 */
export function unknownCommand(
  name: string,
  verbs: readonly string[],
  argv: readonly string[] = [name],
): PluginError {
  const typed = name.replace(/^!/, '');
  return new PluginError('COMMAND_UNKNOWN', `There is no command ${quoted(typed)}.`, {
    hint: meantInstead(typed, verbs, argv, argv.indexOf(name)) ?? 'Run `mdti help` for the list.',
  });
}

function meantInstead(
  typed: string,
  verbs: readonly string[],
  argv: readonly string[],
  at: number,
): string | undefined {
  const call = lookupCall(typed);
  if (call !== undefined) return `To look it up, run \`mdti ${repeated(argv, at, call)}\`.`;
  const meant = didYouMean(typed, [...verbs, ...commandNames()]);
  return meant && `Did you mean \`mdti ${repeated(argv, at, meant)}\`?`;
}

/** Returns the typed words with another one in the place of the first; only that one where they may contain a secret or are long. */
function repeated(argv: readonly string[], at: number, words: string): string {
  const all = [...argv.slice(0, at).map(shellWord), words, ...argv.slice(at + 1).map(shellWord)].join(' ');
  const canRepeat = all.length <= BOUNDS.quoted && !/[`\p{C}]|--param\b/u.test(all);
  return canRepeat ? all : words;
}

/** A word as every shell reads it back. */
function shellWord(word: string): string {
  return /^[\w./:,=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
