import { isRecord } from '../base/json';
import { artifactValue, typeOf } from '../investigation/artifact';

/** A value of a column: a string, a number, a boolean, or nothing. */
export type Cell = string | number | boolean | null | undefined;

/** Characters of a string that a table shows. */
const LONGEST = 160;

/** The date of an ISO 8601 text, to the minute where it has a time of day; a string that is not a date is shown unchanged. */
export function day(value: string | null | undefined): Cell {
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?/.exec(value ?? '') ?? [];
  if (date === undefined) return value;
  return time === undefined || time === '00:00' ? date : `${date} ${time}`;
}

export function yesNo(value: boolean | null | undefined): Cell {
  return value === true ? 'yes' : value === false ? 'no' : value;
}

/** Several values in one cell; a single value in place of a list is shown unchanged. */
export function joined<T>(
  values: readonly T[] | null | undefined,
  show: (value: T) => Cell = (value) => value as Cell,
): Cell {
  if (!Array.isArray(values)) return values as Cell;
  return values
    .filter((value) => value !== null && value !== undefined)
    .map((value) => scalar(show(value)))
    .filter((text) => text !== '')
    .join(', ');
}

/** Joins the values that are not empty with spaces. */
export function joinWithSpaces(...values: readonly Cell[]): Cell {
  return values
    .map(scalar)
    .filter((text) => text !== '')
    .join(' ');
}

/** Returns the object with the latest time; Graph does not guarantee an order. */
export function latest<T>(
  values: readonly T[] | null | undefined,
  moment: (value: T) => string | null | undefined,
): T | undefined {
  return values
    ?.filter((value) => value !== null && value !== undefined)
    .reduce<T | undefined>(
      (last, one) => (last !== undefined && (moment(one) ?? '') < (moment(last) ?? '') ? last : one),
      undefined,
    );
}

/** The type that Graph named for an object: `hostname`, `ipAddress` … */
export function typeName(value: unknown): Cell {
  return isRecord(value) && typeof value.odataType === 'string' ? value.odataType : undefined;
}

/** Returns a value, followed by a note in parentheses; either may be missing. */
export function withNote(value: unknown, note: unknown): Cell {
  const after = scalar(note);
  return [scalar(value), ...(after === '' ? [] : [`(${after})`])].filter((part) => part !== '').join(' ');
}

/** Returns a string, number or boolean as a string, a list joined by commas, and an empty string for anything else. */
export function scalar(value: unknown): string {
  if (Array.isArray(value))
    return value
      .map(scalar)
      .filter((text) => text !== '')
      .join(', ');
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}

/** Characters of a foreign text that one cell reads. */
const LOOKED_AT = 2_000;

/** Characters that start a tag, link, emphasis, code, entity or cell in markdown, and `{{`, which starts a color on the platform. */
const MARKS = /[\\`*[\]<>|~]|\{(?=\{)|(?<=\{)\{|&(?=#?\w+;)/g;

/** Matches text that cannot break a row or control a terminal, as most strings are. */
const ASCII = /^[ -~]*$/;

/** An underscore starts an emphasis, but not within a word. Unicode classes take long to prepare, so few strings get them. */
function underscores(isAscii: boolean): RegExp {
  return isAscii ? /(?<![A-Za-z\d])_|_(?![A-Za-z\d])/g : /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
}

/** Fast path: the cell has nothing to escape. */
const PLAIN_TEXT = /^[A-Za-z0-9 .,:/-]*$/;

/** Escapes a cell so that it breaks neither the markdown row nor the terminal. */
export function markdownCell(cell: unknown): string {
  const text = scalar(cell);
  if (text.length <= LONGEST && PLAIN_TEXT.test(text)) return text.trim();
  const start = text.slice(0, LOOKED_AT);
  const isAscii = ASCII.test(start);
  const line = (
    isAscii ? start : start.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/[\p{Cf}\p{Cs}]/gu, '')
  ).trim();
  const cut = line.length > LONGEST ? shortened([...line]) : line;
  const marked = cut.replace(MARKS, '\\$&');
  return marked.includes('_') ? marked.replace(underscores(isAscii), '\\_') : marked;
}

/** Schemes that a platform and a terminal turn into a link. */
const SCHEME = /\b(h)tt(ps?:\/\/)|\b(f)t(ps?:\/\/)/gi;

/**
 * A cell of a table. An address in it is defanged (`hxxps://…`), so that nothing turns it into a link; every command takes it back
 * in this form.
 */
export function tableCell(cell: unknown): string {
  const text = scalar(cell);
  if (!text.includes('://')) return markdownCell(text);
  return markdownCell(
    text
      .slice(0, LOOKED_AT)
      .replace(SCHEME, (_, h = '', web = '', f = '', file = '') =>
        h === '' ? `${f}x${file}` : `${h}xx${web}`,
      ),
  );
}

function shortened(characters: readonly string[]): string {
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : characters.join('');
}

/** Cell: the value that users know an artifact by. */
export function artifactCell(artifact: unknown): Cell {
  return artifactValue(artifact)?.value;
}

/** Cell: the kind of that value. */
export function artifactKind(artifact: unknown): Cell {
  return artifactValue(artifact)?.kind ?? (isRecord(artifact) ? typeOf(artifact) : undefined);
}
