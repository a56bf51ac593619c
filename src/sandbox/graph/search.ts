import { isThing, type Thing } from '../world';
import { badRequest } from './errors';
import { follow, valuesAt } from './property';

/** Types that are searched by one named property, and cannot be listed in any other way. */
const BY_PROPERTY = ['sslCertificate', 'whoisRecord'];

/** Whether Graph documents `$search` as mandatory for a collection of this type at the top level. */
export function needsSearch(type: string): boolean {
  return BY_PROPERTY.includes(type);
}

/**
 * Compiles a `$search` for rows of a type: `"property/path:value"` for certificates and WHOIS records, free text in all
 * strings of a row for the rest (`"two words" AND other OR third`).
 * @throws GraphError 400 for open quotes or a property that the type does not have.
 */
export function compileSearch(search: string, type: string): (row: Thing) => boolean {
  const alternatives = parse(search);
  if (!BY_PROPERTY.includes(type))
    return (row) => {
      const texts = stringsOf(row);
      return alternatives.some((all) =>
        all.every((phrase) => texts.some((text) => text.includes(phrase.toLowerCase()))),
      );
    };
  const [phrase, ...more] = alternatives.flat();
  if (phrase === undefined || more.length > 0)
    throw badRequest('Invalid search clause: exactly one property can be searched at a time.');
  return byProperty(phrase, type);
}

function byProperty(phrase: string, type: string): (row: Thing) => boolean {
  const [property = '', value, ...more] = phrase.split(':');
  if (value === undefined || more.length > 0)
    throw badRequest(`Invalid search clause: '${phrase}' is not of the form 'property:value'.`);
  const names = property.split('/');
  follow(type, names, 'Invalid search clause');
  return (row) =>
    valuesAt(row, names).some((found) => typeof found === 'string' && plain(found) === value.toLowerCase());
}

/** Fingerprints are stored with colons, which a search value cannot contain. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(':', '');
}

/** Alternatives (OR) of phrases that must all be there (AND, or side by side). */
function parse(search: string): string[][] {
  const alternatives: string[][] = [[]];
  const terms = /\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y;
  const text = search.trimEnd();
  while (terms.lastIndex < text.length) {
    const position = terms.lastIndex;
    const found = terms.exec(text);
    if (!found)
      throw badRequest(`Syntax error: character '"' is not valid at position ${position} in '${search}'.`);
    const [, quoted, bare] = found;
    if (bare === 'OR') alternatives.push([]);
    else if (bare !== 'AND') alternatives.at(-1)?.push(phraseOf(quoted, bare, search));
  }
  if (alternatives.some((all) => all.length === 0))
    throw badRequest(`Invalid search clause: '${search}' holds nothing to search for.`);
  return alternatives;
}

function phraseOf(quoted: string | undefined, bare: string | undefined, search: string): string {
  if (bare?.includes(':'))
    throw badRequest(
      `Syntax error: character ':' is not valid at position ${search.indexOf(':')} in '${search}'.`,
    );
  return quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '';
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value.toLowerCase()];
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  if (!isThing(value)) return [];
  return Object.entries(value).flatMap(([name, below]) =>
    name.startsWith('@odata.') ? [] : stringsOf(below),
  );
}
