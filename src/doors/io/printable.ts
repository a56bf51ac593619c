/**
 * Control and invisible characters except tabs and line ends: a terminal obeys them, and a user does not see them. Created when it is
 * used: the Unicode classes cost a quarter of a millisecond, also in a process that prints to no terminal.
 */
const unprintable = () => /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The styles that our own tables use. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: styles start with one.
const STYLE = /(\u001b\[\d{1,2}m)/;

/** A string for a terminal: every character that it would obey is written as its code, `\u001b`. JSON stays the same JSON. */
export function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(unprintable(), escaped);
}

/** Returns a text that contains our own styles, safe to print. */
export function printableWithStyles(text: string): string {
  return text
    .split(STYLE)
    .map((part, index) => (index % 2 === 1 ? part : printable(part)))
    .join('');
}

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}

/** Returns text for a stream: printable for a terminal, unchanged for a pipe or a file. */
export function forTerminal(text: string, { isTTY }: { readonly isTTY?: boolean }): string {
  return isTTY === true ? printableWithStyles(text) : text;
}
