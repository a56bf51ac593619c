/** Paragraphs under a table that are neither results nor errors: how many rows and requests there were, and what was reused. */
const NOTES: readonly RegExp[] = [
  /^\d[\d,]* requests? to Graph: /,
  /^(?:A response|\d[\d,]* responses) of Graph from /,
  /^Showing \d/,
  /^Columns left out: /,
  /^\d[\d,]* [A-Za-z]+(?: [A-Za-z]+){0,3}(?:\.$|; Graph counted )/,
];

/** Leaves the notes out of a result for people. */
export function withoutNotes(text: string): string {
  const paragraphs = text
    .split('\n\n')
    .filter((paragraph) => !NOTES.some((note) => note.test(paragraph.trim())));
  return `${paragraphs.join('\n\n').trimEnd()}\n`;
}
