import { BOUNDS } from './bounds';
import { formatCount } from './sanitize';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a whole number of at least 0 that a double represents exactly. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Returns a string, number or boolean as text, and an empty text for anything else. `String` calls the `toString` of a value, and
 * that of a JSON object may be null.
 */
export function scalarText(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}

/** Returns the value of a JSON text; undefined if it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const LIST = 0x5b;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/** The size of a JSON text, measured before it is parsed. */
interface JsonSize {
  readonly values: number;
  /** The bound that the text exceeds, as the end of a sentence; undefined if it may be parsed. */
  readonly exceeded: string | undefined;
}

/** Measures a JSON text; stops when a limit is exceeded. */
export function jsonSize(text: string): JsonSize {
  const { jsonDepth, jsonValues } = BOUNDS;
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = closingQuote(text, at);
    else if (code === COMMA) values++;
    else if (code === LIST || code === OBJECT) {
      values++;
      if (++depth > jsonDepth) return { values, exceeded: `is nested more than ${jsonDepth} levels deep` };
    } else if (code === LIST_END || code === OBJECT_END) depth--;
    if (values > jsonValues)
      return { values, exceeded: `contains more than ${formatCount(jsonValues)} values` };
  }
  return { values, exceeded: undefined };
}

/** Returns the limit that a JSON text exceeds, as the end of a sentence; undefined if it may be parsed. */
export function exceededLimit(text: string): string | undefined {
  return jsonSize(text).exceeded;
}

/** Returns the value of a JSON text; undefined if it is not JSON or exceeds a limit. */
export function parseBoundedJson(text: string): unknown {
  return exceededLimit(text) === undefined ? parseJson(text) : undefined;
}

function closingQuote(text: string, opening: number): number {
  for (let at = text.indexOf('"', opening + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
