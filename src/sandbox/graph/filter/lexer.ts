import { badRequest } from '../errors';

export interface FilterToken {
  readonly kind: 'text' | 'date' | 'number' | 'name' | 'mark' | 'end';
  /** A string literal without its quotes, anything else as typed. */
  readonly text: string;
  readonly position: number;
}

const PATTERNS: readonly (readonly [FilterToken['kind'], RegExp])[] = [
  ['text', /'(?:[^']|'')*'/y],
  ['date', /\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?/y],
  ['number', /-?\d+(?:\.\d+)?/y],
  ['name', /[A-Za-z_@][\w.@]*/y],
  ['mark', /[(),/:]/y],
];

export function syntaxError(position: number, filter: string): Error {
  return badRequest(`Invalid filter clause: Syntax error at position ${position} in '${filter}'.`);
}

/** @throws GraphError 400 for a character that starts no token, or an open text literal. */
export function tokens(filter: string): FilterToken[] {
  const found: FilterToken[] = [];
  let position = 0;
  while (position < filter.length) {
    if (filter[position] === ' ') {
      position += 1;
      continue;
    }
    const token = tokenAt(filter, position);
    found.push(token.found);
    position = token.next;
  }
  found.push({ kind: 'end', text: '', position });
  return found;
}

function tokenAt(filter: string, position: number): { found: FilterToken; next: number } {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = position;
    const text = pattern.exec(filter)?.[0];
    if (text === undefined) continue;
    const inner = kind === 'text' ? text.slice(1, -1).replaceAll("''", "'") : text;
    return { found: { kind, text: inner, position }, next: position + text.length };
  }
  if (filter[position] === "'")
    throw badRequest(
      `Invalid filter clause: There is an unterminated literal at position ${filter.length} in '${filter}'.`,
    );
  throw syntaxError(position, filter);
}
