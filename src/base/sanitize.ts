/** Characters of somebody else's text that are repeated. */
const LONGEST = 2_000;

/** What somebody else wrote, word for word, without what a terminal or a log would obey, and not without end. */
export function sanitize(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** A text of several lines without what a terminal would obey, or an eye not see. */
export function sanitizeMultiline(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '');
}

/** `1,200`, in every locale. Node's own formatter loads all of its language data for it, 10 ms at the first number. */
export function formatCount(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
