import { quoted } from '../base/sanitize';
import { type RawParams, textParam, wrong } from './read';

/** The start of the very first fetch: a number of milliseconds ago, or a moment (ISO 8601, UTC). */
export type Since = { readonly ago: number } | { readonly at: string };

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const UNITS: Readonly<Record<string, number>> = {
  minute: MINUTE,
  hour: 60 * MINUTE,
  day: DAY,
  week: 7 * DAY,
  month: 30 * DAY,
  year: 365 * DAY,
};

/** `3 days`, `12 hours ago`, `2025-01-31`, `2025-01-31T08:00:00Z`; a date without a zone is meant in UTC. */
export function since(params: RawParams, name: 'first_fetch', otherwise: string): Since {
  const value = textParam(params, name) ?? otherwise;
  const moment = parseSince(value);
  if (moment !== undefined) return moment;
  throw wrong(
    name,
    `is ${quoted(value)}`,
    `It takes a time span such as ${otherwise} or 12 hours, or a date such as 2025-01-31.`,
  );
}

/** A span before now, or a date and time; undefined for any other text. */
export function parseSince(value: string): Since | undefined {
  const [, number = '', unit = ''] = /^(\d{1,6})\s*([a-z]+?)s?(?:\s+ago)?$/i.exec(value) ?? [];
  const length = Object.hasOwn(UNITS, unit.toLowerCase()) ? UNITS[unit.toLowerCase()] : undefined;
  if (length !== undefined) return { ago: Number(number) * length };
  const moment = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?$/.test(value)
    ? `${value.replace(' ', 'T')}${value.length > 10 ? 'Z' : ''}`
    : value;
  const milliseconds = /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(moment) : Number.NaN;
  if (!Number.isNaN(milliseconds)) return { at: new Date(milliseconds).toISOString() };
  return undefined;
}

/** Returns the date and time (ISO 8601), 1970 at the earliest. @param now milliseconds since the epoch. */
export function momentOf(since: Since, now: number): string {
  return 'at' in since ? since.at : new Date(Math.max(0, now - since.ago)).toISOString();
}
