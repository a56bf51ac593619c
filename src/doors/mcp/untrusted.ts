import { isRecord } from '../../base/json';

/** A string from outside is between these two; the same words inside a string are broken up. */
const OPEN = '<untrusted>';
const CLOSE = '</untrusted>';

/** One word of the kind that identifies something: an id, a host, a date, a hash. It cannot contain an instruction. */
const TOKEN = /^[A-Za-z0-9_.:@+=/-]{1,120}$/;

/** Characters that the eye does not see: controls, bidirectional marks, zero width, tags, variation selectors, lone halves. */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** A string without invisible characters. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, '');
}

/** A string from outside, marked as untrusted unless it is one plain word. */
export function untrusted(text: string): string {
  const clean = visible(text).trim();
  if (clean === '' || TOKEN.test(clean)) return clean;
  return `${OPEN}${clean.replace(/<(\/?)(?=untrusted\b)/gi, '‹$1')}${CLOSE}`;
}

/** A value in which every text is marked; names of properties lose invisible characters. */
export function markUntrusted(value: unknown): unknown {
  if (typeof value === 'string') return untrusted(value);
  if (Array.isArray(value)) return value.map(markUntrusted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [visible(name).slice(0, 100), markUntrusted(inner)]),
  );
}
