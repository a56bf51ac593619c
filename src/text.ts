/** What somebody else wrote, word for word, without what a terminal or a log would obey. */
export function quoted(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
}

/** `1,200`, in every locale. */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}
