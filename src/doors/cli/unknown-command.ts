import { BOUNDS } from '../../base/bounds';
import { didYouMean } from '../../base/did-you-mean';
import { PluginError } from '../../base/errors';
import { quoted } from '../../base/sanitize';
import { commandNames } from '../../manifest/short-names';
import { lookupCall } from './lookup-command';
import { shellWord } from './shell-word';

/** The words before and after the one that names no command. */
export interface WordsAround {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * An error for a word that is neither a verb nor a command, with the nearest of both, or the call that looks the word up.
 * @param around what else was typed: the hint repeats it
 */
export function unknownCommand(
  name: string,
  verbs: readonly string[],
  around: WordsAround = { before: [], after: [] },
): PluginError {
  const typed = name.replace(/^!/, '');
  return new PluginError('COMMAND_UNKNOWN', `There is no command ${quoted(typed)}.`, {
    hint: meantInstead(typed, verbs, around) ?? 'Run `mdti help` for the list.',
  });
}

function meantInstead(typed: string, verbs: readonly string[], around: WordsAround): string | undefined {
  const call = lookupCall(typed);
  if (call !== undefined) return `To look it up, run \`mdti ${repeated(around, call)}\`.`;
  const meant = didYouMean(typed, [...verbs, ...commandNames()]);
  return meant && `Did you mean \`mdti ${repeated(around, meant)}\`?`;
}

/** An option or an argument whose value may be a secret, also under a name that other tools have for it. */
const MAY_BE_SECRET = /^(?=-|\w+=)[^=]*(?:param|secret|password|passphrase|credential|token|key|auth)/i;

/** Returns the typed words with another one in the place of the wrong one; only that one where they may contain a secret or are long. */
function repeated({ before, after }: WordsAround, words: string): string {
  const all = [...before.map(shellWord), words, ...after.map(shellWord)].join(' ');
  const mayBeSecret = [...before, ...after].some((word) => MAY_BE_SECRET.test(word));
  const canRepeat = all.length <= BOUNDS.quoted && !/[`\p{C}]/u.test(all) && !mayBeSecret;
  return canRepeat ? all : words;
}
