/** The first sentence of a description, as lists of commands and arguments show it. */
export function firstSentence(text: string): string {
  return /^.*?\.(?=\s)/s.exec(text)?.[0] ?? text;
}
