import { PluginError } from '../base/errors';
import { quoted } from '../base/sanitize';
import type { OptionName } from '../model/capabilities';

/** An OData system query option before it is encoded: `{name: '$filter', value: "title eq 'a & b'"}`. */
export interface QueryOption {
  readonly name: OptionName;
  readonly value: string;
}

export const OPTION_NAMES = [
  '$count',
  '$expand',
  '$filter',
  '$orderby',
  '$search',
  '$select',
  '$skip',
  '$top',
] as const satisfies readonly OptionName[];

/**
 * Reads query options as a user types them: with or without a leading `?`, raw or percent-encoded.
 * @throws PluginError ARGUMENT_INVALID for an option that is unknown, doubled, empty, or has a value it cannot have.
 */
export function parseQuery(text: string): QueryOption[] {
  const options: QueryOption[] = [];
  const encodedWhole = !text.includes('=');
  const query = (encodedWhole ? decode(text) : text).trim().replace(/^(?:\?|%3f)/i, '');
  for (const part of split(query)) {
    const option = parseOption(part, encodedWhole ? (raw) => raw : decode);
    if (options.some((earlier) => earlier.name === option.name)) {
      throw rejected(`${option.name} is given twice`, 'Give each query option once.');
    }
    options.push(option);
  }
  return options;
}

/** The query string of a request, each value encoded exactly once; empty without options. */
export function formatQuery(options: readonly QueryOption[]): string {
  return options.length === 0
    ? ''
    : `?${options.map(({ name, value }) => `${name}=${encode(value)}`).join('&')}`;
}

/** The value of one option, where it is given. */
export function optionValue(options: readonly QueryOption[], name: OptionName): string | undefined {
  return options.find((option) => option.name === name)?.value;
}

/** A string as the value of `$search`: quoted, its own quotes and backslashes escaped. */
export function searchOption(text: string): QueryOption {
  return { name: '$search', value: `"${escapedPhrase(text)}"` };
}

/** A string inside the double quotes of a `$search`. */
export function escapedPhrase(text: string): string {
  return text.replace(/[\\"]/g, '\\$&');
}

/** A string as a literal of a `$filter`: in single quotes, its own doubled. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function encode(value: string): string {
  return encodeURIComponent(value)
    .replace(/%(2C|2F|3A|24|40)/g, (sequence) => decodeURIComponent(sequence))
    .replaceAll("'", '%27');
}

/** Cuts at every `&` that does not stand inside a literal: `'…'`, or `"…"` in `$search`. */
function split(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  while (start < text.length) {
    const end = optionEnd(text, start);
    const part = text.slice(start, end);
    if (part.trim() !== '') parts.push(part);
    start = end + 1;
  }
  return parts;
}

const QUOTES = { double: /^(?:"|%22)/i, single: /^(?:'|%27)/i } as const;

function optionEnd(text: string, start: number): number {
  const search = /^\s*(?:\$|%24)search\s*=/i.test(text.slice(start, start + 24));
  const quote = search ? QUOTES.double : QUOTES.single;
  let inside = false;
  for (let at = start; at < text.length; at++) {
    if (search && inside && text[at] === '\\') at++;
    else if (quote.test(text.slice(at, at + 3))) inside = !inside;
    else if (text[at] === '&' && !inside) return at;
  }
  return text.length;
}

function parseOption(part: string, read: (raw: string) => string): QueryOption {
  const [before = '', ...behind] = part.split('=');
  const typed = read(before).trim();
  const name = OPTION_NAMES.find((known) => known === typed.toLowerCase());
  if (name === undefined) {
    const meant = OPTION_NAMES.find((known) => known.slice(1) === typed.toLowerCase());
    const hint =
      meant === undefined
        ? `Allowed are ${OPTION_NAMES.join(' ')}.`
        : `Write ${meant}. Allowed are ${OPTION_NAMES.join(' ')}.`;
    throw rejected(`${quoted(typed)} is not an OData system query option`, hint);
  }
  if (behind.length === 0) throw rejected(`${name} has no value`, `Write ${name}=….`);
  return { name, value: checked(name, read(behind.join('=')).trim()) };
}

/** Percent-decoding, once; a `%` that no two hex digits follow is a percent sign. */
function decode(text: string): string {
  try {
    return text.replace(/(?:%[0-9a-f]{2})+/gi, (sequence) => decodeURIComponent(sequence));
  } catch (cause) {
    throw rejected(
      `${quoted(text)} contains a percent-encoded sequence that is not UTF-8`,
      'Type the character itself.',
      cause,
    );
  }
}

const WHOLE = /^\d{1,15}$/;

const CHECKS: Readonly<
  Record<OptionName, { readonly holds: (value: string) => boolean; readonly expected: string }>
> = {
  $count: { holds: (value) => /^(?:true|false)$/.test(value), expected: 'true or false' },
  $expand: { holds: balanced, expected: 'names of navigation properties' },
  $filter: { holds: balanced, expected: "a filter whose literals are closed ('' is a quote inside one)" },
  $orderby: { holds: balanced, expected: 'property names, each with asc or desc' },
  $search: { holds: closed, expected: 'a string whose double quotes are closed' },
  $select: {
    holds: (value) => value.split(',').every((name) => /^\s*(?:\*|[\w./]+)\s*$/.test(name)),
    expected: 'property names, separated by commas',
  },
  $skip: { holds: (value) => WHOLE.test(value), expected: 'a whole number, 0 or higher' },
  $top: {
    holds: (value) => WHOLE.test(value) && Number(value) >= 1,
    expected: 'a whole number, 1 or higher',
  },
};

function checked(name: OptionName, value: string): string {
  if (value === '') throw rejected(`${name} has no value`, `Use ${CHECKS[name].expected}.`);
  if (!CHECKS[name].holds(value))
    throw rejected(`${name}: ${quoted(value)} is not valid`, `Use ${CHECKS[name].expected}.`);
  return name === '$select' ? withId(value) : value;
}

/** Context is keyed by `id`: without it rows could not be merged. */
function withId(select: string): string {
  const names = select.split(',').map((name) => name.trim());
  return (names.includes('id') || names.includes('*') ? names : ['id', ...names]).join(',');
}

function balanced(value: string): boolean {
  return value.split("'").length % 2 === 1;
}

function closed(value: string): boolean {
  return value.replace(/\\./g, '').split('"').length % 2 === 1;
}

function rejected(what: string, expected: string, cause?: unknown): PluginError {
  return new PluginError('ARGUMENT_INVALID', `odata: ${what}.`, {
    hint: expected,
    cause,
  });
}
