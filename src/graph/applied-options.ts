import { isRecord } from '../base/json';
import { sortableTime } from '../base/sortable-time';
import type { OptionName } from '../model/capabilities';
import type { QueryOption } from './odata';

/** Whether Graph applied a query option, judged by the rows; `unknown` if they do not show it. */
export type Applied = 'applied' | 'ignored' | 'unknown';

/** The rows and the total of a response. */
export interface Received {
  readonly rows: readonly unknown[];
  /** The total that Graph counted. */
  readonly total?: number | undefined;
}

/** Whether Graph applied an option, as far as the response shows it. */
export function appliedOption({ name, value }: QueryOption, received: Received): Applied {
  const rows = received.rows.filter(isRecord);
  // A total that cannot be true was left out, so a missing one does not show that Graph ignored the option.
  if (name === '$count') return value === 'true' && received.total !== undefined ? 'applied' : 'unknown';
  if (rows.length === 0) return 'unknown';
  return CHECKS[name]?.(value, rows) ?? 'unknown';
}

type Row = Readonly<Record<string, unknown>>;

const CHECKS: Readonly<Partial<Record<OptionName, (value: string, rows: readonly Row[]) => Applied>>> = {
  $select: (value, rows) => {
    const selected = rootsIn(value);
    if (selected.includes('*')) return 'unknown';
    const isSelected = (name: string) =>
      name.includes('@odata.') || ['id', ...selected].includes(name.toLowerCase());
    return rows.every((row) => Object.keys(row).every(isSelected)) ? 'applied' : 'ignored';
  },
  $expand: (value, rows) => {
    const expanded = rootsIn(value);
    const has = (row: Row, name: string) => Object.keys(row).some((key) => key.toLowerCase() === name);
    return rows.every((row) => expanded.every((name) => has(row, name))) ? 'applied' : 'ignored';
  },
  $orderby: (value, rows) => {
    const [path = '', direction = 'asc'] = (value.split(',')[0] ?? '').trim().split(/\s+/);
    const keys = rows.map((row) => orderKey(valueAt(row, path))).filter((key) => key !== undefined);
    if (keys.length < 2) return 'unknown';
    const [first, ...others] = direction.toLowerCase() === 'desc' ? [...keys].reverse() : keys;
    let before = first;
    for (const key of others) {
      if (before === undefined || typeof key !== typeof before) return 'unknown';
      if (key < before) return 'ignored';
      before = key;
    }
    return 'applied';
  },
  $filter: (value, rows) => {
    const terms = value.split(/\sand\s/i).map((term) => termIn(term.trim()));
    const verdicts = rows.flatMap((row) => terms.map((term) => term?.(row)));
    if (verdicts.includes(false)) return 'ignored';
    return verdicts.includes(undefined) ? 'unknown' : 'applied';
  },
};

/** The properties at the beginning of paths, in lower case. */
function rootsIn(list: string): string[] {
  return list.split(',').map((path) => (/^\s*([\w*]*)/.exec(path)?.[1] ?? '').toLowerCase());
}

function valueAt(row: Row, path: string): unknown {
  let value: unknown = row;
  for (const name of path.split('/'))
    value = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

/**
 * A value whose order is the same everywhere: numbers, times, and of other strings the first letter. Services sort letters by different
 * rules, and some sort upper case first.
 */
function orderKey(value: unknown): string | number | undefined {
  if (typeof value === 'number') return value;
  return (
    sortableTime(value) ?? (typeof value === 'string' ? /^[a-z]/i.exec(value)?.[0].toLowerCase() : undefined)
  );
}

/** Whether a row matches a term of a filter; undefined if that cannot be determined. */
type Term = (row: Row) => boolean | undefined;

const COMPARISON = /^\s*([\w/]+)\s+(eq|ne|gt|ge|lt|le)\s+('(?:[^']|'')*'|[\w.:+-]+)\s*$/i;
const CALL = /^\s*(contains|startswith)\(\s*([\w/]+)\s*,\s*('(?:[^']|'')*')\s*\)\s*$/i;

function termIn(text: string): Term | undefined {
  const [, path = '', operator = '', literal = ''] = COMPARISON.exec(text) ?? [];
  if (path !== '') return (row) => compared(valueAt(row, path), operator.toLowerCase(), literal);
  const [, name = '', property = '', quoted = ''] = CALL.exec(text) ?? [];
  if (name === '') return undefined;
  const part = unquoted(quoted).toLowerCase();
  return (row) => {
    const value = valueAt(row, property);
    if (typeof value !== 'string') return undefined;
    const found = value.toLowerCase();
    return name.toLowerCase() === 'contains' ? found.includes(part) : found.startsWith(part);
  };
}

function unquoted(literal: string): string {
  return literal.startsWith("'") ? literal.slice(1, -1).replaceAll("''", "'") : literal;
}

function compared(value: unknown, operator: string, literal: string): boolean | undefined {
  if (value === undefined || typeof value === 'object') return undefined;
  const wanted = unquoted(literal);
  const isText = literal.startsWith("'");
  const [left, right] = isText
    ? [String(value).toLowerCase(), wanted.toLowerCase()]
    : typeof value === 'number'
      ? [value, Number(wanted)]
      : [sortableTime(value) ?? String(value), sortableTime(wanted) ?? wanted];
  if (operator === 'eq') return left === right;
  if (operator === 'ne') return left !== right;
  // Texts have no order that all services share.
  if (isText || Number.isNaN(right)) return undefined;
  if (operator === 'gt') return left > right;
  if (operator === 'ge') return left >= right;
  return operator === 'lt' ? left < right : left <= right;
}
