import type { Outcome } from '../../src/engine/invocation';

/** What a language says and a product does not. */
const LANGUAGE =
  /\bundefined\b|\[object |\bNaN\b|(?:Type|Range|Syntax|Reference)Error|is not (?:a function|iterable|defined)|Cannot (?:read|convert|destructure|set)|Unexpected (?:token|end|identifier)|Maximum call stack|\n\s+at \S|\.[cm]?[jt]s:\d/;

/** What is wrong with what a user reads of an outcome; undefined where it is well said. */
export function misspoken({ entries, errors }: Outcome): string | undefined {
  if (entries.length === 0) return 'no entry';
  if (errors.some(({ code }) => code === 'INTERNAL')) return 'a fault of ours';
  for (const entry of entries) {
    const said = entry.Type === 4 ? String(entry.Contents) : (entry.HumanReadable ?? '');
    if (said.trim() === '') return 'an entry without words';
    const phrase = LANGUAGE.exec(said)?.[0];
    if (phrase !== undefined) return `${JSON.stringify(phrase)} in ${JSON.stringify(said.slice(0, 300))}`;
  }
  return undefined;
}
