import { BOUNDS } from './bounds';
import { redact } from './redact';

/**
 * Someone else's text, word for word, in one line: without control characters, without credentials, cut at
 * `BOUNDS.foreignText` characters. Credentials are masked before the cut, which could leave half of one.
 */
export function sanitize(text: string): string {
  const masked = redact(text.slice(0, 8 * BOUNDS.foreignText));
  const cut = masked.length > BOUNDS.foreignText ? `${masked.slice(0, BOUNDS.foreignText)}…` : masked;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** A string of several lines without control and invisible characters. */
export function sanitizeMultiline(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '');
}

/** A user's value as an error quotes it: in double quotes, cut at 100 characters. */
export function quoted(value: string): string {
  return JSON.stringify(value.length > BOUNDS.quoted ? `${value.slice(0, BOUNDS.quoted)}…` : value);
}

/** `1,200`, in every locale. Node's own formatter loads all of its language data for it, 10 ms at the first number. */
/** `1 row`, `1,200 rows`. @param many the plural; with an s by default */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${formatCount(number)} ${number === 1 ? one : many}`;
}

export function formatCount(number: number): string {
  const digits = String(number);
  const head = digits.length % 3 || 3;
  const groups = [digits.slice(0, head)];
  for (let at = head; at < digits.length; at += 3) groups.push(digits.slice(at, at + 3));
  return groups.join(',');
}

/** Half a character, which no encoding can store. */
export const UNPAIRED_SURROGATE = /[\uD800-\uDFFF]/u;

/** Characters of a path that an error shows. */
const LONGEST_PATH = 300;

/** Returns a path for an error, which must still have room for its reason. */
export function shownPath(path: string): string {
  const text = sanitize(path);
  return text.length > LONGEST_PATH ? `${text.slice(0, LONGEST_PATH)}…` : text;
}
