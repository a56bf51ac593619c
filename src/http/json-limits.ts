import { formatCount } from '../base/sanitize';

/** Levels of nesting that an answer may have; Graph's own have fewer than ten. */
const DEEPEST = 200;

/** Values that an answer may hold: in memory each costs many times the two bytes that it may have on the wire. */
const MOST_VALUES = 2_000_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** What is too much about a JSON text, told before it is parsed; undefined for one that may be. */
export function exceededLimit(text: string): string | undefined {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = closingQuote(text, at);
    else if (code === COMMA) values++;
    else if (OPENING.has(code)) {
      values++;
      if (++depth > DEEPEST) return `is nested more than ${DEEPEST} levels deep`;
    } else if (CLOSING.has(code)) depth--;
    if (values > MOST_VALUES) return `holds more than ${formatCount(MOST_VALUES)} values`;
  }
  return undefined;
}

function closingQuote(text: string, opening: number): number {
  for (let at = text.indexOf('"', opening + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
