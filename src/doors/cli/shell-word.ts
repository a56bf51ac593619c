/** A word as every shell reads it back. */
export function shellWord(word: string): string {
  return /^[\w./:,@%+-][\w./:,=@%+-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
